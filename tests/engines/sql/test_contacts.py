"""The statement about contacts: printed for DuckDB and for Spark, it gives what the run gives."""

from pathlib import Path

import duckdb
import pytest
import sqlglot

from credence import load_scorecard
from credence.engines.contacts import contacts_table
from credence.engines.sql.contacts import COLUMNS, contact_columns, contacts_statement
from credence.events.vocabulary import shipped
from tests.engines.databases import Facts, Table, spark
from tests.engines.social_worlds import NOW, SocialWorld, social_world


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> list[SocialWorld]:
    folders = [tmp_path_factory.mktemp("world") for _ in range(2)]
    return [
        social_world(seed, folder, people=30, events=1500) for seed, folder in enumerate(folders, start=40)
    ]


def tables(world: SocialWorld) -> list[Table]:
    return [Table("events", world.log.relation()), Table("scores", f"FROM '{world.scores}'")]


def run(world: SocialWorld, folder: Path) -> list[Facts]:
    out = folder / "contacts.parquet"
    contacts_table(world.log, NOW, world.scores, out)
    found = Table("contacts", f"FROM '{out}'").facts()
    assert {facts["person_id"]: tuple(facts[name] for name in COLUMNS) for facts in found} == world.contacts()
    return found


# What Spark's own Python code has to warn of is not ours to mend.
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_what_duckdb_gives_in_every_column(worlds: list[SocialWorld], tmp_path: Path) -> None:
    with spark(tmp_path) as database:
        for world in worlds:
            for table in tables(world):
                database.load(table)
            found = database.ask(contacts_statement(shipped(), NOW, "spark"))
            assert sorted(found, key=lambda facts: str(facts["person_id"])) == run(world, tmp_path)
            assert len(found) > 30


def test_the_statement_that_is_printed_for_duckdb_is_the_one_that_is_run(
    worlds: list[SocialWorld], tmp_path: Path
) -> None:
    with duckdb.connect() as connection:
        for table in tables(worlds[0]):
            connection.execute(f"CREATE TABLE {table.name} AS {table.query}")
        rows = connection.execute(contacts_statement(shipped(), NOW, "duckdb")).fetchall()
    assert rows == [tuple(facts.values()) for facts in run(worlds[0], tmp_path)]


@pytest.mark.parametrize("name", ["duckdb", "spark", "postgres", "bigquery", "snowflake"])
def test_the_statement_parses_everywhere_and_says_what_it_is_for(name: str) -> None:
    text = contacts_statement(shipped(), NOW, name)
    assert text.startswith("-- What contacts scored, as of 2026-11-06, for ")
    assert "for the laboratory alone" in text
    assert sqlglot.parse_one(text, dialect=name).sql(dialect=name)


def test_it_is_one_pass_over_the_edges_one_join_and_one_aggregate() -> None:
    tree = sqlglot.parse_one(contacts_statement(shipped(), NOW, "duckdb"), dialect="duckdb")
    tables = [table.name for table in tree.find_all(sqlglot.exp.Table)]
    assert (tables.count("events"), tables.count("scores")) == (1, 1)
    assert len(list(tree.find_all(sqlglot.exp.Join))) == 1
    assert len(list(tree.find_all(sqlglot.exp.Group))) == 1


def test_a_scorecard_looks_at_contacts_where_it_names_their_columns() -> None:
    assert contact_columns(load_scorecard("connections")) == ["contacts_average", "contacts_lowest"]
    assert contact_columns(load_scorecard("everyday")) == []
    assert contact_columns(load_scorecard("frailty")) == []


def test_every_column_is_told_as_it_is_described() -> None:
    page = Path(__file__).parents[3] / "docs" / "how-to" / "see-what-contacts-do.md"
    text = page.read_text(encoding="utf-8")
    assert [name for name, what in COLUMNS.items() if f"| `{name}` | {what} |" not in text] == []
