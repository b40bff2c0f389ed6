"""Both evaluators from one definition: equal in every column, on random scorecards and people."""

from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, import_rows, score_people
from credence.engines.found import Row
from credence.engines.people import read_person
from credence.engines.person import evaluate
from credence.engines.tables import Tables
from credence.events import upkeep
from credence.events.vocabulary import shipped
from credence.scorecards.model import Scorecard
from tests.engines.random_worlds import DATES, RECORDED, random_log, random_rows, random_scorecard
from tests.engines.test_flat import random_flat_card, random_people
from tests.world import LATER, NOW

seeds = st.integers(0, 2**32 - 1)
Facts = dict[str, object]


def rows_of(file: Path) -> list[Facts]:
    with duckdb.connect() as connection:
        cursor = connection.execute(f"SELECT * FROM read_parquet('{file}')")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def facts_of(row: Row) -> Facts:
    codes = (*row.reasons, None, None, None, None)
    lines: Facts = {
        line.characteristic: {"answer": line.found.value, "attribute": line.attribute, "points": line.points}
        for line in row.lines
    }
    told: Facts = {f"reason_{rank}": codes[rank - 1] for rank in range(1, 5)}
    whole: Facts = {"score": row.score, "band": row.band, "unscorable": row.unscorable}
    return whole | told | lines


def same(by_sql: Facts, by_person: Row) -> None:
    facts = facts_of(by_person)
    assert {name: by_sql[name] for name in facts} == facts


def adds_up(scorecard: Scorecard, facts: Facts) -> None:
    points = [facts[c.name]["points"] for c in scorecard.characteristics]  # type: ignore[index]
    if facts["score"] is None:
        assert facts["unscorable"] is not None
        assert set(points) == {None}
    else:
        assert facts["score"] == scorecard.points_base + sum(points)


@settings(max_examples=24)
@given(seed=seeds)
def test_sql_and_python_agree_in_every_column(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        as_of = chance.choice(DATES)
        scorecard = random_scorecard(chance, folder)
        log = random_log(chance, folder / "log", random_rows(chance, as_of))
        if chance.random() < 0.5:
            upkeep.compact(log, NOW)
        moment = Moment(as_of, LATER)

        score_people(scorecard, log, moment, folder / "out.parquet")

        people = rows_of(folder / "out.parquet")
        for facts in people:
            events = log.events_of(str(facts["person_id"]))
            same(facts, evaluate(scorecard, log.vocabulary, events, moment))
            adds_up(scorecard, facts)
        assert sorted(str(p["person_id"]) for p in people) == known_people(log)


@settings(max_examples=12)
@given(seed=seeds)
def test_columns_of_a_table_are_answered_alike(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        scorecard, people = random_flat_card(chance, folder), random_people(chance, folder)

        score_people(scorecard, people, Moment(DATES[0], LATER), folder / "out.parquet")

        for facts in rows_of(folder / "out.parquet"):
            columns = read_person(people, scorecard, str(facts["person_id"]))
            same(facts, evaluate(scorecard, shipped(), [], Moment(DATES[0], LATER), columns))


def known_people(log: EventLog) -> list[str]:
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT DISTINCT person_id FROM ({log.relation()})").fetchall()
    return sorted(person for (person,) in rows)


@settings(max_examples=8)
@given(seed=seeds)
def test_moments_asked_a_person_give_what_each_moment_gives(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        scorecard = random_scorecard(chance, folder)
        log = random_log(chance, folder / "log", random_rows(chance, DATES[0]))
        asked = [(person, chance.choice(DATES)) for person in ("ana", "ben", "nobody", "ana")]
        table = folder / "at.csv"
        lines = "".join(f"{person},{as_of},2026-11-20T00:00:00Z\n" for person, as_of in asked)
        table.write_text(f"person_id,as_of,known_at\n{lines}")

        now = Moment(DATES[0], datetime(2027, 1, 1))  # noqa: DTZ001 - UTC without a zone
        score_people(scorecard, log, now, folder / "out.parquet", Tables(at=table))

        found = rows_of(folder / "out.parquet")
        assert [(facts["person_id"], facts["as_of"]) for facts in found] == asked
        for facts, (person, as_of) in zip(found, asked, strict=True):
            same(facts, evaluate(scorecard, log.vocabulary, log.events_of(person), Moment(as_of, LATER)))


@settings(max_examples=6)
@given(seed=seeds)
def test_an_old_moment_is_answered_bit_for_bit_after_corrections_and_compacting(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        scorecard = random_scorecard(chance, folder)
        rows = random_rows(chance, DATES[0])
        log = random_log(chance, folder / "log", rows[::2])
        newest = log.snapshot
        if newest is None:
            return
        moment = Moment(DATES[0], newest.made_at)
        score_people(scorecard, log, moment, folder / "before.parquet")

        later = random_log_additions(log, rows[1::2])
        upkeep.compact(log, NOW)
        replayed = Moment(moment.as_of, moment.known_at, newest.number)
        score_people(scorecard, log, replayed, folder / "after.parquet")

        assert rows_of(folder / "before.parquet") == rows_of(folder / "after.parquet"), later


def random_log_additions(log: EventLog, rows: list[dict[str, object]]) -> int:
    return import_rows(log, rows, RECORDED).total("accepted")
