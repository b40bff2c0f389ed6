"""One person and everybody: the same decision from the log, from the scores, and in the file of everybody."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import msgspec
import pytest

from credence import EventLog, Moment, score_people
from credence.decisions.decide import Decision
from credence.decisions.model import Policy
from credence.decisions.run import decide_people, decide_person, decide_scored
from credence.engines.policies.decided import Scored
from credence.engines.tables import Tables
from credence.errors import (
    IntakeError,
    PersonNotFoundError,
    PersonNotInTableError,
    PolicyNotValidError,
    UsageError,
)
from tests.decisions.policies import policy
from tests.world import AS_OF, LATER, Row, event, record

COURT = """
hit: first
lists: {court: {title: the court's list}}
columns: {income: {title: income}}
rows:
  - {when: {lists: {court: present}}, outcome: decline, terms: {appeal: yes}, reason: You are listed.}
  - when: {score: {at_least: 75}, answers: {bills_on_time: {at_least: 0.75}}, columns: {income: {above: 10}}}
    outcome: accept
    terms: {limit: 500}
    reason: Welcome.
  - {when: {score: {below: 60}}, outcome: decline, reason: Your score is too low.}
otherwise: {outcome: decline, reason: Not this time.}
unknown: {outcome: refer, reason: Something is not known.}
"""
PEOPLE = """person_id,court,income
on-time,absent,20
late,absent,20
listed,present,20
poor,absent,10
"""
NOW = Moment(AS_OF, LATER)


def bills(person: str, paid: int, late: int = 0, unpaid: int = 0) -> list[Row]:
    """Bills of one person, all of October."""
    made = [("bill.paid", {"days_late": 0})] * paid + [("bill.paid", {"days_late": 9})] * late
    rows = [event(kind, "2026-10-01", f"{person}-{n}", person, **said) for n, (kind, said) in enumerate(made)]
    return rows + [
        event("bill.unpaid", "2026-10-01", f"{person}-u{n}", person, due_date="2026-10-01")
        for n in range(unpaid)
    ]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> EventLog:
    """Six people: on time, late, listed, poor, not in the table, and one without a score; only to be read."""
    log = EventLog.create(tmp_path_factory.mktemp("town") / "log")
    rows = [*bills("on-time", 3, 1), *bills("late", 1, 3, 1), *bills("listed", 4), *bills("poor", 4)]
    rows += bills("elsewhere", 4)
    rows += [event("account.reported", "2026-10-01", "none-1", "none", account="a", status="deleted")]
    record(log, *rows)
    return log


@pytest.fixture(scope="module")
def court(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return policy(tmp_path_factory.mktemp("court"), COURT)


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory, town: EventLog, court: Policy) -> Scored:
    folder = tmp_path_factory.mktemp("scored")
    (folder / "people.csv").write_text(PEOPLE)
    score_people(court.scorecard, town, NOW, folder / "scores.parquet")
    return Scored(folder / "scores.parquet", folder / "people.csv")


def test_one_person_is_decided_alike_from_the_log_the_scores_and_in_the_file_of_all(
    tmp_path: Path, town: EventLog, court: Policy, scored: Scored
) -> None:
    out = tmp_path / "decisions.parquet"
    assert decide_people(court, scored, out) == 6
    with duckdb.connect() as connection:
        cursor = connection.execute(f"SELECT * FROM '{out}'")
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    found = {}
    for row in rows:
        by_log = decide_person(court, town, row["person_id"], NOW, scored.people)
        assert by_log == decide_scored(court, scored, row["person_id"])
        assert of_file(by_log).items() <= row.items()
        found[row["person_id"]] = (by_log.row, by_log.outcome, len(by_log.reasons))
    assert found == {
        "on-time": ("2", "accept", 0),
        "late": ("3", "decline", 2),
        "listed": ("1", "decline", 0),
        "poor": ("otherwise", "decline", 0),
        "elsewhere": ("unknown", "refer", 0),
        "none": ("unknown", "refer", 0),
    }


def of_file(decision: Decision) -> dict[str, object]:
    """What the file of everybody says of a decision."""
    codes = [reason.code for reason in decision.reasons]
    named = ("person_id", "policy", "scorecard", "score", "band", "unscorable", "outcome", "meaning", "row")
    facts = {name: getattr(decision, name) for name in (*named, "reason", "as_of", "known_at")}
    reasons = {f"reason_{n}": code for n, code in enumerate([*codes, None, None, None, None][:4], start=1)}
    terms = msgspec.json.encode(decision.terms).decode()
    hashed = {"policy_hash": decision.definition_hash, "policy_version": decision.version}
    return facts | reasons | hashed | {"terms": terms}


def test_of_several_moments_the_latest_is_decided_on(tmp_path: Path, town: EventLog, court: Policy) -> None:
    rules = policy(tmp_path)
    at = tmp_path / "at.csv"
    at.write_text("person_id,as_of\non-time,2026-11-06\non-time,2026-10-01\n")
    score_people(rules.scorecard, town, NOW, tmp_path / "at.parquet", Tables(at=at))
    assert decide_scored(rules, Scored(tmp_path / "at.parquet"), "on-time").as_of == date(2026, 11, 6)


def test_somebody_of_whom_nothing_was_recorded_is_not_decided_about(
    tmp_path: Path, town: EventLog, court: Policy, scored: Scored
) -> None:
    with pytest.raises(PersonNotFoundError):
        decide_person(court, town, "nobody", NOW, scored.people)
    with pytest.raises(PersonNotInTableError, match=r"scores.parquet has no row of person 'nobody'"):
        decide_scored(court, scored, "nobody")


def test_lists_and_columns_need_a_table_of_people(town: EventLog, court: Policy, scored: Scored) -> None:
    with pytest.raises(UsageError, match=r"'trial' looks at columns of a table \(court, income\)"):
        decide_person(court, town, "on-time", NOW)
    with pytest.raises(UsageError, match="give it with --people TABLE"):
        decide_scored(court, Scored(scored.scores), "on-time")


def test_a_scorecard_over_columns_takes_them_from_the_same_table(tmp_path: Path, town: EventLog) -> None:
    body = "rows:\n  - {when: {score: {above: 10}}, outcome: accept, reason: High.}\n"
    rules = policy(tmp_path, f"{body}otherwise: {{outcome: decline, reason: Low.}}\n", "plain")
    (tmp_path / "risk.csv").write_text("person_id,risk\non-time,60\nlate,10\n")
    found = [
        decide_person(rules, town, name, NOW, tmp_path / "risk.csv").score
        for name in ("on-time", "late", "poor")
    ]
    assert found == [20, 5, 1]
    with pytest.raises(UsageError, match=r"\(risk\)"):
        decide_person(rules, town, "on-time", NOW)


def test_scores_of_another_scorecard_are_refused(tmp_path: Path, scored: Scored) -> None:
    body = "rows:\n  - {when: {score: {above: 10}}, outcome: accept, reason: High.}\n"
    rules = policy(tmp_path, f"{body}otherwise: {{outcome: decline, reason: Low.}}\n", "plain")
    with pytest.raises(IntakeError, match="it holds scores of small@1, and 'trial' decides on plain@1"):
        decide_people(rules, scored, tmp_path / "out.parquet")


def test_a_code_that_the_scorecard_does_not_have_is_refused(
    tmp_path: Path, court: Policy, scored: Scored
) -> None:
    odd = tmp_path / "odd.parquet"
    with duckdb.connect() as connection:
        changed = f"SELECT * REPLACE ('strange' AS unscorable) FROM '{scored.scores}'"
        connection.execute(f"COPY ({changed}) TO '{odd}' (FORMAT parquet)")
    with pytest.raises(
        IntakeError, match="it says 'strange' of somebody without a score, and small has no such"
    ):
        decide_people(court, Scored(odd, scored.people), tmp_path / "out.parquet")


def test_a_policy_of_other_days_is_not_asked(tmp_path: Path, town: EventLog, scored: Scored) -> None:
    rules = policy(tmp_path, "valid_from: 2027-01-01\n" + COURT)
    with pytest.raises(PolicyNotValidError, match="holds from 2027-01-01, and the score is as of 2026-11-06"):
        decide_people(rules, scored, tmp_path / "out.parquet")
    with pytest.raises(PolicyNotValidError):
        decide_person(rules, town, "on-time", NOW, scored.people)


def test_a_file_of_nobodys_scores_gives_a_file_of_no_decisions(
    tmp_path: Path, log: EventLog, court: Policy, scored: Scored
) -> None:
    early = Moment(AS_OF, datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None))
    score_people(court.scorecard, log, early, tmp_path / "empty.parquet")
    assert (
        decide_people(court, Scored(tmp_path / "empty.parquet", scored.people), tmp_path / "out.parquet") == 0
    )
