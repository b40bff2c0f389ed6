"""Two people with a history, one without, a partner, and runs that were published."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from credence import EventLog, import_rows, load_scorecard
from credence.runs.limits import Limits
from credence.runs.published import PublishedRun, published
from credence.runs.request import Request
from credence.runs.run import run
from credence.server.jobs.publications import publish
from credence.server.services.context import Actor
from tests.server.harness import Bureau, bureau

DAY = date(2026, 11, 6)
RECORDED = datetime(2026, 11, 6, 1, tzinfo=UTC)
KNOWN = RECORDED + timedelta(minutes=1)
Headers = dict[str, str]
bills = count()


def record(log: Path, log_id: str, days_late: int, now: datetime) -> None:
    """A bill a month for a year, each paid so late."""
    rows = [
        {
            "furnisher": "power", "event_id": f"p-{next(bills)}", "person_id": log_id, "kind": "bill.paid",
            "days_late": days_late, "occurred_at": str(DAY - timedelta(days=15 + 30 * month)),
        }
        for month in range(12)
    ]  # fmt: skip
    assert import_rows(EventLog.open(log), rows, now).total("accepted") == len(rows)


def run_of(data: Path, as_of: date, known_at: datetime, *names: str) -> PublishedRun:
    """A run that is published in the folder of runs."""
    log = EventLog.open(data / "log")
    cards = tuple(load_scorecard(name, log.vocabulary) for name in names or ("everyday",))
    request = Request(log, data / "runs", cards, as_of, known_at.replace(tzinfo=None), limits=Limits())
    outcome = run(request, known_at + timedelta(minutes=1))
    assert outcome.published is not None
    return outcome.published


@cache
def prepared(place: Path) -> Path:
    """A log in which ana paid bills on time and ben late, and a run of it; made once, to be copied.

    It lies in the folder that pytest gives all tests of a process, and goes with it.
    """
    data = place / "world"
    EventLog.create(data / "log")
    record(data / "log", "log-ana", 0, RECORDED)
    record(data / "log", "log-ben", 40, RECORDED)
    run_of(data, DAY, KNOWN)
    return data


@dataclass
class World:
    """A bureau with people in it."""

    here: Bureau
    people: dict[str, tuple[Actor, Headers]] = field(default_factory=dict)
    partner: tuple[Actor, Headers] = (Actor("partner", ""), {})
    numbers: int = 0

    @property
    def data(self) -> Path:
        return self.here.state.settings.data

    def record(self, name: str, days_late: int, now: datetime) -> None:
        record(self.data / "log", f"log-{name}", days_late, now)

    async def publish(self, as_of: date, known_at: datetime) -> PublishedRun:
        found = run_of(self.data, as_of, known_at)
        await publish(self.here.state, found, self.here.clock())
        return found

    async def consent(self, name: str, **said: object) -> dict[str, Any]:
        """The person grants the partner a consent; what is said of it over the usual."""
        wish = {"partner": self.partner[0].id, "purpose": "rental_deposit", "level": "score"}
        body = wish | {"scorecard": "everyday"} | said
        made = await self.post(name, "/v1/consents", body)
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json()
        return found

    async def ask(self, person: str, headers: Headers | None = None, **said: object) -> httpx.Response:
        body = {"person": person, "purpose": "rental_deposit", "level": "score", "scorecard": "everyday"}
        url = "/v1/scores/ask"
        self.numbers += 1
        key = {"Idempotency-Key": f"ask-{self.numbers}"}
        sent = (self.partner[1] if headers is None else headers) | key
        return await self.here.client.post(url, json=body | said, headers=sent)

    async def post(self, name: str, url: str, body: object = None) -> httpx.Response:
        return await self.here.client.post(url, json=body, headers=self.people[name][1])

    async def see(self, name: str, url: str, **said: str) -> httpx.Response:
        return await self.here.client.get(url, params=said, headers=self.people[name][1])

    async def audited(self, what: str) -> list[Any]:
        async with self.here.as_() as context:
            query = "SELECT * FROM audit WHERE what = $1 ORDER BY entry_id"
            return await context.connection.fetch(query, what)


@asynccontextmanager
async def world(database: str, folder: Path, *, load: bool = True, **said: object) -> AsyncIterator[World]:
    """A bureau where ana pays bills on time, ben late, and nothing is known of cleo."""
    shutil.copytree(prepared(folder.parent.parent), folder)
    async with bureau(database, folder, **said) as here:
        found = World(here)
        for name in ("ana", "ben", "cleo"):
            found.people[name] = await here.party("person")
            async with here.as_() as context:
                change = "UPDATE people SET log_id = $2 WHERE person_id = $1"
                await context.connection.execute(change, found.people[name][0].id, f"log-{name}")
        found.partner = await here.party("partner", "scores.read")
        if load:
            await publish(here.state, published(here.state.settings.runs)[0], here.clock())
        yield found
