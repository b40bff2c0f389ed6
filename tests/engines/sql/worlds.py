"""Worlds that are scored in many ways, which must agree: a scorecard, its tables, and what DuckDB says."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from credence import EventLog, Moment, load_scorecard, score_people
from credence.characteristics.measures import READERS
from credence.engines.sql.dialects import statement
from credence.engines.tables import Tables
from credence.events.upkeep import compact
from credence.events.vocabulary import shipped
from credence.scorecards.model import Scorecard
from tests.engines.databases import Facts, Table
from tests.engines.random_worlds import (
    DATES,
    random_attributes,
    random_log,
    random_measure,
    random_rows,
    random_scorecard,
)
from tests.engines.test_tables import flat_card
from tests.world import LATER, NOW

PEOPLE = """person_id,Risk Estimate,grade,limit
ana,0.5,A,0.1
ben,0.3,C,0
李秀英,-9,B,-9
x,,,
zoe,NaN,A,2
"""
OF_COLUMNS = {
    "ratio": {"ratio": "Risk Estimate", "to": "limit"},
    **{f"{way}_of": {f"{way}_of": ["Risk Estimate", "limit"]} for way in ("greatest", "least", "average")},
}


@dataclass(frozen=True)
class World:
    """A scorecard, the tables it reads, its moment, and what DuckDB's own run says of everybody.

    `log` and `people` are what the tables are made of.
    """

    card: Scorecard
    moment: Moment
    tables: tuple[Table, ...]
    scores: tuple[Facts, ...]
    log: EventLog | None = None
    people: Path | None = None

    def told(self, name: str) -> str:
        return statement(self.card, shipped(), self.moment, name)


def wide_card(folder: Path) -> Scorecard:
    """A scorecard with every measure, those with `latest` or conditions again, columns and a crossing.

    Everybody has a score, so that all points are seen.
    """
    chance, words = Random(0), {"column", "cross", *OF_COLUMNS}
    characteristics: dict[str, dict[str, object]] = {}
    for number in range(120):
        measure = random_measure(chance)
        words |= measure.keys()
        rows = [row for row in random_attributes(chance, measure) if "unscorable" not in row]
        said = json.dumps(measure)
        characteristics[f"{[*measure]} {'latest' in said} {'where' in said}"] = {
            "measure": measure,
            "months": chance.choice([2, 3, 6, 12, 24, 60]),
            "attributes": [*rows, {"points": number % 9, "reason": "Z"}],
            "missing": {"points": 2, "reason": "A"},
        }
    assert words >= {*READERS}
    flat_card(folder)
    definition = json.loads((folder / "flat.yaml").read_text(encoding="utf-8"))
    definition["reasons"] |= {code: code for code in "ABCDEZ"}
    definition["characteristics"] |= {f"c{n}": c for n, c in enumerate(characteristics.values())}
    rows = [{"below": limit, "points": limit, "reason": "L"} for limit in (-4, 1, 5)]
    definition["characteristics"] |= {
        name: {"measure": measure, "attributes": [*rows, {"points": 7}], "missing": {"points": 3}}
        for name, measure in OF_COLUMNS.items()
    }
    each = {"points": -3, "cap": -9, "reason": "A"}
    definition["characteristics"]["each"] = {"measure": {"count": {}}, "points_each": each}
    (folder / "wide.yaml").write_text(json.dumps(definition), encoding="utf-8")
    return load_scorecard(folder / "wide.yaml")


def of_log(card: Scorecard, log: EventLog, as_of: date, folder: Path, people: Path | None = None) -> World:
    moment, out = Moment(as_of, LATER), folder / "scores.parquet"
    score_people(card, log, moment, out, Tables(people=people))
    tables = [Table("events", log.relation())]
    tables += [Table("people_table", f"FROM '{people}'")] if people else []
    # A table in a database has no snapshots.
    scores = Table("scores", f"SELECT * REPLACE (NULL AS snapshot) FROM '{out}' ORDER BY person_id")
    return World(card, moment, tuple(tables), tuple(scores.facts()), log, people)


def wide_world(folder: Path) -> World:
    """Every measure at once, with a table of people."""
    folder.mkdir()
    people = folder / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    log = random_log(Random(6), folder / "log", random_rows(Random(5), DATES[0]))
    world = of_log(wide_card(folder), log, DATES[0], folder, people)
    assert None not in [facts["score"] for facts in world.scores]
    return world


def flat_world(folder: Path) -> World:
    """A table of people alone."""
    folder.mkdir()
    people, out = folder / "people.csv", folder / "flat.parquet"
    people.write_text(PEOPLE, encoding="utf-8")
    card, moment = flat_card(folder), Moment(DATES[0], LATER)
    score_people(card, people, moment, out)
    scores = Table("scores", f"FROM '{out}' ORDER BY person_id")
    return World(card, moment, (Table("people_table", f"FROM '{people}'"),), tuple(scores.facts()))


def random_world(seed: int, folder: Path) -> World:
    """A scorecard and a log at random; every second log is sealed."""
    folder.mkdir()
    chance = Random(seed)
    as_of = chance.choice(DATES)
    card = random_scorecard(chance, folder)
    log = random_log(chance, folder / "log", random_rows(chance, as_of))
    if seed % 2:
        compact(log, NOW)
    return of_log(card, log, as_of, folder)
