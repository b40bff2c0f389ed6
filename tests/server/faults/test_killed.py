"""Whatever is killed while everybody writes: what was acknowledged is there once, and nothing half."""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import psycopg
import pytest

from credence import EventLog
from credence.cli.server.database import DATABASE
from credence.server.database.embedded import Server, embedded
from credence.server.database.migrate import migrate
from credence.server.database.queue import make_schema
from credence.server.services.people import pairwise
from tests.server.faults.processes import Processes, processes
from tests.server.harness import run
from tests.server.services.deciding.house import house

# How often one of them is killed; a nightly run may say more.
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "6"))
VICTIMS = ("database", "api", "worker")
# How long until all goes on after one was killed, on a machine that does much else.
PATIENCE = 180
AGAIN = ("unavailable", "in_flight")
numbers = count()


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of a bureau of this test alone, which it may kill."""
    # Not below pytest's own folder, into which only its owner may look.
    with TemporaryDirectory(prefix="credence-faults-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@dataclass
class Parties:
    """Who writes: the headers and ids of a partner, a furnisher and two people."""

    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


def data_of(place: Path) -> Path:
    """Where the bureau's folder lies, two levels deep as tests have it."""
    return place / "bureau" / "data"


def prepared(place: Path) -> Parties:
    """A bureau with a partner that decides and a furnisher, in a folder as `credence serve` takes it."""
    made = Parties()

    async def work(server: Server) -> None:
        async with house(server.url(DATABASE), data_of(place)) as h:
            here = h.there.here
            await h.publish()
            furnisher, made.headers["furnisher"] = await here.party(
                "furnisher", "events.write", "receipts.read"
            )
            made.ids |= {"furnisher": furnisher.id, "partner": h.partner[0].id}
            made.headers["partner"] = h.partner[1]
            for name in ("ana", "ben"):
                made.headers[name] = h.there.people[name][1]
            made.ids["decided"] = (await h.there.consent("ana"))["person"]
            async with here.as_() as context:
                ana = h.there.people["ana"][0].id
                made.ids["sent"] = await pairwise.known_as(context, furnisher.id, ana)
                # The processes tell the time by their own clock.
                for table in ("tokens", "consents"):
                    await context.connection.execute(f"UPDATE {table} SET ends_at = now() + interval '1 day'")

    with embedded(place / "postgres") as server:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        migrate(server.url(DATABASE))
        make_schema(server.url(DATABASE))
        run(work(server))
    data_of(place).chmod(0o755)
    (place / "postgres").rename(data_of(place) / "postgres")
    return made


@dataclass
class Writing:
    """Everybody writes until told to stop, each thing again until it is acknowledged."""

    client: httpx.AsyncClient
    who: Parties
    until: asyncio.Event = field(default_factory=asyncio.Event)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)

    async def send(self, who: str, path: str, body: object) -> dict[str, Any]:
        """The reply to a request that is sent until it is answered."""
        headers = self.who.headers[who] | {"Idempotency-Key": f"write-{next(numbers)}"}
        return await self._asked("POST", path, json=body, headers=headers)

    async def _asked(self, method: str, path: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - what httpx takes
        while True:
            try:
                reply = await self.client.request(method, f"/v1{path}", **said)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
                continue
            told: dict[str, Any] = reply.json()
            if reply.is_success:
                return told
            assert told["code"] in AGAIN, reply.text
            await asyncio.sleep(0.2)

    async def sent(self) -> tuple[list[str], str]:
        """Events that were acknowledged, and their receipt."""
        ids = [f"e-{next(numbers)}" for _ in range(5)]
        rows = [
            {
                "event_id": one, "person": self.who.ids["sent"], "kind": "bill.paid",
                "occurred_at": "2026-09-03", "fields": {"days_late": 0},
            }
            for one in ids
        ]  # fmt: skip
        return ids, (await self.send("furnisher", "/events", rows))["receipt_id"]

    async def events(self) -> list[str]:
        return (await self.sent())[0]

    async def consent(self) -> list[str]:
        wish = {"partner": self.who.ids["partner"], "purpose": "rental_deposit", "level": "score"}
        return [(await self.send("ben", "/consents", wish | {"scorecard": "everyday"}))["id"]]

    async def decision(self) -> list[str]:
        asked = {"person": self.who.ids["decided"], "policy": "deposit@1", "purpose": "rental_deposit"}
        return [(await self.send("partner", "/decisions", asked))["decision_id"]]

    async def dispute(self) -> list[str]:
        """A dispute on an event that was sent, once the worker took it into the log."""
        ids, receipt = await self.sent()
        self.acknowledged["events"] += ids
        await self.taken(receipt)
        body = {"event": {"furnisher": self.who.ids["furnisher"], "event_id": ids[0]}, "reason": "not_mine"}
        return [(await self.send("ana", "/disputes", body))["dispute_id"]]

    async def taken(self, receipt: str) -> None:
        """Wait until the worker took what was sent into the log."""
        headers = self.who.headers["furnisher"]
        while (await self._asked("GET", f"/receipts/{receipt}?wait=5", headers=headers))["status"] != "done":
            pass

    async def keep_on(self, kind: str, write: Callable[[], Awaitable[list[str]]]) -> None:
        self.acknowledged.setdefault(kind, [])
        while not self.until.is_set():
            self.acknowledged[kind] += await write()
            # Others of the machine want to go on, too.
            await asyncio.sleep(0.05)

    async def all_go_on(self) -> None:
        """Wait until something of every kind was acknowledged from now on."""
        before = {kind: len(ids) for kind, ids in self.acknowledged.items()}
        begun = time.monotonic()
        while any(len(self.acknowledged[kind]) == length for kind, length in before.items()):
            assert time.monotonic() - begun < PATIENCE, before
            await asyncio.sleep(0.05)


@asynccontextmanager
async def writing(url: str, who: Parties) -> AsyncIterator[Writing]:
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        one = Writing(client, who)
        kinds = {"events": one.events, "consents": one.consent, "decisions": one.decision}
        async with asyncio.TaskGroup() as group:
            for kind, write in (kinds | {"disputes": one.dispute}).items():
                group.create_task(one.keep_on(kind, write))
            await asyncio.sleep(0)
            yield one
            one.until.set()


def test_whatever_is_killed_nothing_acknowledged_is_lost_or_done_twice_and_nothing_is_half(
    place: Path,
) -> None:
    who = prepared(place)
    chance = random.Random(ROUNDS)
    victims = [VICTIMS[number % len(VICTIMS)] for number in range(ROUNDS)]
    chance.shuffle(victims)

    async def work(here: Processes) -> dict[str, list[str]]:
        async with writing(here.url, who) as everybody:
            await everybody.all_go_on()
            for victim in victims:
                await asyncio.sleep(chance.uniform(0.05, 0.8))
                await asyncio.to_thread(here.kill, victim)
                await everybody.all_go_on()
        return everybody.acknowledged

    with processes(data_of(place)) as here:
        acknowledged = asyncio.run(work(here))
        with here.database() as connection:
            all_taken(connection)
            check_tables(connection, acknowledged)
            items = check_disputes(connection, acknowledged["disputes"])
            begun = set(ids_of(connection, "SELECT item_id FROM suspensions"))
    check_log(data_of(place) / "log", who, acknowledged["events"], (items, begun))


def ids_of(connection: psycopg.Connection, query: str) -> Counter[str]:
    return Counter(row[0] for row in connection.execute(query).fetchall())


def all_taken(connection: psycopg.Connection) -> None:
    """Wait until the worker has taken all that was sent into the log."""
    begun = time.monotonic()
    while connection.execute("SELECT FROM receipts WHERE done_at IS NULL").fetchall():
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.1)


def check_tables(connection: psycopg.Connection, acknowledged: dict[str, list[str]]) -> None:
    """Each consent and each decision is there once, with all that belongs to it, and no other is."""
    consents, decisions = Counter(acknowledged["consents"]), Counter(acknowledged["decisions"])
    given = "FROM consents WHERE person_id <> (SELECT person_id FROM decisions LIMIT 1)"
    assert ids_of(connection, f"SELECT consent_id {given}") == consents
    audited = "SELECT details->>'consent' FROM audit WHERE what = 'consent.granted' AND person_id IN"
    assert ids_of(connection, f"{audited} (SELECT person_id {given})") == consents
    for query in (
        "SELECT decision_id FROM decisions",
        "SELECT decision_id FROM decision_details",
        "SELECT result->>'decision' FROM inquiries",
        "SELECT details->>'decision' FROM audit WHERE what = 'decision.made'",
    ):
        assert ids_of(connection, query) == decisions, query


def check_disputes(connection: psycopg.Connection, acknowledged: list[str]) -> list[str]:
    """Each dispute is there once, with its item and its steps; return the items."""
    disputes = Counter(acknowledged)
    for query in (
        "SELECT dispute_id FROM disputes",
        "SELECT dispute_id FROM dispute_items",
        "SELECT dispute_id FROM dispute_steps WHERE what = 'opened'",
        "SELECT dispute_id FROM dispute_steps WHERE what = 'suspended'",
    ):
        assert ids_of(connection, query) == disputes, query
    return [row[0] for row in connection.execute("SELECT item_id FROM dispute_items").fetchall()]


def check_log(folder: Path, who: Parties, acknowledged: list[str], items: tuple[list[str], set[str]]) -> None:
    """Each event is in the log once, and what stopped counting is contested, or known to be released."""
    log = EventLog.open(folder)
    try:
        found = log.events_of("log-ana")
    finally:
        log.close()
    sent = Counter(event["event_id"] for event in found if event["furnisher"] == who.ids["furnisher"])
    assert sent == Counter(acknowledged)
    marks = Counter(event["event_id"] for event in found if event["kind"] == "mark.suspends")
    kept, begun = items
    assert marks.total() == len(marks)
    assert marks.keys() >= {f"{item}-suspends" for item in kept}
    assert marks.keys() <= {f"{item}-suspends" for item in (*kept, *begun)}
    # What was kept is noted no more.
    assert begun.isdisjoint(kept)
