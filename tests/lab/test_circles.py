"""A town of people who know each other: who knows whom, and how far one person's fall reaches."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import duckdb
import pytest

from credence import EventLog, Moment, import_file, load_scorecard, score_people
from credence.engines.contacts import contacts_table
from credence.engines.tables import Tables
from credence.events.batches import ImportOptions
from credence.events.sources import write_lines
from credence.lab.circles import acquaintances, circles, contact_rows, fall
from credence.lab.town import Row

NOW = datetime(2026, 11, 6, tzinfo=UTC)
DAYS = (date(2026, 9, 6), date(2026, 10, 6), date(2026, 11, 6))
LIVES = {f"p{number}": "careful" if number % 2 else "late" for number in range(200)}


def living_alike(alike: float) -> float:
    pairs = acquaintances(LIVES, 10, alike, Random(1))
    return sum(LIVES[one] == LIVES[other] for one, other in pairs) / len(pairs)


def town_of(rows: list[Row], folder: Path) -> EventLog:
    folder.mkdir()
    write_lines(rows, folder / "town.jsonl")
    log = EventLog.create(folder / "log")
    report = import_file(log, folder / "town.jsonl", NOW, ImportOptions(backfill=True))
    assert report.sentences == []
    return log


@pytest.fixture(scope="module")
def fallen(tmp_path_factory: pytest.TempPathFactory) -> EventLog:
    return town_of([*circles(), *fall()], tmp_path_factory.mktemp("circles") / "fallen")


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> EventLog:
    return town_of(circles(), tmp_path_factory.mktemp("circles") / "still")


def everyday(log: EventLog, day: date) -> Path:
    out = log.folder.with_name(f"everyday-{day}.parquet")
    score_people(load_scorecard("everyday"), log, at(day), out)
    return out


def company(log: EventLog, day: date, before: Path) -> Path:
    """Scores of `connections`, whose contacts have these scores."""
    contacts = log.folder.with_name("contacts.parquet")
    out = log.folder.with_name(f"connections-{day}-{before.stem}.parquet")
    contacts_table(log, at(day), before, contacts)
    score_people(load_scorecard("connections"), log, at(day), out, Tables(people=contacts))
    return out


def at(day: date) -> Moment:
    return Moment(day, NOW.replace(tzinfo=None))


def moved(before: Path, after: Path) -> dict[str, int]:
    joined = f"FROM '{before}' AS a JOIN '{after}' AS b USING (person_id) WHERE a.score <> b.score"
    return dict(duckdb.execute(f"SELECT person_id, b.score - a.score {joined}").fetchall())


def know(people: set[str]) -> set[str]:
    """Whoever knows one of these people."""
    return {str(row["person_id"]) for row in circles() if row.get("contact") in people}


def test_the_town_is_the_same_every_time_and_another_with_another_seed() -> None:
    assert circles(9) == circles(9)
    assert circles(9) != circles(9, seed=1)


def test_every_event_has_an_id_of_its_own() -> None:
    assert set(Counter(str(row["event_id"]) for row in [*circles(20), *fall()]).values()) == {1}


def test_people_know_about_as_many_as_asked_nobody_themselves_and_nobody_twice() -> None:
    pairs = acquaintances(LIVES, 10, 0.8, Random(1))
    assert 9 < 2 * len(pairs) / len(LIVES) <= 10
    assert all(one < other for one, other in pairs)
    assert len(set(pairs)) == len(pairs)


def test_people_know_those_who_live_like_them_as_often_as_asked() -> None:
    assert living_alike(1) == 1
    assert 0.85 < living_alike(0.8) < 0.95
    assert 0.4 < living_alike(0) < 0.6


def test_both_of_a_pair_know_each_other() -> None:
    rows = contact_rows([("ana", "ben")], DAYS[0])
    assert [(row["person_id"], row["contact"]) for row in rows] == [("ana", "ben"), ("ben", "ana")]


def test_one_falls_and_a_month_later_all_who_know_her_and_nobody_else(fallen: EventLog) -> None:
    september, october, november = (everyday(fallen, day) for day in DAYS)
    assert moved(september, october) == {"mei": -230}
    assert moved(october, november) == {}
    dragged = moved(company(fallen, DAYS[1], september), company(fallen, DAYS[2], october))
    assert dragged.keys() == know({"mei"})
    assert sorted(dragged.values()) == [-45, -45, -42, -40, -40, -40, -38]


def test_without_the_fall_nobody_moves(still: EventLog) -> None:
    september, october, november = (everyday(still, day) for day in DAYS)
    assert moved(september, october) == moved(october, november) == {}
    assert moved(company(still, DAYS[1], september), company(still, DAYS[2], october)) == {}


def test_a_rule_that_feeds_on_itself_reaches_one_ring_further_each_month(
    fallen: EventLog, still: EventLog
) -> None:
    towns = [(log, everyday(log, DAYS[0])) for log in (still, fallen)]
    rings = [{"mei"}, {"mei"} | know({"mei"}), {"mei"} | know({"mei"} | know({"mei"}))]
    reached = set[str]()
    for ring in rings:
        towns = [(log, company(log, DAYS[1], before)) for log, before in towns]
        differ = moved(towns[0][1], towns[1][1])
        assert reached < differ.keys() <= ring
        assert sum(differ.values()) < 0
        reached = set(differ)
