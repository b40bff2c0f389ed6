"""The application: every route, what surrounds each request, and what is held while it runs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial

from fastapi import APIRouter, FastAPI, Request
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi.responses import Response
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from credence.events.log import EventLog
from credence.events.manifest import Settings as LogSettings
from credence.server.api import MOST, OUTSIDE, ROUTERS
from credence.server.api.around import Around
from credence.server.api.description import VERSION, describe
from credence.server.api.direct import Direct, ways
from credence.server.api.measures import Measures
from credence.server.api.problems import add_handlers, noted
from credence.server.api.problems import told as told_to_machines
from credence.server.api.replays import keep_replies
from credence.server.api.searching import Searched, by_beginning
from credence.server.database.pool import open_pool
from credence.server.jobs import JOBS
from credence.server.jobs.runner import work_on
from credence.server.keys import FILE, KeyFile
from credence.server.services.access.rates import Buckets
from credence.server.settings import Settings
from credence.server.state import State
from credence.server.web import ROUTERS as PAGES
from credence.server.web import refusals

# Connections that only freezing uses.
SMALL = 2
# FastAPI would look for exporters of OpenTelemetry with each request, and tell them what was sent amiss.
TELLS_NOBODY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


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

    app = Bureau(
        title="Credence", version="1", lifespan=running, docs_url=None, redoc_url=None,
        openapi_url=None, telemetry=TELLS_NOBODY,
        summary="Scores that people can add up, contest and correct.",
    )  # fmt: skip
    app.state.buckets, app.state.measures, app.state.routers = Buckets(), Measures(), ROUTERS
    app.around = partial(Around, clock=clock, settings=settings, measures=app.state.measures, told=_told)
    add_handlers(app)
    app.router.routes.extend(route for route, _ in routes())
    refusals.add_handlers(app)
    describe(app)
    return app


def _told(request: Request, error: Exception) -> Response:
    """The reply outside of any route."""
    noted(request, error)
    return refusals.either(told_to_machines)(request, error)


class Bureau(FastAPI):
    """An application that is surrounded by `Around` alone, which answers what nobody foresaw, too."""

    around: Callable[[ASGIApp], ASGIApp]

    def build_middleware_stack(self) -> ASGIApp:
        """What a request passes on its way to its route."""
        routed = AsyncExitStackMiddleware(Searched(self.router, by_beginning(routes())))
        told = ExceptionMiddleware(routed, handlers=self.exception_handlers)
        return self.around(Direct(told, ways(ROUTERS, VERSION, MOST)))


@cache
def routes() -> list[tuple[BaseRoute, list[str]]]:
    """Every router as a route, with its paths; made once a process, which takes FastAPI most of a second."""
    every, paths = APIRouter(), []
    for router in ROUTERS:
        every.include_router(keep_replies(router), prefix=VERSION)
        paths.append(_paths(router, VERSION))
    for router in (*OUTSIDE, *PAGES):
        every.include_router(router)
        paths.append(_paths(router, ""))
    return list(zip(every.routes, paths, strict=True))


def _paths(router: APIRouter, prefix: str) -> list[str]:
    return [prefix + route.path for route in router.routes if isinstance(route, APIRoute)]


@asynccontextmanager
async def bureau_state(
    settings: Settings, database: str, clock: Callable[[], datetime] = now
) -> AsyncIterator[State]:
    """What a running bureau holds, let go of when the block ends."""
    pool = await open_pool(database, settings)
    small = await open_pool(database, replace(settings, pool_most=SMALL))
    log = open_log(settings)
    # What threads read by is made once, before any of them asks for it.
    log.reader()
    try:
        yield State(settings, clock, pool, small, KeyFile(settings.data / FILE), log)
    finally:
        await small.close()
        await pool.close()
        log.close()


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
