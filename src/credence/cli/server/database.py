"""The database of the bureau for a command: a server's, or the embedded one, started if it does not run.

Imported only when a command needs it: it needs the packages of the extra `server`.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import psycopg

from credence.errors import BureauRunningError
from credence.server.database.embedded import embedded, running_at
from credence.server.database.migrate import migrate
from credence.server.database.pool import acting, open_pool
from credence.server.database.queue import make_schema
from credence.server.ids import new_id
from credence.server.services.context import SYSTEM, Context
from credence.server.settings import Settings, read_settings

DATABASE, LOCK = "credence", "postgres.lock"
T = TypeVar("T")


def settings_of(data: Path | None, database: str | None) -> Settings:
    """The settings of the environment, with what the command line says instead."""
    settings = read_settings(os.environ)
    settings = replace(settings, data=data or settings.data, database=database or settings.database)
    return replace(settings, public_url=settings.public_url.rstrip("/"))


@contextmanager
def database(settings: Settings, *, alone: bool = False) -> Iterator[str]:
    """The URL of the database with this version's schema: a server's, or the embedded one while it is used.

    Args:
        settings: Which, and where.
        alone: Whether nobody else may use the embedded one; otherwise one that runs is used.

    Raises:
        BureauRunningError: Somebody else does.
    """
    if settings.database:
        yield _prepared(settings.database)
        return
    place = settings.data / "postgres"
    place.mkdir(parents=True, exist_ok=True)
    with (settings.data / LOCK).open("w") as lock:
        if not _taken(lock.fileno()):
            if alone:
                raise BureauRunningError(settings.data)
            yield running_at(place).url(DATABASE, "credence_app")
            return
        with embedded(place) as server:
            with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
                named = "SELECT FROM pg_database WHERE datname = %s"
                if connection.execute(named, [DATABASE]).fetchone() is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
            _prepared(server.url(DATABASE))
            yield server.url(DATABASE, "credence_app")


def _taken(lock: int) -> bool:
    """Whether the lock of a folder could be taken; it is let go of with the file."""
    with suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _prepared(url: str) -> str:
    migrate(url)
    make_schema(url)
    return url


def act(settings: Settings, what: Callable[[Context], Awaitable[T]]) -> T:
    """Do something in the name of the bureau itself, in one transaction."""

    async def acted(url: str) -> T:
        async with _context(settings, url) as context:
            return await what(context)

    with database(settings) as url:
        return asyncio.run(acted(url))


@asynccontextmanager
async def _context(settings: Settings, url: str) -> AsyncIterator[Context]:
    pool = await open_pool(url, settings)
    try:
        async with acting(pool, SYSTEM.setting) as connection:
            now = datetime.now(UTC)
            yield Context(SYSTEM, connection, now, new_id("req", now), settings)
    finally:
        await pool.close()
