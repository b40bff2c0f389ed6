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
from time import monotonic, sleep
from typing import TypeVar

import psycopg
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from credence.errors import BureauRunningError, DatabaseRefusedError
from credence.server.database.embedded import embedded, running_at
from credence.server.database.migrate import migrate
from credence.server.database.pool import acting, open_pool
from credence.server.database.queue import make_schema
from credence.server.ids import new_id
from credence.server.services.context import SYSTEM, Context
from credence.server.settings import Settings, read_settings

DATABASE, APP, LOCK = "credence", "credence_app", "postgres.lock"
SCHEMES, NAMED = ("postgresql://", "postgres://"), "that was named"
# How many seconds a bureau waits for a command that uses the database for a moment.
PATIENCE = 5
# Fails until the tables of the queue are there, which are made last.
READY = "SELECT FROM jobs.procrastinate_jobs LIMIT 1"
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
        alone: Whether nobody else may start the embedded one, and it is kept running; otherwise one that
            runs is used.

    Raises:
        BureauRunningError: Somebody else runs it, and goes on.
        DatabaseRefusedError: A server that was named cannot be used.
    """
    if settings.database:
        yield _prepared(settings.database)
        return
    place = settings.data / "postgres"
    place.mkdir(parents=True, exist_ok=True)
    with (settings.data / LOCK).open("w") as lock:
        if not _taken(lock.fileno(), PATIENCE if alone else 0):
            if alone:
                raise BureauRunningError(settings.data)
            yield running_at(place).url(DATABASE, APP)
            return
        with embedded(place, kept=alone) as server:
            with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
                named = "SELECT FROM pg_database WHERE datname = %s"
                if connection.execute(named, [DATABASE]).fetchone() is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
            _prepared(server.url(DATABASE))
            yield server.url(DATABASE, APP)


@contextmanager
def beside(settings: Settings, waits: Callable[[], None]) -> Iterator[str]:
    """The URL of the database for a process beside the one that serves, which runs the embedded one.

    Args:
        settings: Which, and where.
        waits: Called once where that process does not run yet; it is waited for.
    """
    if settings.database:
        yield _prepared(settings.database)
        return
    url = running_at(settings.data / "postgres").url(DATABASE, APP)
    if not _answers(url):
        waits()
    while not _answers(url):
        sleep(1)
    yield url


def _answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute(READY)
    except psycopg.Error:
        return False
    return True


def _taken(lock: int, seconds: float) -> bool:
    """Whether the lock of a folder could be taken within some seconds; it is let go of with the file."""
    until = monotonic() + seconds
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if monotonic() >= until:
            return False
        sleep(0.1)


def _prepared(url: str) -> str:
    if not url.startswith(SCHEMES):
        raise DatabaseRefusedError(NAMED, "write it as postgresql://user:password@host/database.")
    try:
        migrate(url)
        make_schema(url)
    except (ArgumentError, DBAPIError, ValueError, psycopg.Error) as error:
        words = getattr(error, "orig", None) or error
        raise DatabaseRefusedError(_without_password(url), str(words)) from None
    return url


def _without_password(url: str) -> str:
    with suppress(ArgumentError, ValueError):  # the latter of a port that is no number
        return make_url(url).render_as_string()
    return NAMED


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
