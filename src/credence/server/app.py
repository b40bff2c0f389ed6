"""The application: every route, what surrounds each request, and what is held while it runs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, FastAPI

from credence.events.log import EventLog
from credence.events.manifest import Settings as LogSettings
from credence.server.api import OUTSIDE, ROUTERS
from credence.server.api.around import Around
from credence.server.api.description import describe
from credence.server.api.measures import Measures
from credence.server.api.problems import add_handlers
from credence.server.api.replays import keep_replies
from credence.server.database.pool import open_pool
from credence.server.jobs import JOBS
from credence.server.jobs.runner import work_on
from credence.server.keys import load_keys
from credence.server.services.access.rates import Buckets
from credence.server.settings import Settings
from credence.server.state import State

KEYS = "keys.json"
# Connections that only freezing uses.
SMALL = 2


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def create_app(
    settings: Settings, database: str, clock: Callable[[], datetime] = now, *, jobs: bool = False
) -> FastAPI:
    """The application over a database that has this version's schema.

    Args:
        settings: The settings.
        database: The URL of the database.
        clock: Where the present instant is read.
        jobs: Whether it does the jobs, too.
    """

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        async with bureau_state(settings, database, clock) as state:
            app.state.bureau = state
            if not jobs:
                yield
                return
            async with working(state, database):
                yield

    app = FastAPI(
        title="Credence", version="1", lifespan=running, docs_url=None, redoc_url=None,
        openapi_url=None, summary="Scores that people can add up, contest and correct.",
    )  # fmt: skip
    app.state.buckets, app.state.measures, app.state.routers = Buckets(), Measures(), ROUTERS
    app.add_middleware(Around, clock=clock, settings=settings, measures=app.state.measures)
    add_handlers(app)
    v1 = APIRouter(prefix="/v1")
    for router in ROUTERS:
        v1.include_router(keep_replies(router))
    app.include_router(v1)
    for router in OUTSIDE:
        app.include_router(router)
    describe(app)
    return app


@asynccontextmanager
async def bureau_state(
    settings: Settings, database: str, clock: Callable[[], datetime] = now
) -> AsyncIterator[State]:
    """What a running bureau holds, let go of when the block ends."""
    pool = await open_pool(database, settings)
    small = await open_pool(database, replace(settings, pool_most=SMALL))
    try:
        yield State(settings, clock, pool, small, load_keys(settings.data / KEYS), open_log(settings))
    finally:
        await small.close()
        await pool.close()


@asynccontextmanager
async def working(state: State, database: str) -> AsyncIterator[None]:
    """The jobs are done while the block runs."""
    worker = asyncio.create_task(work_on(state, database, JOBS))
    try:
        yield
    finally:
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


def open_log(settings: Settings) -> EventLog:
    """The event log of the bureau; made with the first use."""
    if settings.log.is_dir():
        return EventLog.open(settings.log)
    return EventLog.create(settings.log, LogSettings(timezone=settings.timezone, bureau=settings.bureau))
