"""Samples of a small log: who is looked at, what is left out and why, and how it ended."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from credence import EventLog, import_rows
from credence.errors import IntakeError
from credence.events.manifest import Settings
from credence.training.samples.run import Reason, Samples, sample
from tests.world import Row, event

QUESTIONS = """characteristics:
  paid: {measure: {count: {kind: bill.paid}}, months: 6}
  last_paid: {measure: {days_since: {kind: bill.paid}}}
  age: {measure: {column: age}}
"""
UNPAID = "{measure: {count: {kind: bill.unpaid}}, at_least: 1, why: a bill was left unpaid}"
LATE = "{measure: {greatest: {kind: bill.paid, field: days_late}}, at_least: 30, why: a bill was paid late}"
USUAL = "scorecard: q.yaml\nobservation: {dates: [2025-01-31, 2025-02-28]}\nperformance: 1\n"


def paid(day: str, number: str, who: str = "ana", late: int = 0) -> Row:
    return event("bill.paid", day, f"{who}-{number}", who, days_late=late)


def unpaid(day: str, number: str, who: str = "ana") -> Row:
    return event("bill.unpaid", day, f"{who}-{number}", who, due_date=day)


def record(log: EventLog, day: str, *rows: Row) -> None:
    """Import rows on a day."""
    report = import_rows(log, list(rows), datetime.fromisoformat(day).replace(tzinfo=UTC))
    assert report.sentences == [], report.sentences


def sampled(log: EventLog, folder: Path, text: str) -> tuple[Samples, list[tuple[object, ...]]]:
    """What was drawn, and its rows."""
    (folder / "q.yaml").write_text(QUESTIONS, encoding="utf-8")
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    made = sample(folder / "s.yaml", log, folder / "out.parquet", folder / "apart.parquet")
    return made, duckdb.execute(f"SELECT * FROM '{folder / 'out.parquet'}'").fetchall()


def ends(log: EventLog, folder: Path, rules: str) -> dict[tuple[str, str], str]:
    """The outcome of each row."""
    _, rows = sampled(log, folder, f"{USUAL}{rules}\n")
    return {(str(row[0]), str(row[1])): str(row[-1]) for row in rows}


@pytest.fixture
def bills(log: EventLog) -> EventLog:
    """Ana pays, then leaves a bill unpaid; Ben pays late; Cai comes later; all is known until May."""
    record(
        log, "2025-01-31", paid("2025-01-10", "1"), paid("2025-01-30", "2"), paid("2025-01-05", "1", "ben")
    )
    record(log, "2025-03-01", unpaid("2025-02-28", "3"), paid("2025-02-27", "2", "ben", 40))
    record(log, "2025-05-01", paid("2025-04-01", "1", "cai"), paid("2025-04-30", "2", "cai"))
    return log


def test_a_row_has_answers_of_its_day_and_what_came_after(bills: EventLog, tmp_path: Path) -> None:
    made, rows = sampled(bills, tmp_path, f"{USUAL}bad: [{UNPAID}]\n")
    assert rows == [
        ("ana", date(2025, 1, 31), 2, 1, "good"),
        ("ana", date(2025, 2, 28), 2, 29, "bad"),
        ("ben", date(2025, 1, 31), 1, 26, "good"),
        ("ben", date(2025, 2, 28), 1, 54, "good"),
    ]
    assert (made.good, made.bad, made.indeterminate) == (3, 1, 0)
    assert (made.characteristics, made.not_asked) == (("paid", "last_paid"), ("age",))
    assert (made.scorecard, made.known_until, made.snapshot) == ("q@1", "2025-04-30", 3)
    assert made.left_out == (Reason("nothing was known yet", 2),)
    assert made.told_by == {
        "good": (Reason("no rule applies", 3),),
        "bad": (Reason("a bill was left unpaid", 1),),
    }
    assert [(m.month, m.good, m.bad, m.left_out, m.bad_rate) for m in made.months] == [
        ("2025-01", 2, 0, 1, 0.0),
        ("2025-02", 1, 1, 1, 0.5),
    ]


def test_the_window_begins_on_the_day_and_ends_before_its_last(bills: EventLog, tmp_path: Path) -> None:
    """From 31 January a month goes to 28 February, which is no part of it, and none of the days is lost."""
    record(bills, "2025-05-02", unpaid("2025-01-31", "9", "ben"))
    assert ends(bills, tmp_path, f"bad: [{UNPAID}]") == {
        ("ana", "2025-01-31"): "good",
        ("ana", "2025-02-28"): "bad",
        ("ben", "2025-01-31"): "bad",
        ("ben", "2025-02-28"): "good",
    }


def test_the_first_that_applies_wins_and_what_is_neither_is_kept_apart(
    bills: EventLog, tmp_path: Path
) -> None:
    made, rows = sampled(bills, tmp_path, f"{USUAL}bad: [{UNPAID}]\nindeterminate: [{LATE}]\n")
    assert [row[0] for row in rows] == ["ana", "ana", "ben"]
    assert made.told_by["indeterminate"] == (Reason("a bill was paid late", 1),)
    apart = duckdb.execute(f"SELECT person_id, outcome FROM '{tmp_path / 'apart.parquet'}'").fetchall()
    assert apart == [("ben", "indeterminate")]
    bads = ends(bills, tmp_path, f"bad: [{LATE}, {UNPAID}]\nindeterminate: [{LATE}]")
    assert bads["ben", "2025-01-31"] == "bad"


def test_where_good_is_said_the_rest_is_indeterminate(bills: EventLog, tmp_path: Path) -> None:
    good = "{measure: {count: {kind: bill.paid}}, at_least: 1, why: a bill was paid}"
    made, rows = sampled(bills, tmp_path, f"{USUAL}bad: [{UNPAID}]\ngood: [{good}]\n")
    assert [(row[0], row[-1]) for row in rows] == [("ana", "bad"), ("ben", "good")]
    assert (made.indeterminate, made.months[0].bad_rate) == (2, 0.0)


def test_what_is_not_over_is_left_out(bills: EventLog, tmp_path: Path) -> None:
    text = USUAL.replace("performance: 1", "performance: 3")
    made, rows = sampled(bills, tmp_path, f"{text}bad: [{UNPAID}]\n")
    assert {str(row[1]) for row in rows} == {"2025-01-31"}
    assert Reason("the performance window is not over", 3) in made.left_out
    assert made.months[1].bad_rate is None


def test_what_is_recorded_after_the_last_day_is_not_looked_at(bills: EventLog, tmp_path: Path) -> None:
    until = f"bad: [{UNPAID}]\nknown_until: 2025-03-31"
    assert ends(bills, tmp_path, until)["ana", "2025-02-28"] == "bad"
    assert "bad" not in ends(bills, tmp_path, until.replace("03-31", "02-28")).values()
    made, _ = sampled(bills, tmp_path, f"{USUAL}{until}\n")
    assert made.known_until == "2025-03-31"


def test_rows_are_left_out_by_what_was_known_on_their_day(bills: EventLog, tmp_path: Path) -> None:
    few = "{measure: {count: {kind: bill.paid}}, months: 3, below: 2, why: hardly known}"
    made, rows = sampled(bills, tmp_path, f"{USUAL}bad: [{UNPAID}]\nexclude: [{few}]\n")
    assert [row[0] for row in rows] == ["ana", "ana"]
    assert made.left_out == (Reason("hardly known", 2), Reason("nothing was known yet", 2))


def test_whoever_something_happens_to_is_looked_at_that_day(bills: EventLog, tmp_path: Path) -> None:
    text = (
        f"scorecard: q.yaml\nobservation: {{each: {{kind: bill.unpaid}}}}\nperformance: 1\nbad: [{UNPAID}]\n"
    )
    _, rows = sampled(bills, tmp_path, text)
    assert rows == [("ana", date(2025, 2, 28), 2, 29, "bad")]
    before = text.replace("}}\nperf", "}, days_before: 28}\nperf")
    _, rows = sampled(bills, tmp_path, before)
    assert rows == [("ana", date(2025, 1, 31), 2, 1, "good")]


def test_what_was_retracted_never_happened(bills: EventLog, tmp_path: Path) -> None:
    record(bills, "2025-05-03", event("mark.retracts", "2025-05-03", "m", retracts="ana-3"))
    text = (
        f"scorecard: q.yaml\nobservation: {{each: {{kind: bill.unpaid}}}}\nperformance: 1\nbad: [{UNPAID}]\n"
    )
    assert sampled(bills, tmp_path, text)[1] == []
    assert "bad" not in ends(bills, tmp_path, f"bad: [{UNPAID}]").values()


def test_an_old_event_that_no_longer_counts_is_still_an_outcome(log: EventLog, tmp_path: Path) -> None:
    """A delay that began seven years ago counts for no score, and yet the charge-off happened now."""
    charged = event(
        "account.charged_off", "2025-02-10", "c", date_first_delinquency="2015-01-01", account="a"
    )
    record(log, "2025-01-31", paid("2025-01-10", "1"))
    record(log, "2025-05-01", charged, paid("2025-04-30", "2"))
    rule = "{measure: {count: {kind: account.charged_off}}, at_least: 1, why: charged off}"
    assert ends(log, tmp_path, f"bad: [{rule}]")["ana", "2025-01-31"] == "bad"


def test_a_table_tells_the_outcome(bills: EventLog, tmp_path: Path) -> None:
    table = "person_id,as_of,end\nana,2025-02-28,B\nben,2025-02-28,A\ncai,2025-02-28,A\ncai,2026-01-01,?\n"
    (tmp_path / "loans.csv").write_text(table, encoding="utf-8")
    text = "scorecard: q.yaml\nobservation: {table: loans.csv, outcome: end}\nbad: B\ngood: A\n"
    made, rows = sampled(bills, tmp_path, text)
    assert [(row[0], row[2], row[-1]) for row in rows] == [("ana", 2, "bad"), ("ben", 1, "good")]
    assert made.told_by["bad"] == (Reason("B", 1),)
    assert (made.indeterminate, made.left_out) == (1, (Reason("nothing was known yet", 1),))


def test_columns_of_the_table_are_kept_beside_the_answers(bills: EventLog, tmp_path: Path) -> None:
    table = "person_id,as_of,amount\nana,2025-01-31,7\nben,2025-01-31,8\n"
    (tmp_path / "loans.csv").write_text(table, encoding="utf-8")
    observed = "scorecard: q.yaml\nobservation: {table: loans.csv, columns: [amount]}\n"
    text = f"{observed}performance: 1\nbad: [{UNPAID}]\n"
    _, rows = sampled(bills, tmp_path, text)
    assert rows == [
        ("ana", date(2025, 1, 31), 2, 1, 7.0, "good"),
        ("ben", date(2025, 1, 31), 1, 26, 8.0, "good"),
    ]


def test_a_day_begins_in_the_zone_of_the_log(tmp_path: Path) -> None:
    """At 20:00 UTC on 30 January it is 31 January in Tokyo, so what is recorded then is too late."""
    log = EventLog.create(tmp_path / "tokyo", Settings(timezone="Asia/Tokyo"))
    record(log, "2025-01-30T14:59:00", paid("2025-01-10", "1"))
    record(log, "2025-01-30T20:00:00", paid("2025-01-11", "2"))
    record(log, "2025-05-01", paid("2025-04-30", "3"))
    _, rows = sampled(log, tmp_path, f"{USUAL}bad: [{UNPAID}]\nknown_until: 2025-04-29\n")
    assert [row[2] for row in rows] == [1, 2]


def test_an_empty_log_has_no_samples(log: EventLog, tmp_path: Path) -> None:
    with pytest.raises(IntakeError):
        sampled(log, tmp_path, f"{USUAL}bad: [{UNPAID}]\n")
