"""What is acknowledged is kept though the database is killed; while it is held, that is said."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg
import pytest

from credence.errors import DatabaseFailedError
from credence.server.database.embedded import Server, embedded
from credence.server.database.migrate import migrate
from tests.server.harness import Bureau, bureau, run

# How often the database is killed; a nightly run may say more.
ROUNDS = int(os.environ.get("FAULT_ROUNDS", "2"))
WRITERS = 4


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of a PostgreSQL of this test alone, which it may kill."""
    # Not below pytest's own folder, into which only its owner may look.
    with TemporaryDirectory(prefix="credence-faults-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def prepared(server: Server) -> str:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE bureau")
    migrate(server.url("bureau"))
    return server.url("bureau")


def processes(place: Path) -> list[int]:
    """The processes of the PostgreSQL over a folder, the first of them first."""
    first = int((place / "cluster" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *map(int, children)]


def tell(place: Path, what: signal.Signals) -> None:
    for process in processes(place):
        os.kill(process, what)


async def write(here: Bureau, headers: dict[str, str], until: asyncio.Event, who: int) -> dict[str, str]:
    """Add furnishers until told to stop, each tried again with its key until it is acknowledged."""
    acknowledged: dict[str, str] = {}
    for number in range(10_000):
        if until.is_set():
            break
        name = f"furnisher {who}-{number}-{time.monotonic_ns()}"
        keyed = headers | {"Idempotency-Key": name}
        reply = await here.client.post("/v1/furnishers", json={"name": name}, headers=keyed)
        while reply.status_code in (409, 503):
            assert reply.json()["code"] in ("unavailable", "in_flight"), reply.text
            await asyncio.sleep(0.2)
            reply = await here.client.post("/v1/furnishers", json={"name": name}, headers=keyed)
        assert reply.status_code == 201, reply.text
        acknowledged[name] = reply.json()["id"]
    return acknowledged


def test_a_killed_database_loses_nothing_that_was_acknowledged_and_does_nothing_twice(
    place: Path, folder: Path
) -> None:
    again: list[AbstractContextManager[Server]] = []
    with embedded(place) as server:
        url = prepared(server)

        async def work() -> None:
            async with bureau(url, folder, rate_a_minute=1_000_000) as here:
                _, headers = await here.party("operator", "admin")
                acknowledged: dict[str, str] = {}
                for _ in range(ROUNDS):
                    until = asyncio.Event()
                    writers = [asyncio.create_task(write(here, headers, until, n)) for n in range(WRITERS)]
                    await asyncio.sleep(1)
                    # The first dies, and with it all: what was in memory is gone.
                    for process in processes(place):
                        os.kill(process, signal.SIGKILL)
                    again.append(embedded(place))
                    await asyncio.to_thread(again[-1].__enter__)
                    await asyncio.sleep(1)
                    until.set()
                    for told in await asyncio.gather(*writers):
                        acknowledged |= told
                async with here.as_() as context:
                    rows = await context.connection.fetch("SELECT name, furnisher_id FROM furnishers")
                kept = {row["name"]: row["furnisher_id"] for row in rows}
                assert len(acknowledged) > ROUNDS * WRITERS
                assert kept == acknowledged

        run(work())
    for begun in again:
        # It was stopped above, and is only let go of.
        with suppress(DatabaseFailedError):
            begun.__exit__(None, None, None)


def test_while_the_database_is_held_that_is_said_soon_and_it_goes_on_by_itself(
    place: Path, folder: Path
) -> None:
    with embedded(place) as server:
        url = prepared(server)

        async def asked(here: Bureau, headers: dict[str, str]) -> tuple[httpx.Response, float]:
            begun = time.monotonic()
            reply = await here.client.get("/v1/whoami", headers=headers)
            return reply, time.monotonic() - begun

        async def work() -> None:
            async with bureau(url, folder) as here:
                _, headers = await here.party("partner")
                tell(place, signal.SIGSTOP)
                try:
                    reply, seconds = await asked(here, headers)
                finally:
                    tell(place, signal.SIGCONT)
                assert (reply.status_code, reply.json()["code"]) == (503, "unavailable")
                assert reply.headers["Retry-After"] == "5"
                assert seconds < 12
                begun = time.monotonic()
                while (await asked(here, headers))[0].status_code != 200:
                    assert time.monotonic() - begun < 20
                    await asyncio.sleep(0.2)

        run(work())
