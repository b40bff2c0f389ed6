"""A transaction acts in the name it is asked in, and leaves nothing of it behind."""

import asyncio
import re
from contextlib import nullcontext, suppress
from pathlib import Path

import asyncpg
import psycopg
import pytest

from credence.errors import UnavailableError
from credence.server import services
from credence.server.database import pool
from credence.server.database.pool import acting
from credence.server.settings import Settings
from tests.server.harness import bureau, run

ROOT = Path(services.__file__).parent.parent
NAME = "SELECT current_setting('credence.actor', true)"
OPERATORS = "INSERT INTO operators (operator_id, name, roles, added_at) VALUES ($1, $1, '{}', now())"
# What would outlast a transaction on a connection, which goes back to the others as it is.
OUTLASTS = r"(?i)\bset\s+(session|role|credence)|pg_(try_)?advisory_lock|\blisten\s|with\s+hold|savepoint"


def test_a_connection_comes_back_without_an_actor_even_after_a_failure(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, pool_most=1) as here:
            ana, _ = await here.party("person")

            async def acts(query: str, error: type[Exception] | None = None) -> None:
                async with here.as_(ana) as context:
                    assert await context.connection.fetchval(NAME) == ana.setting
                    await context.connection.fetchval(query)
                    if error is not None:
                        raise error

            for query, error in (
                ("SELECT 1", ValueError),
                ("SELECT nothing", asyncpg.PostgresError),
                ("", None),
            ):
                with pytest.raises(error) if error else nullcontext():
                    await acts(query or "SELECT 1", error)
                line = await here.state.pool.take()
                assert not line.connection.is_in_transaction()
                assert await line.connection.fetchval(NAME) == ""
                assert await line.connection.fetch("SELECT * FROM people") == []
                here.state.pool.give_back(line)

    run(work())


def test_a_name_is_a_name_whatever_signs_it_has(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            name = "person:'; SELECT set_config('credence.actor', 'system:x', true); --"
            async with here.as_() as context:
                assert await context.connection.named(name).fetchval(NAME) == name
            async with acting(here.state.pool, name) as connection:
                assert await connection.fetchval(NAME) == name

    run(work())


def test_each_context_acts_in_its_own_name_whatever_came_between(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, _ = await here.party("person")
            await here.party("person")
            async with here.as_(ana) as mine:
                system = await mine.as_system()
                for _ in range(2):
                    assert len(await mine.connection.fetch("SELECT * FROM people")) == 1
                    assert len(await system.connection.fetch("SELECT * FROM people")) == 2
                    row = await mine.connection.fetchrow("SELECT count(*) AS n FROM people")
                    assert row is not None
                    assert row["n"] == 1

    run(work())


def test_an_error_of_the_database_that_is_passed_over_keeps_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:

            async def adds_twice() -> None:
                async with here.as_() as context:
                    await context.connection.execute(OPERATORS, "ope_1")
                    with suppress(asyncpg.UniqueViolationError):
                        await context.connection.execute(OPERATORS, "ope_1")

            with pytest.raises(AssertionError, match="undid everything"):
                await adds_twice()
            async with here.as_() as context:
                assert await context.connection.fetch("SELECT * FROM operators") == []

    run(work())


def test_what_is_settled_stays_when_the_rest_fails(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:

            async def settles_one() -> None:
                async with here.as_() as context:
                    await context.connection.execute(OPERATORS, "ope_1")
                    await context.connection.settle()
                    assert await context.connection.fetchval(NAME) == "system:bureau"
                    await context.connection.execute(OPERATORS, "ope_2")
                    raise KeyError

            with pytest.raises(KeyError):
                await settles_one()
            async with here.as_() as context:
                rows = await context.connection.fetch("SELECT operator_id FROM operators")
            assert [row["operator_id"] for row in rows] == ["ope_1"]

    run(work())


def test_a_connection_that_is_lost_is_told_and_replaced(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, pool_most=1) as here:

            async def loses() -> None:
                async with here.as_() as context:
                    process = await context.connection.fetchval("SELECT pg_backend_pid()")
                    with psycopg.connect(database) as owner:
                        owner.execute("SELECT pg_terminate_backend(%s)", [process])
                    await context.connection.fetchval("SELECT 1")

            with pytest.raises(UnavailableError):
                await loses()
            async with here.as_() as context:
                assert await context.connection.fetchval("SELECT 1") == 1

    run(work())


def test_a_connection_in_the_middle_of_something_is_not_given_to_others(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, pool_most=1) as here:

            async def sleeps() -> None:
                async with asyncio.timeout(0.1), here.as_() as context:
                    await context.connection.fetchval("SELECT pg_sleep(60)")

            with pytest.raises(TimeoutError):
                await sleeps()
            async with here.as_() as context:
                assert await context.connection.fetchval("SELECT 1") == 1

    run(work())


def test_who_finds_every_place_taken_waits_and_is_told_soon(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        async with bureau(database, folder, pool_most=1) as here, here.as_():
            with pytest.raises(UnavailableError):
                await here.as_().__aenter__()

    async def waits() -> None:
        async with bureau(database, folder, pool_most=1) as here:
            line = await here.state.pool.take()
            asyncio.get_running_loop().call_later(0.05, here.state.pool.give_back, line)
            async with here.as_() as context:
                assert await context.connection.fetchval("SELECT 1") == 1

    monkeypatch.setattr(pool, "SECONDS", 0.3)
    run(work())
    run(waits())


def test_a_place_is_there_for_whoever_comes_once_the_database_is(database: str) -> None:
    async def work() -> None:
        one = pool.Pool("postgresql://nobody@localhost:1/none", 1)
        for _ in range(2):
            with pytest.raises(UnavailableError):
                await acting(one, "system:bureau").__aenter__()
        with pytest.raises(UnavailableError):
            await pool.open_pool(one.url, Settings())
        one.url = database
        async with acting(one, "system:bureau") as connection:
            assert await connection.fetchval("SELECT 1") == 1
        for _ in range(2):
            await one.close()
        with pytest.raises(UnavailableError):
            await acting(one, "system:bureau").__aenter__()

    run(work())


def test_no_statement_changes_what_outlasts_its_transaction() -> None:
    """Connections go back to the others without being reset."""
    # Those of the queue are a connection's of its own, and here a comment says that there are none.
    own = {"migrate.py", "queue.py", "line.py"}
    texts = {path: path.read_text() for path in ROOT.rglob("*.py") if path.name not in own}
    assert [path for path, text in texts.items() if re.search(OUTLASTS, text)] == []
    named = [text for one in texts.values() for text in re.findall(r"set_config\([^)]*\)", one)]
    assert [text for text in named if not text.endswith(", true)")] == []
