"""A run is what scoring alone gives, published once; limits and contradictions hold it back."""

import json
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from credence import EventLog, load_scorecard, score_people
from credence.engines.buckets import PARTS, SCORES
from credence.engines.contacts import contacts_table
from credence.engines.moment import Moment
from credence.engines.tables import Tables
from credence.errors import IntakeError, LogDamagedError, RunWrongError, UsageError
from credence.events.manifest import SEALED, TAIL
from credence.runs.limits import Limits
from credence.runs.publish import FACTS, PAGE
from credence.runs.published import PublishedRun, damage, published
from credence.runs.request import Request
from credence.runs.run import CHECK, EVALUATE, FREEZE, PUBLISH, run
from tests.engines.test_tables import flat_card
from tests.runs.runner import AFTER, AS_OF, CARDS, LATER, request
from tests.world import event, record

NOBODY_WITHOUT = Limits(unscorable_share_most=0)


def rows(path: str) -> list[object]:
    with duckdb.connect() as connection:
        return list(connection.execute(f"FROM read_parquet('{path}') ORDER BY person_id").fetchall())


def test_everybody_is_scored_as_by_scoring_alone(made: PublishedRun, peopled: Path, tmp_path: Path) -> None:
    log = EventLog.open(peopled)
    for name in CARDS:
        card = load_scorecard(name)
        score_people(card, log, Moment(AS_OF, LATER), tmp_path / "scores.parquet")
        assert rows(f"{made.scores(name)}/*.parquet") == rows(f"{tmp_path}/scores.parquet")
        assert made.scorecard(name) == card


def test_a_run_is_several_tasks_here(made: PublishedRun) -> None:
    assert {len(scores.files) for scores in made.manifest.scorecards} == {2}
    assert damage(made) == []


def test_each_step_is_told_from_nothing_to_all(peopled: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    run(request(peopled, tmp_path, LATER), AFTER, lambda *step: told.append(step))
    assert [step for step in told if step[0] != EVALUATE] == [
        (step, done, 1) for step in (FREEZE, CHECK, PUBLISH) for done in (0, 1)
    ]
    assert [step for step in told if step[0] == EVALUATE] == [(EVALUATE, done, 2) for done in range(3)]


def test_a_published_run_is_found_and_nothing_changes(made: PublishedRun, peopled: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.folder.rglob("*")}
    for known_at in (LATER, None):
        outcome = run(request(peopled, made.folder.parents[1], known_at), AFTER)
        assert (outcome.published, outcome.fresh) == (made, False)
    assert {path: path.stat().st_mtime_ns for path in made.folder.rglob("*")} == before


def test_a_later_known_at_is_a_new_run_beside_it(peopled: Path, tmp_path: Path) -> None:
    first = run(request(peopled, tmp_path, LATER), AFTER)
    second = run(request(peopled, tmp_path, LATER + timedelta(days=1)), AFTER)
    afresh = replace(request(peopled, tmp_path), afresh=True)
    third = run(afresh, AFTER)
    assert [found.folder for found in published(tmp_path)] == [first.folder, second.folder, third.folder]
    assert third.report is not None
    assert third.report.cards[0].before is not None
    assert third.report.cards[0].before.run == second.report.run if second.report else False


def test_publishing_closes_the_past_of_the_log(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-10-01", "b1", days_late=0))
    assert not log.manifest.published()
    run(request(log.folder, tmp_path / "runs", LATER), AFTER)
    assert log.manifest.published()


def test_a_log_without_anybody_is_a_run_of_nobody(log: EventLog, tmp_path: Path) -> None:
    outcome = run(request(log.folder, tmp_path / "runs"), AFTER)
    assert outcome.published is not None
    assert [scores.people for scores in outcome.published.manifest.scorecards] == [0, 0]
    assert outcome.published.manifest.snapshot is None


def test_a_bucket_file_that_is_damaged_is_named(peopled: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(peopled, tmp_path / "log")
    for role in (SEALED, TAIL):
        path = folder / EventLog.open(folder).manifest.files(role)[0].path
        whole = path.read_bytes()
        path.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
        with pytest.raises(LogDamagedError, match=rf"{role}/{path.name} is not what was written"):
            run(request(folder, tmp_path / "runs"), AFTER)
        path.write_bytes(whole)
        assert published(tmp_path / "runs") == []


def test_scores_that_contradict_themselves_are_never_published(peopled: Path, tmp_path: Path) -> None:
    asked = replace(request(peopled, tmp_path), limits=NOBODY_WITHOUT)
    draft, name = run(asked, AFTER).folder.parent, "everyday/00000.parquet"
    whole, path = (draft / SCORES / name).read_bytes(), draft / SCORES / name
    (tmp_path / "whole.parquet").write_bytes(whole)
    with duckdb.connect() as connection:
        wrong = f"SELECT * REPLACE (score + 1 AS score) FROM '{tmp_path}/whole.parquet'"
        connection.execute(f"COPY ({wrong} UNION ALL {wrong}) TO '{path}' (FORMAT parquet)")
    receipt = draft / PARTS / "00000.json"
    told = receipt.read_text().replace(sha256(whole).hexdigest(), sha256(path.read_bytes()).hexdigest())
    receipt.write_text(told)
    with pytest.raises(RunWrongError) as wrongly:
        run(replace(asked, accepted="Whatever"), AFTER)
    assert "a score that is not the sum of its points" in str(wrongly.value)
    assert "people stand there more than once" in str(wrongly.value)
    assert published(tmp_path) == []


def test_limits_hold_a_run_back_until_somebody_says_why_not(peopled: Path, tmp_path: Path) -> None:
    asked = replace(request(peopled, tmp_path, LATER), limits=NOBODY_WITHOUT)
    outcome = run(asked, AFTER)
    assert (outcome.published, published(tmp_path)) == (None, [])
    facts = json.loads((outcome.folder / FACTS).read_text())
    assert (facts["published"], facts["limits_reached"]) == (False, [b.sentence for b in outcome.breaches])
    assert "Held back" in (outcome.folder / PAGE).read_text(encoding="utf-8")
    accepted = run(replace(asked, accepted="They are new"), AFTER)
    assert accepted.published is not None
    assert accepted.published.manifest.accepted == "They are new"
    assert json.loads((accepted.folder / FACTS).read_text())["accepted"] == "They are new"


def test_nothing_is_accepted_where_no_limit_was_passed(peopled: Path, tmp_path: Path) -> None:
    outcome = run(replace(request(peopled, tmp_path), accepted="whatever"), AFTER)
    assert outcome.published is not None
    assert outcome.published.manifest.accepted is None


def refused(asked: Request) -> str:
    with pytest.raises(UsageError) as error:
        run(asked, AFTER)
    return str(error.value)


def test_what_makes_no_sense_is_refused_before_anything_is_made(peopled: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    asked = request(peopled, runs)
    assert "'everyday' is given twice" in refused(replace(asked, scorecards=asked.scorecards[:1] * 2))
    assert "yet to come" in refused(replace(asked, known_at=datetime(2030, 1, 1)))  # noqa: DTZ001
    assert "give one of them" in refused(replace(asked, people=tmp_path / "people.csv", contacts="everyday"))
    columns = (flat_card(tmp_path),)
    assert "looks at columns of a table" in refused(replace(asked, scorecards=columns))
    assert "--cut-off 600 compares groups" in refused(replace(asked, cut_off=600))
    limited = replace(asked, limits=Limits(group_ratio_least=0.8))
    assert "The limit group_ratio_least compares groups" in refused(limited)
    for cut_off in (349, 951):
        said = refused(replace(asked, groups=tmp_path / "groups.csv", cut_off=cut_off))
        assert f"--cut-off is {cut_off}, and 'everyday' scores from 350 to 950." in said
    assert not runs.exists()


def groups_of(run: PublishedRun, folder: Path) -> Path:
    """A table of groups of the people of a run: half of them each, and everybody once more in another."""
    with duckdb.connect() as connection:
        rows = f"SELECT person_id FROM read_parquet('{run.scores('everyday')}/*.parquet')"
        half = "CASE WHEN row_number() OVER (ORDER BY person_id) % 2 = 0 THEN 'sunside' ELSE 'shadeside' END"
        connection.execute(f"COPY (SELECT person_id, {half} AS side FROM ({rows})) TO '{folder}/groups.csv'")
    return folder / "groups.csv"


def test_groups_are_in_the_report_and_in_nothing_else(
    made: PublishedRun, peopled: Path, tmp_path: Path
) -> None:
    table = groups_of(made, tmp_path)
    asked = replace(request(peopled, tmp_path / "runs", LATER), groups=table, cut_off=600)
    outcome = run(asked, AFTER)
    assert outcome.published is not None
    assert (outcome.published.run, outcome.published.hash) == (made.run, made.hash)
    facts = json.loads((outcome.folder / FACTS).read_text())
    for card, scores in zip(facts["scorecards"], made.manifest.scorecards, strict=True):
        (column,) = card["groups"]["columns"]
        assert (card["groups"]["cut_off"], column["column"]) == (600, "side")
        assert [group["group"] for group in column["groups"]] == ["shadeside", "sunside"]
        assert sum(group["people"] for group in column["groups"]) == scores.people
    told = [path.name for path in tmp_path.rglob("*") if path.is_file() and b"sunside" in path.read_bytes()]
    assert sorted(told) == ["groups.csv", FACTS.replace("json", "html"), FACTS]


def test_a_table_that_is_none_of_groups_is_refused_before_anybody_is_scored(
    peopled: Path, tmp_path: Path
) -> None:
    (tmp_path / "groups.csv").write_text("person_id,side\nana,x\nana,y\n", encoding="utf-8")
    told: list[str] = []
    with pytest.raises(IntakeError, match="person 'ana' stands there twice"):
        run(
            replace(request(peopled, tmp_path / "runs"), groups=tmp_path / "groups.csv"),
            AFTER,
            lambda step, _done, _total: told.append(step),
        )
    assert told == [FREEZE]


def test_scores_of_contacts_must_have_been_published(peopled: Path, tmp_path: Path) -> None:
    card = load_scorecard("connections")
    asked = replace(request(peopled, tmp_path), scorecards=(card,), contacts="everyday")
    assert "make that run first" in refused(asked)


def test_scores_of_contacts_are_joined(peopled: Path, tmp_path: Path) -> None:
    day, log, card = date(2026, 10, 6), EventLog.open(peopled), load_scorecard("connections")
    earlier = run(replace(request(peopled, tmp_path, LATER), as_of=day), AFTER)
    asked = replace(request(peopled, tmp_path, LATER), scorecards=(card,), contacts="everyday")
    outcome = run(asked, AFTER)
    assert earlier.published is not None
    assert outcome.published is not None
    assert outcome.published.manifest.contacts_of == earlier.published.run
    table, out = tmp_path / "contacts.parquet", tmp_path / "scores.parquet"
    snapshot = earlier.published.manifest.snapshot
    contacts_table(log, Moment(AS_OF, LATER, snapshot), earlier.published.scores("everyday"), table)
    score_people(card, log, Moment(AS_OF, LATER), out, Tables(people=table))
    assert rows(f"{outcome.folder}/connections/*.parquet") == rows(f"{out}")


def test_a_table_of_people_is_joined_as_by_scoring_alone(peopled: Path, tmp_path: Path) -> None:
    table, log, card = tmp_path / "people.csv", EventLog.open(peopled), flat_card(tmp_path)
    heads = "person_id,Risk Estimate,grade\n"
    table.write_text(f"{heads}ana,0.5,A\nben,0.3,C\n李秀英,-9,B\n", encoding="utf-8")
    asked = replace(request(peopled, tmp_path / "runs", LATER), people=table)
    asked = replace(asked, scorecards=(*asked.scorecards, card))
    outcome = run(asked, AFTER)
    score_people(card, log, Moment(AS_OF, LATER), tmp_path / "scores.parquet", Tables(people=table))
    assert rows(f"{outcome.folder}/{card.name}/*.parquet") == rows(f"{tmp_path}/scores.parquet")
    assert not run(asked, AFTER).fresh
    table.write_text(f"{heads}ana,0.6,A\n", encoding="utf-8")
    assert run(asked, AFTER).fresh
