"""What waits goes along with the next message: in its order, in its actor's name, with its very values."""

from datetime import UTC, date, datetime
from pathlib import Path

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.server.database.line import literal
from credence.server.services.context import SYSTEM
from tests.server.harness import bureau, run

OPERATORS = "INSERT INTO operators (operator_id, name, roles, added_at) VALUES ($1, $1, '{}', now())"
NAMES = "SELECT operator_id FROM operators ORDER BY 1"
KEPT = "CREATE TEMP TABLE kept (t text, b bytea, i timestamptz, d date, n bigint, f boolean)"
KEEP = "INSERT INTO kept VALUES ($1, $2, $3, $4, $5, $6)"
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
ROWS = st.lists(
    st.tuples(
        st.none() | TEXTS | st.sampled_from(["'", "\\'; DROP TABLE kept; --", "$1", "NULL", "E'\\''"]),
        st.none() | st.binary(),
        st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.booleans(),
    ),
    min_size=150,
    max_size=150,
)


def test_whatever_waited_is_kept_as_it_was(database: str, folder: Path) -> None:
    @settings(max_examples=3)
    @given(ROWS)
    def keeps(rows: list[tuple[object, ...]]) -> None:
        async def work() -> None:
            async with bureau(database, folder) as here, here.as_() as context:
                await context.connection.execute(KEPT)
                for row in rows:
                    await context.connection.later(KEEP, *row)
                found = await context.connection.fetch("SELECT * FROM kept ORDER BY ctid")
                assert [tuple(row.values()) for row in found] == rows
                await context.connection.execute("DROP TABLE kept")

        run(work())

    keeps()


def test_a_nul_can_be_in_no_text() -> None:
    with pytest.raises(asyncpg.DataError):
        literal("a\0b")


def test_what_waits_goes_before_the_next_statement_or_with_the_end(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            async with here.as_() as context:
                await context.connection.later(OPERATORS, "ope_1")
                await context.connection.later(OPERATORS, "ope_2")
                found = await context.connection.fetch(NAMES)
                assert [row["operator_id"] for row in found] == ["ope_1", "ope_2"]
                await context.connection.later(OPERATORS, "ope_3")
                await context.connection.settle()
                await context.connection.later(OPERATORS, "ope_4")
            async with here.as_() as context:
                found = await context.connection.fetch(NAMES)
                assert [row["operator_id"] for row in found] == ["ope_1", "ope_2", "ope_3", "ope_4"]

    run(work())


def test_it_is_done_in_the_name_that_it_was_said_in(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            ana, _ = await here.party("person")
            async with here.as_(ana) as context:
                await context.connection.named(SYSTEM.setting).later(OPERATORS, "ope_1")
                assert await context.connection.fetchval("SELECT count(*) FROM people") == 1

            async def adds_in_her_own() -> None:
                async with here.as_(ana) as context:
                    await context.connection.later(OPERATORS, "ope_2")

            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await adds_in_her_own()
            async with here.as_() as context:
                assert [row["operator_id"] for row in await context.connection.fetch(NAMES)] == ["ope_1"]

    run(work())


@pytest.mark.parametrize("ends", ["at the end", "with the next statement", "when it is settled"])
def test_what_goes_wrong_with_it_is_told_and_undoes_everything(
    database: str, folder: Path, ends: str
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:

            async def adds_twice() -> None:
                async with here.as_() as context:
                    await context.connection.execute(OPERATORS, "ope_1")
                    await context.connection.later(OPERATORS, "ope_1")
                    if ends == "with the next statement":
                        await context.connection.fetch(NAMES)
                    if ends == "when it is settled":
                        await context.connection.settle()

            with pytest.raises(asyncpg.UniqueViolationError):
                await adds_twice()
            async with here.as_() as context:
                assert await context.connection.fetch(NAMES) == []

    run(work())


def test_a_transaction_that_fails_leaves_nothing_to_wait(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder, pool_most=1) as here:

            async def fails() -> None:
                async with here.as_() as context:
                    await context.connection.later(OPERATORS, "ope_1")
                    raise KeyError

            with pytest.raises(KeyError):
                await fails()
            async with here.as_() as context:
                assert await context.connection.fetch(NAMES) == []

    run(work())
