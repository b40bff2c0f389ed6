"""Events that furnishers send: `python -m bench.server_intake` (100,000 events of 1,000 people).

CPU is of this process, which is the API and the worker in one; PostgreSQL's own is not in it.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec

from credence.server.app import create_app
from credence.server.database.embedded import embedded
from credence.server.database.migrate import migrate
from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.jobs import receipts
from credence.server.services import tokens
from credence.server.services.access import parties
from credence.server.services.context import SYSTEM, Actor, Context
from credence.server.services.people import pairwise
from credence.server.settings import Settings
from credence.server.state import State

PEOPLE = 1_000
# Events a CPU-second, acknowledged over HTTP.
AIM = 20_000
SCOPES = frozenset({"events.write", "receipts.read"})
PERSON = "INSERT INTO people (person_id, log_id, enrolled_at) VALUES ($1, 'log-' || $1, $2)"


def main() -> None:
    """Measure bodies of several sizes, then taking them into the log."""
    parser = argparse.ArgumentParser(prog="python -m bench.server_intake", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    with tempfile.TemporaryDirectory(prefix="bench-intake-") as place:
        Path(place).chmod(0o755)
        with embedded(Path(place) / "postgres") as server:
            url = server.url("postgres")
            migrate(url)
            asyncio.run(_measure(url, Path(place) / "data", parser.parse_args().events))


async def _measure(url: str, folder: Path, events: int) -> None:
    app = create_app(Settings(data=folder), url)
    async with app.router.lifespan_context(app):
        state: State = app.state.bureau
        headers, people = await _furnisher(state)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bureau") as client:
            for number, size in enumerate((100, 1_000, 10_000)):
                bodies = _bodies(people, events, size, f"{number}")

                async def send(bodies: list[bytes] = bodies) -> None:
                    for body in bodies:
                        reply = await client.post("/v1/events", content=body, headers=headers)
                        assert reply.status_code == 202, reply.text

                rate = await _rate(send, events)
                mark = "" if size < 1_000 else f" (aim {AIM:,}: {'met' if rate >= AIM else 'MISSED'})"
                print(f"acknowledged, {size:>6,} a request: {rate:>9,.0f} events a CPU-second{mark}")

        async def take() -> None:
            assert await receipts.take(state, datetime.now(UTC)) == 3 * events

        rate = await _rate(take, 3 * events)
        print(f"taken into the log, told row by row: {rate:>9,.0f} events a CPU-second")


async def _furnisher(state: State) -> tuple[dict[str, str], list[str]]:
    async with acting(state.pool, SYSTEM.setting) as connection:
        now = datetime.now(UTC)
        system = Context(SYSTEM, connection, now, new_id("req", now), state.settings)
        furnisher = Actor("furnisher", await parties.add(system, "furnisher", "power", []), SCOPES)
        token, _ = await tokens.issue(system, furnisher, timedelta(days=1), "live")
        known = []
        for _ in range(PEOPLE):
            person = new_id("per", now)
            await connection.execute(PERSON, person, now)
            known.append(await pairwise.known_as(system, furnisher.id, person))
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"}, known


def _bodies(people: list[str], events: int, size: int, name: str) -> list[bytes]:
    rows = [
        msgspec.json.encode({
            "event_id": f"{name}-{number}", "person": people[number % PEOPLE], "kind": "bill.paid",
            "occurred_at": f"2026-{number % 9 + 1:02}-15", "fields": {"days_late": number % 5},
        })
        for number in range(events)
    ]  # fmt: skip
    return [b"\n".join(rows[start : start + size]) for start in range(0, events, size)]


async def _rate(work: Callable[[], Awaitable[None]], events: int) -> float:
    """Events a second of this process's CPU."""
    begun = time.process_time()
    await work()
    return events / (time.process_time() - begun)


if __name__ == "__main__":
    main()
