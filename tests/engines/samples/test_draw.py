"""No answer knows the future: what happens or is recorded after an observation point moves outcomes alone."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, import_rows, score_people
from credence.engines.samples import draw as drawing
from credence.engines.samples.asked import Asked
from credence.engines.samples.draw import draw, horizon_of
from credence.engines.samples.statements import answered
from credence.engines.tables import Tables
from credence.errors import IntakeError, LogDamagedError
from credence.events.vocabulary import shipped
from credence.training.samples.definition import read_samples
from tests.engines.random_worlds import (
    DATES,
    PEOPLE,
    random_event,
    random_requirement,
    random_rows,
    random_scorecard,
)
from tests.world import Row, event

seeds = st.integers(0, 2**32 - 1)
# A row of a sample: who, when, and every answer.
Answers = dict[tuple[str, date], tuple[object, ...]]


def instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def before(chance: Random, as_of: date) -> list[Row]:
    """What happened before a day."""
    return [row for row in random_rows(chance, as_of) if str(row["occurred_at"])[:10] < str(as_of)]


def afterwards(chance: Random, as_of: date) -> list[Row]:
    """What is recorded later: of any day, some of it correcting or marking what was there before."""
    rows = [
        random_event(chance, as_of, who, number)
        for who in PEOPLE
        for number in range(60, 60 + chance.randrange(6))
    ]
    for row in rows:
        if chance.random() < 0.5:
            row["occurred_at"] = str(as_of + timedelta(days=chance.randrange(500)))
    return rows


def world(folder: Path, as_of: date, known: list[Row], later: list[Row]) -> EventLog:
    """A log in which some rows were recorded on the day of the point, and others two years after."""
    log = EventLog.create(folder)
    end = as_of + timedelta(days=730)
    last = event("bill.unpaid", str(end - timedelta(days=1)), "last", "zed", due_date=str(end))
    for rows, day in ((known, as_of), ([*later, last], end)):
        report = import_rows(log, rows, instant(day))
        assert report.sentences == [], report.sentences
    return log


def asked_of(chance: Random, folder: Path, as_of: date) -> Asked:
    """A definition about a random scorecard, with random rules, of one day and the one before."""
    days = [as_of, as_of - timedelta(days=1)]
    rule = {
        "measure": {"count": {"kind": ["bill.unpaid", "payment.settled"]}},
        "at_least": 1,
        "why": "unpaid",
    }
    definition = {
        "scorecard": "random.yaml",
        "observation": {"dates": [str(day) for day in days]},
        "performance": chance.choice([1, 6, 12]),
        "bad": [rule],
        "known_until": str(as_of + timedelta(days=729)),
        "exclude": [random_requirement(chance) | {"why": "left out"}],
    }
    (folder / "samples.yaml").write_text(json.dumps(definition), encoding="utf-8")
    random_scorecard(chance, folder)
    return read_samples(folder / "samples.yaml", shipped())


def drawn(log: EventLog, asked: Asked, out: Path) -> tuple[Answers, dict[tuple[str, date], str]]:
    """The answers of each row, and its outcome."""
    draw(log, asked, horizon_of(log, asked), (out, None))
    rows = duckdb.execute(f"SELECT * FROM '{out}'").fetchall()
    return {row[:2]: row[2:-1] for row in rows}, {row[:2]: row[-1] for row in rows}


@settings(max_examples=12)
@given(seed=seeds)
def test_nothing_that_happens_or_is_recorded_later_changes_a_row_or_an_answer(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        as_of = chance.choice(DATES)
        asked, known = asked_of(chance, folder, as_of), before(chance, as_of)
        log = world(folder / "log", as_of, known, [])
        answers, outcomes = drawn(log, asked, folder / "out.parquet")
        assert set(outcomes.values()) <= {"good"}
        import_rows(log, afterwards(chance, as_of), instant(as_of + timedelta(days=730)))
        assert drawn(log, asked, folder / "out.parquet")[0] == answers


@settings(max_examples=5)
@given(seed=seeds)
def test_answers_are_those_of_a_score_of_that_day_as_known_then(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        as_of = chance.choice(DATES)
        asked = replace(asked_of(chance, folder, as_of), exclude=())
        log = world(folder / "log", as_of, before(chance, as_of), afterwards(chance, as_of))
        answers, _ = drawn(log, asked, folder / "out.parquet")
        at = [f"{json.dumps(who, ensure_ascii=False)},{day},{day}" for who, day in answers]
        (folder / "at.csv").write_text("\n".join(["person_id,as_of,known_at", *at]), encoding="utf-8")
        moment = Moment(as_of, instant(as_of).replace(tzinfo=None))
        score_people(asked.scorecard, log, moment, folder / "s.parquet", Tables(at=folder / "at.csv"))
        names = ", ".join(f"{c.name}.answer" for c in answered(asked.scorecard))
        rows = duckdb.execute(f"SELECT person_id, as_of, {names} FROM '{folder / 's.parquet'}'").fetchall()
        assert {row[:2]: row[2:] for row in rows} == answers


def test_a_future_that_is_looked_at_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the property above rests on: answers as known at the end are others."""
    chance = Random(5)
    as_of = DATES[1]
    asked = replace(asked_of(chance, tmp_path, as_of), exclude=())
    log = world(tmp_path / "log", as_of, before(chance, as_of), [])
    leaking = drawing.AT_THE_POINT.replace("known_at", "TIMESTAMP '2100-01-01' AS known_at")
    monkeypatch.setattr(drawing, "AT_THE_POINT", leaking)
    answers, _ = drawn(log, asked, tmp_path / "out.parquet")
    import_rows(log, afterwards(chance, as_of), instant(as_of + timedelta(days=730)))
    assert drawn(log, asked, tmp_path / "out.parquet")[0] != answers


def test_some_buckets_at_a_time_give_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(8)
    as_of = DATES[1]
    asked = replace(asked_of(chance, tmp_path, as_of), exclude=())
    log = world(tmp_path / "log", as_of, before(chance, as_of), [])
    whole = drawn(log, asked, tmp_path / "whole.parquet")
    monkeypatch.setattr(drawing, "EVENTS_AT_A_TIME", 4)
    told: list[tuple[int, int]] = []
    out = tmp_path / "parts.parquet"
    draw(log, asked, horizon_of(log, asked), (out, None), lambda done, total: told.append((done, total)))
    assert len(told) > 3
    assert told[-1][0] == told[-1][1]
    assert drawn(log, asked, out) == whole
    assert list(drawn(log, asked, out)[0]) == list(whole[0])


def test_an_empty_log_has_no_samples(tmp_path: Path, log: EventLog) -> None:
    asked = asked_of(Random(1), tmp_path, DATES[0])
    with pytest.raises(IntakeError, match="nothing was ever recorded in it"):
        horizon_of(log, asked)


def test_a_log_that_is_torn_is_told(tmp_path: Path) -> None:
    asked = asked_of(Random(1), tmp_path, DATES[0])
    log = world(tmp_path / "log", DATES[0], [], [])
    for file in log.files():
        (log.folder / file.path).write_bytes(b"torn")
    with pytest.raises(LogDamagedError):
        horizon_of(log, asked)


def test_answers_of_an_example_are_as_known_that_day(tmp_path: Path, log: EventLog) -> None:
    (tmp_path / "card.yaml").write_text(
        "characteristics: {bills: {measure: {count: {kind: bill.paid}}}}", encoding="utf-8"
    )
    (tmp_path / "s.yaml").write_text(
        "scorecard: card.yaml\nobservation: {dates: [2025-03-01]}\nperformance: 1\n"
        "bad: [{measure: {count: {kind: bill.unpaid}}, at_least: 1, why: unpaid}]\n",
        encoding="utf-8",
    )
    paid = [event("bill.paid", f"2025-02-0{day}", f"b{day}", days_late=0) for day in (1, 2, 3)]
    import_rows(log, paid[:2], datetime(2025, 2, 20, tzinfo=UTC))
    import_rows(log, paid[2:], datetime(2025, 3, 2, tzinfo=UTC))
    import_rows(
        log,
        [event("bill.unpaid", "2025-04-01", "u", due_date="2025-04-01")],
        datetime(2025, 4, 2, tzinfo=UTC),
    )
    asked = read_samples(tmp_path / "s.yaml", log.vocabulary)
    assert drawn(log, asked, tmp_path / "out.parquet") == (
        {("ana", date(2025, 3, 1)): (2,)},
        {("ana", date(2025, 3, 1)): "good"},
    )
