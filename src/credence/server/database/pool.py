"""Connections of the API and of jobs, each used in the name of one actor for one transaction."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import asyncpg

from credence.errors import UnavailableError
from credence.server.database.line import SECONDS, Line
from credence.server.settings import Settings

# What holds in every transaction, whoever comes with whatever URL.
SESSION = {
    "role": "credence_app", "search_path": "credence", "timezone": "UTC",
    # What `database.line` writes as literals rests on it.
    "standard_conforming_strings": "on",
}  # fmt: skip
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

    async def later(self, query: str, *values: object) -> None:
        """Carry out a statement that gives no rows with the next one, or with the end of the transaction.

        Values are None, texts, whole numbers, booleans, bytes, days and instants. What goes wrong with it is
        told by the statement that it goes with.
        """

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


class Acting:
    """A transaction in the name of one actor, whatever others did in it in between; see `Connection`."""

    __slots__ = ("actor", "line")

    def __init__(self, line: Line, actor: str) -> None:
        """Keep whose it is."""
        self.line, self.actor = line, actor

    def named(self, actor: str) -> "Acting":
        """The same transaction in the name of another actor; this one stays whose it is."""
        return self if actor == self.actor else Acting(self.line, actor)

    async def settle(self) -> None:
        """Commit what was done so far, and go on in a new transaction."""
        await self.line.settle()

    async def later(self, query: str, *values: object) -> None:
        """Carry out a statement with the next one."""
        await self.line.put_off(self.actor, query, values)

    async def execute(self, query: str, *values: object) -> str:
        """Carry out a statement."""
        done: str = await (await self.line.ready(self.actor)).execute(query, *values)
        return done

    async def executemany(self, query: str, values: Iterable[Sequence[object]]) -> None:
        """Carry out a statement for each row of values."""
        await (await self.line.ready(self.actor)).executemany(query, values)

    async def fetch(self, query: str, *values: object) -> list[Mapping[str, Any]]:
        """The rows of a query."""
        rows: list[Mapping[str, Any]] = await (await self.line.ready(self.actor)).fetch(query, *values)
        return rows

    async def fetchrow(self, query: str, *values: object) -> Mapping[str, Any] | None:
        """The first row of a query."""
        row: Mapping[str, Any] | None = await (await self.line.ready(self.actor)).fetchrow(query, *values)
        return row

    async def fetchval(self, query: str, *values: object, **how: object) -> Any:  # noqa: ANN401
        """The first column of the first row."""
        return await (await self.line.ready(self.actor)).fetchval(query, *values, **how)

    async def copy_from_query(self, query: str, **how: object) -> str:
        """Write a query's rows into a file."""
        done: str = await (await self.line.ready(self.actor)).copy_from_query(query, **how)
        return done

    async def copy_to_table(self, table: str, **how: object) -> str:
        """Load a file into a table."""
        done: str = await (await self.line.ready(self.actor)).copy_to_table(table, **how)
        return done


class Pool:
    """Places for some connections, each made where it is needed first, and again where it was lost.

    Nothing is to be taken back of a connection: what is set, locked or open ends with its transaction.
    """

    def __init__(self, url: str, most: int) -> None:
        """Make the places."""
        self.url, self.most, self.closed = url, most, False
        # The one that was used last is taken first.
        self.places: asyncio.LifoQueue[Line | None] = asyncio.LifoQueue()
        for _ in range(most):
            self.places.put_nowait(None)

    async def take(self) -> Line:
        """A connection that nobody else has.

        Raises:
            TimeoutError: None was given back soon.
            UnavailableError: The pool is closed.
        """
        try:
            line = self.places.get_nowait()
        except asyncio.QueueEmpty:
            async with asyncio.timeout(SECONDS):
                line = await self.places.get()
        if line is not None and not line.connection.is_closed():
            return line
        try:
            return await self._made()
        except BaseException:
            self.places.put_nowait(None)
            raise

    def give_back(self, line: Line) -> None:
        """Let others have a connection."""
        self.places.put_nowait(line)

    async def close(self) -> None:
        """Close every connection, once it is given back."""
        self.closed = True
        for line in [await self.places.get() for _ in range(self.most)]:
            if line is not None:
                await line.connection.close()
            self.places.put_nowait(None)

    async def _made(self) -> Line:
        if self.closed:
            raise UnavailableError
        connection = await asyncpg.connect(
            self.url, command_timeout=20, timeout=SECONDS, server_settings=SESSION
        )
        return Line(connection)


async def open_pool(url: str, settings: Settings) -> Pool:
    """A pool of connections with the role that owns nothing.

    Raises:
        UnavailableError: The database cannot be reached.
    """
    pool = Pool(url, settings.pool_most)
    try:
        pool.give_back(await pool.take())
    except DOWN:
        raise UnavailableError from None
    return pool


@asynccontextmanager
async def acting(pool: Pool, actor: str) -> AsyncIterator[Acting]:
    """One transaction in the name of an actor, like `person:per_...`; committed when the block ends.

    Raises:
        UnavailableError: The database is not there, or cannot go on.
    """
    try:
        line = await pool.take()
        try:
            await line.begin(actor)
            yield Acting(line, actor)
            await line.commit()
        except (TimeoutError, asyncio.CancelledError):
            # To wait until it says that it stopped would be to wait for it again.
            line.connection.terminate()
            raise
        except BaseException:
            await line.roll_back()
            raise
        finally:
            pool.give_back(line)
    except DOWN:
        raise UnavailableError from None
