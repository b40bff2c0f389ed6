"""Connections of the API and of jobs, each used in the name of one actor for one transaction."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import asyncpg

from credence.errors import UnavailableError
from credence.server.settings import Settings

# What holds in every transaction, whoever comes with whatever URL.
SESSION = {"role": "credence_app", "search_path": "credence", "timezone": "UTC"}
# How long a database may take to begin.
SECONDS = 4
# What PostgreSQL says when it cannot be reached, is ending, is full, or would take too long.
DOWN = (
    OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError, asyncpg.InterfaceError, asyncpg.InternalServerError,
    # What asyncpg says where a connection broke in the middle of a message.
    asyncpg.InternalClientError,
)  # fmt: skip


class Connection(Protocol):
    """What of asyncpg's connections is used; asyncpg itself has no types."""

    async def execute(self, query: str, *values: object) -> str:
        """Carry out a statement; its status, like `UPDATE 1`."""

    async def executemany(self, query: str, values: Iterable[Sequence[object]]) -> None:
        """Carry out a statement for each row of values."""

    async def fetch(self, query: str, *values: object) -> list[Mapping[str, Any]]:
        """The rows of a query."""

    async def fetchrow(self, query: str, *values: object) -> Mapping[str, Any] | None:
        """The first row of a query; None where there is none."""

    async def fetchval(self, query: str, *values: object) -> Any:  # noqa: ANN401 - whatever the column holds
        """The first column of the first row; None where there is none."""

    async def copy_records_to_table(
        self, table_name: str, *, records: Iterable[Sequence[object]], columns: Sequence[str]
    ) -> str:
        """Add many rows at once."""


async def open_pool(url: str, settings: Settings) -> asyncpg.Pool:
    """A pool of connections with the role that owns nothing.

    Raises:
        UnavailableError: The database cannot be reached.
    """
    try:
        pool = await asyncpg.create_pool(
            url, min_size=1, max_size=settings.pool_most, command_timeout=20, server_settings=SESSION
        )
    except DOWN:
        raise UnavailableError from None
    assert pool is not None, "a pool that was awaited"
    return pool


@asynccontextmanager
async def acting(pool: asyncpg.Pool, actor: str) -> AsyncIterator[Connection]:
    """One transaction in the name of an actor, like `person:per_...`; committed when the block ends.

    Raises:
        UnavailableError: The database is not there, or cannot go on.
    """
    try:
        async with pool.acquire(timeout=SECONDS) as connection:
            transaction = connection.transaction()
            await _begin(connection, transaction, actor)
            try:
                yield connection
            except BaseException:
                if not connection.is_closed():
                    await transaction.rollback()
                raise
            await transaction.commit()
    except DOWN:
        raise UnavailableError from None


async def _begin(
    connection: asyncpg.Connection, transaction: asyncpg.transaction.Transaction, actor: str
) -> None:
    """Begin a transaction for an actor; a database that does not even do that soon is not there."""
    try:
        async with asyncio.timeout(SECONDS):
            await transaction.start()
            await connection.execute("SELECT set_config('credence.actor', $1, true)", actor)
    except TimeoutError:
        # To wait until it says that it stopped would be to wait for it again.
        connection.terminate()
        raise
