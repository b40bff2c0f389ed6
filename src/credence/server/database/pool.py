"""Connections of the API and of jobs, each used in the name of one actor for one transaction."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg

from credence.errors import UnavailableError
from credence.server.settings import Settings

# What holds in every transaction, whoever comes with whatever URL.
SESSION = {"role": "credence_app", "search_path": "credence", "timezone": "UTC"}
# How long a database may take to begin.
SECONDS = 4
NAME = "SELECT set_config('credence.actor', $1, true)"
# What PostgreSQL says when it cannot be reached, is ending, is full, or would take too long.
DOWN = (
    OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError, asyncpg.InterfaceError, asyncpg.InternalServerError,
    # What asyncpg says where a connection broke in the middle of a message.
    asyncpg.InternalClientError,
)  # fmt: skip


class Connection(Protocol):
    """What of asyncpg's connections is used, in the name of one actor; asyncpg itself has no types."""

    def named(self, actor: str) -> "Connection":
        """The same transaction in the name of another actor."""

    async def settle(self) -> None:
        """Commit what was done so far, whatever becomes of the rest, and go on in a new transaction."""

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


@dataclass(slots=True)
class Held:
    """A connection in a transaction, and in whose name its next statement would be.

    The name is set within the transaction alone, so that nothing of it is left for whoever comes next. There
    are no savepoints here: to go back to one would change the name behind our back.
    """

    connection: asyncpg.Connection
    actor: str

    async def become(self, actor: str) -> None:
        """Go on in the name of another actor."""
        await self.connection.execute(NAME, actor)
        self.actor = actor


class Acting:
    """A transaction in the name of one actor, whatever others did in it in between; see `Connection`."""

    __slots__ = ("actor", "held")

    def __init__(self, held: Held, actor: str) -> None:
        """Keep whose it is."""
        self.held, self.actor = held, actor

    def named(self, actor: str) -> "Acting":
        """The same transaction in the name of another actor; this one stays whose it is."""
        return self if actor == self.actor else Acting(self.held, actor)

    async def settle(self) -> None:
        """Commit what was done so far, and go on in a new transaction."""
        await self.held.connection.execute(f"COMMIT; {begin(self.held.actor)}")

    async def execute(self, query: str, *values: object) -> str:
        """Carry out a statement."""
        if self.held.actor != self.actor:
            await self.held.become(self.actor)
        done: str = await self.held.connection.execute(query, *values)
        return done

    async def executemany(self, query: str, values: Iterable[Sequence[object]]) -> None:
        """Carry out a statement for each row of values."""
        if self.held.actor != self.actor:
            await self.held.become(self.actor)
        await self.held.connection.executemany(query, values)

    async def fetch(self, query: str, *values: object) -> list[Mapping[str, Any]]:
        """The rows of a query."""
        if self.held.actor != self.actor:
            await self.held.become(self.actor)
        rows: list[Mapping[str, Any]] = await self.held.connection.fetch(query, *values)
        return rows

    async def fetchrow(self, query: str, *values: object) -> Mapping[str, Any] | None:
        """The first row of a query."""
        if self.held.actor != self.actor:
            await self.held.become(self.actor)
        row: Mapping[str, Any] | None = await self.held.connection.fetchrow(query, *values)
        return row

    async def fetchval(self, query: str, *values: object, **how: object) -> Any:  # noqa: ANN401
        """The first column of the first row."""
        if self.held.actor != self.actor:
            await self.held.become(self.actor)
        return await self.held.connection.fetchval(query, *values, **how)

    async def copy_from_query(self, query: str, **how: object) -> str:
        """Write a query's rows into a file."""
        if self.held.actor != self.actor:
            await self.held.become(self.actor)
        done: str = await self.held.connection.copy_from_query(query, **how)
        return done

    async def copy_to_table(self, table: str, **how: object) -> str:
        """Load a file into a table."""
        if self.held.actor != self.actor:
            await self.held.become(self.actor)
        done: str = await self.held.connection.copy_to_table(table, **how)
        return done


async def open_pool(url: str, settings: Settings) -> asyncpg.Pool:
    """A pool of connections with the role that owns nothing.

    Raises:
        UnavailableError: The database cannot be reached.
    """
    try:
        pool = await asyncpg.create_pool(
            url, min_size=1, max_size=settings.pool_most, command_timeout=20, server_settings=SESSION,
            reset=_nothing,
        )  # fmt: skip
    except DOWN:
        raise UnavailableError from None
    assert pool is not None, "a pool that was awaited"
    return pool


def begin(actor: str) -> str:
    """The one message that begins a transaction of an actor."""
    quoted = actor.replace("'", "''")
    return f"BEGIN; SELECT set_config('credence.actor', '{quoted}', true)"


async def _nothing(connection: asyncpg.Connection) -> None:
    """Nothing is to be taken back of a connection: what is set, locked or open ends with its transaction."""
    del connection


@asynccontextmanager
async def acting(pool: asyncpg.Pool, actor: str) -> AsyncIterator[Acting]:
    """One transaction in the name of an actor, like `person:per_...`; committed when the block ends.

    Raises:
        UnavailableError: The database is not there, or cannot go on.
    """
    try:
        connection = await _begun(pool, actor)
        try:
            yield Acting(Held(connection, actor), actor)
            done = await connection.execute("COMMIT")
            assert done == "COMMIT", "an error of the database that was passed over undid everything"
        except BaseException:
            if not connection.is_closed():
                await connection.execute("ROLLBACK")
            raise
        finally:
            await pool.release(connection)
    except DOWN:
        raise UnavailableError from None


async def _begun(pool: asyncpg.Pool, actor: str) -> asyncpg.Connection:
    """A connection in a transaction of an actor; a database that does not even do that soon is not there."""
    connection = None
    try:
        async with asyncio.timeout(SECONDS):
            connection = await pool.acquire()
            await connection.execute(begin(actor))
    except BaseException:
        if connection is not None:
            # To wait until it says that it stopped would be to wait for it again.
            connection.terminate()
            await pool.release(connection)
        raise
    return connection
