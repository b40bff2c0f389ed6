"""While the database is held or its disk is full that is said soon, and it goes on by itself."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg
import pytest

from credence.errors import CredenceError
from credence.server.database.embedded import Server, embedded
from credence.server.database.migrate import migrate
from credence.server.jobs import receipts
from tests.server.harness import Bureau, bureau, run
from tests.server.sending import outcomes, sending

# The disk of the test in bytes, and how much of it is taken by something else until it is made room.
DISK, OTHER = 120_000_000, 30_000_000
PATIENCE = 60


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of a PostgreSQL of this test alone, which it may hold."""
    # Not below pytest's own folder, into which only its owner may look.
    with TemporaryDirectory(prefix="credence-faults-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def disk(place: Path) -> Iterator[Path]:
    """A small disk of its own, where one may be mounted."""
    disk = place / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "tmpfs", str(disk)]
    try:
        said = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no 'mount' here")
    if said.returncode:
        pytest.skip(f"nothing may be mounted here: {said.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def prepared(server: Server) -> str:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE bureau")
    migrate(server.url("bureau"))
    return server.url("bureau")


def tell(place: Path, what: signal.Signals) -> None:
    """Send a signal to every process of the PostgreSQL over a folder, the first of them first."""
    first = int((place / "cluster" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    for process in (first, *map(int, children)):
        os.kill(process, what)


async def asked(here: Bureau, headers: dict[str, str]) -> tuple[httpx.Response, float]:
    begun = time.monotonic()
    reply = await here.client.get("/v1/whoami", headers=headers)
    return reply, time.monotonic() - begun


async def added(here: Bureau, headers: dict[str, str], name: str) -> httpx.Response:
    key = {"Idempotency-Key": name}
    return await here.client.post("/v1/furnishers", json={"name": name}, headers=headers | key)


def test_while_the_database_is_held_that_is_said_soon_and_it_goes_on_by_itself(
    place: Path, folder: Path
) -> None:
    async def work(url: str) -> None:
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

    with embedded(place) as server:
        run(work(prepared(server)))


def test_when_the_disk_is_full_that_is_said_and_once_there_is_room_it_goes_on_by_itself(
    disk: Path, folder: Path
) -> None:
    other, rest = disk / "other", disk / "rest"
    other.write_bytes(bytes(OTHER))

    async def work(url: str) -> None:
        async with bureau(url, folder, rate_a_minute=10**9) as here:
            _, headers = await here.party("operator", "admin")
            assert (await added(here, headers, "before")).status_code == 201
            fill(rest)
            acknowledged = ["before", *await until_refused(here, headers)]
            rest.unlink()
            other.unlink()
            begun = time.monotonic()
            while (await added(here, headers, "after")).status_code != 201:
                assert time.monotonic() - begun < PATIENCE
                await asyncio.sleep(0.2)
            async with here.as_() as context:
                rows = await context.connection.fetch("SELECT name FROM furnishers")
            kept = [row["name"] for row in rows]
            assert sorted(kept) == sorted([*acknowledged, "after"])

    with embedded(disk / "data", kept=True) as server:
        run(work(prepared(server)))


def test_when_the_disk_of_the_log_is_full_what_was_sent_waits_and_is_taken_once_there_is_room(
    disk: Path, database: str
) -> None:
    async def work() -> None:
        async with bureau(database, disk / "data") as here:
            one = await sending(here)
            fill(disk / "rest")
            sent = await one.send(one.bill(1))
            assert sent.status_code == 202
            with pytest.raises(CredenceError):
                await receipts.take(here.state, here.clock())
            said = {"person": one.person}, {"file": ("bill.pdf", b"%PDF-1.7 a bill", "application/pdf")}
            given = await here.client.post(
                "/v1/event-evidence", data=said[0], files=said[1], headers=one.headers
            )
            assert (given.status_code, given.json()["code"]) == (503, "unavailable")
            (disk / "rest").unlink()
            assert outcomes(await one.taken(one.bill(2))) == ["accepted"]
            found = await here.client.get(sent.headers["location"], headers=one.headers)
            assert outcomes(found.json()["results"]) == ["accepted"]
            assert sorted(str(event["event_id"]) for event in one.events()) == ["p-1", "p-2"]

    run(work())


async def until_refused(here: Bureau, headers: dict[str, str]) -> list[str]:
    """Write until nothing more is taken; what was acknowledged until then."""
    acknowledged: list[str] = []
    refused = 0
    while refused < 3:
        name = f"furnisher {len(acknowledged)}"
        reply = await added(here, headers, name)
        if reply.status_code == 201:
            acknowledged.append(name)
            assert len(acknowledged) < 2000, "the disk never was full"
            continue
        assert (reply.status_code, reply.json()["code"]) == (503, "unavailable"), reply.text
        refused += 1
        await asyncio.sleep(0.2)
    return acknowledged


def fill(rest: Path) -> None:
    """Take all the room that is left on a disk."""
    with suppress(OSError), rest.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(65_536))
