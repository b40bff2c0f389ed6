"""A bureau for tests: a real PostgreSQL, the real application, a clock that tests move."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from credence.server.app import create_app
from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services import tokens
from credence.server.services.context import SYSTEM, Actor, Context, Kind
from credence.server.settings import Settings
from credence.server.state import State

numbers = count()
START = datetime(2026, 11, 6, 9, tzinfo=UTC)
TABLES: dict[str, str] = {
    "person": "INSERT INTO people (person_id, log_id, enrolled_at) VALUES ($1, 'log-' || $1, $2)",
    "partner": "INSERT INTO partners (partner_id, name, purposes, added_at) "
    "VALUES ($1, $1, '{rental_deposit,small_loan}', $2)",
    "furnisher": "INSERT INTO furnishers (furnisher_id, name, kinds, added_at) VALUES ($1, $1, '{}', $2)",
    "operator": "INSERT INTO operators (operator_id, name, roles, added_at) VALUES ($1, $1, '{admin}', $2)",
}
PREFIXES: dict[Kind, str] = {"person": "per", "partner": "par", "furnisher": "fur", "operator": "ope"}


@dataclass
class Clock:
    """A clock that tests move."""

    instant: datetime = START

    def __call__(self) -> datetime:
        return self.instant

    def move(self, **by: float) -> None:
        self.instant += timedelta(**by)


@dataclass
class Bureau:
    """A running application and a client of it."""

    app: FastAPI
    client: httpx.AsyncClient
    clock: Clock
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> State:
        state: State = self.app.state.bureau
        return state

    @asynccontextmanager
    async def as_(self, actor: Actor = SYSTEM) -> AsyncIterator[Context]:
        """A transaction in the name of an actor, for tests that call services."""
        async with acting(self.state.pool, actor.setting) as connection:
            now = self.clock()
            yield Context(actor, connection, now, new_id("req", now), self.state.settings)

    async def party(self, kind: Kind, *scopes: str) -> tuple[Actor, dict[str, str]]:
        """Somebody new, and the headers that a request of theirs comes with."""
        actor = Actor(kind, new_id(PREFIXES[kind], self.clock()), frozenset(scopes))
        async with self.as_() as context:
            await context.connection.execute(TABLES[kind], actor.id, context.now)
            token, _ = await tokens.issue(context, actor, timedelta(days=400), "live")
        return actor, {"Authorization": f"Bearer {token}"}


async def keyed(request: httpx.Request) -> None:
    """Programs send an Idempotency-Key with each POST; here the client does, unless a test says one."""
    if request.method == "POST":
        request.headers.setdefault("Idempotency-Key", f"test-{next(numbers)}")


@asynccontextmanager
async def bureau(database: str, folder: Path, **said: object) -> AsyncIterator[Bureau]:
    """A bureau over a database, with data in a folder."""
    clock = Clock()
    settings = Settings(data=folder, **said)  # type: ignore[arg-type]
    app = create_app(settings, database, clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        hooks = {"request": [keyed]}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://bureau", event_hooks=hooks
        ) as client:
            yield Bureau(app, client, clock)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a test's coroutine."""
    return asyncio.run(work)
