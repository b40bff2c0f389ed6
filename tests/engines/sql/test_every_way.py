"""Everything that scores a log gives the same, in every column of every row, on every measure there is.

One person in Python; everybody in DuckDB, at once and by the tasks of a run; those tasks handed out by
Spark; and the scorecard's statement in Spark SQL, over the files of the log as they are.
"""

from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from credence.engines.buckets import SCORES, Task, evaluate
from credence.engines.people import read_person
from credence.engines.person import evaluate as evaluate_person
from credence.engines.spark import evaluate_on
from tests.engines.databases import Spark, Table, spark
from tests.engines.spark_cluster import has_spark, write_settings
from tests.engines.sql.worlds import World, flat_world, random_world, wide_world
from tests.engines.tasks import tasks_of
from tests.engines.test_parity import known_people, same

# Spark takes seconds to plan a statement, so it is asked few of them.
ASKED = 4


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> list[World]:
    """Every measure at once, then worlds at random."""
    folder = tmp_path_factory.mktemp("worlds")
    return [wide_world(folder / "wide"), *(random_world(seed, folder / f"{seed}") for seed in range(10, 19))]


def tasks_in(world: World, draft: Path) -> list[Task]:
    assert world.log is not None
    edges = sorted({0, 256, *Random(len(world.scores)).sample(range(256), 2)})
    return tasks_of(world.log, [world.card], world.moment, draft, edges, world.people)


def agrees(world: World, draft: Path) -> None:
    files = f"read_parquet('{draft}/{SCORES}/{world.card.name}/*.parquet')"
    assert Table("scores", f"FROM {files} ORDER BY person_id").facts() == list(world.scores)


def test_one_person_in_python_has_the_row_of_everybody(worlds: list[World]) -> None:
    for world in worlds:
        assert world.log is not None
        assert [facts["person_id"] for facts in world.scores] == sorted(known_people(world.log))
        for facts in world.scores:
            who = str(facts["person_id"])
            columns = world.people and read_person(world.people, world.card, who)
            events = world.log.events_of(who)
            same(
                facts, evaluate_person(world.card, world.log.vocabulary, events, world.moment, columns or {})
            )


def test_the_tasks_of_a_run_give_the_rows_of_everybody(worlds: list[World], tmp_path: Path) -> None:
    for number, world in enumerate(worlds):
        for task in tasks_in(world, tmp_path / f"{number}"):
            with TemporaryDirectory() as scratch:
                evaluate(task, Path(scratch))
        agrees(world, tmp_path / f"{number}")


# What Spark's own Python code has to warn of is not ours to mend.
@pytest.mark.filterwarnings("ignore")
def test_the_same_tasks_handed_out_by_spark_give_them_too(
    worlds: list[World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_spark()
    write_settings(tmp_path / "conf")
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path / "conf"))
    tasks = [task for n, world in enumerate(worlds) for task in tasks_in(world, tmp_path / f"{n}")]
    evaluate_on("local[2]", [replace(task, number=number) for number, task in enumerate(tasks)])
    for number, world in enumerate(worlds):
        agrees(world, tmp_path / f"{number}")


@pytest.mark.filterwarnings("ignore")
def test_spark_sql_gives_them_from_the_files_of_the_log(worlds: list[World], tmp_path: Path) -> None:
    with spark(tmp_path) as database:
        for world in worlds[:ASKED]:
            load(world, database)
            found = sorted(database.ask(world.told("spark")), key=lambda facts: str(facts["person_id"]))
            assert found == list(world.scores)
            assert len(found) > 2
        flat = flat_world(tmp_path / "flat")
        database.load(flat.tables[0])
        assert sorted(database.ask(flat.told("spark")), key=lambda facts: str(facts["person_id"])) == list(
            flat.scores
        )


def load(world: World, database: Spark) -> None:
    log = world.log
    assert log is not None
    database.load_files("events", [log.folder / file.path for file in log.files()], log.column_types())
    for table in world.tables[1:]:
        database.load(table)
