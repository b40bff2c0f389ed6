"""A scorecard's SQL gives in other databases what DuckDB gives, in every column of every row."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
import sqlglot

from credence import EventLog, Moment, load_scorecard, score_people
from credence.characteristics.measures import READERS
from credence.engines.sql.dialects import DIALECTS, statement, translated
from credence.engines.tables import Tables
from credence.errors import DialectError
from credence.events.vocabulary import shipped
from credence.scorecards.model import Scorecard
from tests.engines.databases import Facts, Postgres, Spark, Table, postgres, spark
from tests.engines.random_worlds import (
    DATES,
    random_attributes,
    random_log,
    random_measure,
    random_rows,
    random_scorecard,
)
from tests.engines.test_tables import flat_card
from tests.world import LATER

PEOPLE = "person_id,Risk Estimate,grade\nana,0.5,A\nben,0.3,C\n李秀英,-9,B\nx,,\nzoe,NaN,A\n"


@dataclass(frozen=True)
class World:
    """A scorecard, the tables it reads, its moment, and what DuckDB's own run says of everybody."""

    card: Scorecard
    moment: Moment
    tables: tuple[Table, ...]
    scores: tuple[Facts, ...]

    def told(self, name: str) -> str:
        return statement(self.card, shipped(), self.moment, name)


def wide_card(folder: Path) -> Scorecard:
    """A scorecard with every measure, those with `latest` or conditions again, columns and a crossing.

    Everybody has a score, so that all points are seen.
    """
    chance, words = Random(0), {"column", "cross"}
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
    return World(card, moment, tuple(tables), tuple(scores.facts()))


def random_world(seed: int, folder: Path) -> World:
    folder.mkdir()
    chance = Random(seed)
    as_of = chance.choice(DATES)
    card = random_scorecard(chance, folder)
    return of_log(card, random_log(chance, folder / "log", random_rows(chance, as_of)), as_of, folder)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> list[World]:
    """Every measure at once, a table of people alone, and some worlds at random."""
    folder = tmp_path_factory.mktemp("worlds")
    people, out = folder / "people.csv", folder / "flat.parquet"
    people.write_text(PEOPLE, encoding="utf-8")
    log = random_log(Random(6), folder / "log", random_rows(Random(5), DATES[0]))
    wide = of_log(wide_card(folder), log, DATES[0], folder, people)
    assert None not in [facts["score"] for facts in wide.scores]
    card, moment = flat_card(folder), Moment(DATES[0], LATER)
    score_people(card, people, moment, out)
    table = Table("people_table", f"FROM '{people}'")
    flat = World(card, moment, (table,), tuple(Table("", f"FROM '{out}' ORDER BY person_id").facts()))
    return [wide, flat, *(random_world(seed, folder / f"world {seed}") for seed in range(6))]


def agrees(world: World, database: Postgres | Spark, name: str) -> None:
    for table in world.tables:
        database.load(table)
    found = sorted(database.ask(world.told(name)), key=lambda facts: str(facts["person_id"]))
    assert len(found) > 2
    assert found == list(world.scores), f"{world.card.name}, {name}"


def test_postgresql_gives_what_duckdb_gives_in_every_column(worlds: list[World]) -> None:
    with postgres() as database:
        for world in worlds:
            agrees(world, database, "postgres")


# What Spark's own Python code has to warn of is not ours to mend.
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_what_duckdb_gives_in_every_column(worlds: list[World], tmp_path: Path) -> None:
    # Spark takes seconds to plan a statement, so it is asked few of them.
    with spark(tmp_path) as database:
        for world in worlds[:2]:
            agrees(world, database, "spark")


def test_the_statement_that_is_printed_for_duckdb_is_the_one_that_is_run(worlds: list[World]) -> None:
    for world in worlds[:3]:
        with duckdb.connect() as connection:
            for table in world.tables:
                connection.execute(f"CREATE TABLE {table.name} AS {table.query}")
            cursor = connection.execute(world.told("duckdb"))
            names = [column[0] for column in cursor.description or ()]
            found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        assert sorted(found, key=lambda facts: str(facts["person_id"])) == list(world.scores)


@pytest.mark.parametrize("name", ["bigquery", "snowflake"])
def test_where_nothing_can_be_run_the_statement_parses_and_says_so(name: str, worlds: list[World]) -> None:
    for world in worlds[:3]:
        text = world.told(name)
        assert sqlglot.parse_one(text, dialect=name).sql(dialect=name)
        assert f"-- Never run on {DIALECTS[name].title} by Credence's own tests" in text
        assert "INT128" not in text


def test_a_name_of_several_lines_stays_in_its_comment() -> None:
    card = load_scorecard("everyday")
    named = Scorecard(**{**vars(card), "name": "a\nDROP TABLE events; --"})
    text = statement(named, shipped(), Moment(DATES[0], LATER), "postgres")
    assert len(sqlglot.parse(text, dialect="postgres")) == 1


@pytest.mark.parametrize(
    ("query", "name", "says"),
    [
        ("SELECT list_sort(a) FROM t", "postgres", "'LIST_SORT(a)' has no rule"),
        ("SELECT my_function(a) FROM t", "spark", "'MY_FUNCTION(a)' has no rule"),
        ("SELECT CAST(a AS UTINYINT) FROM t", "bigquery", "'UTINYINT' has no rule"),
        ("SELECT list_max(list_transform(a, lambda x: x + 1)) FROM t", "postgres", "has no rule"),
        ("SELECT list_max(list_transform(string_split(a, ','), lambda x: length(x)))", "postgres", "no rule"),
        ("SELECT list_max(a) FROM t", "bigquery", "has no rule"),
        ("FROM t PIVOT (sum(x) FOR y IN (1))", "postgres", "PIVOT unsupported"),
    ],
)
def test_what_a_database_cannot_say_is_refused_and_never_guessed(query: str, name: str, says: str) -> None:
    with pytest.raises(DialectError, match="cannot be written for") as refused:
        translated(sqlglot.parse_one(query, dialect="duckdb"), name, "mine")
    assert says in str(refused.value)
