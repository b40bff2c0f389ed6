"""A scorecard's SQL gives in other databases what DuckDB gives, in every column of every row.

Spark is asked in test_every_way.py, beside everything else that scores.
"""

import duckdb
import pytest
import sqlglot

from credence import Moment, load_scorecard
from credence.engines.sql.dialects import DIALECTS, statement, translated
from credence.errors import DialectError
from credence.events.vocabulary import shipped
from credence.scorecards.model import Scorecard
from tests.engines.databases import Postgres, postgres
from tests.engines.random_worlds import DATES
from tests.engines.sql.worlds import World, flat_world, random_world, wide_world
from tests.world import LATER


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> list[World]:
    """Every measure at once, a table of people alone, and some worlds at random."""
    folder = tmp_path_factory.mktemp("worlds")
    at_random = [random_world(seed, folder / f"world {seed}") for seed in range(6)]
    return [wide_world(folder / "wide"), flat_world(folder / "flat"), *at_random]


def agrees(world: World, database: Postgres, name: str) -> None:
    for table in world.tables:
        database.load(table)
    found = sorted(database.ask(world.told(name)), key=lambda facts: str(facts["person_id"]))
    assert len(found) > 2
    assert found == list(world.scores), f"{world.card.name}, {name}"


def test_postgresql_gives_what_duckdb_gives_in_every_column(worlds: list[World]) -> None:
    with postgres() as database:
        for world in worlds:
            agrees(world, database, "postgres")


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
