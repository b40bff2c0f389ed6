"""What was acknowledged goes into the log in groups; what fails waits, and keeps nobody else waiting."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import LogNotFoundError
from credence.server.jobs import JOBS, receipts
from credence.server.services.context import Context
from credence.server.services.furnishing import draining, log_writer
from credence.server.services.furnishing.batches import Beyond
from credence.server.services.furnishing.checking import LogRow
from credence.server.services.furnishing.draining import ROWS_MOST, together
from tests.server.harness import bureau, run
from tests.server.sending import sending


def test_many_receipts_of_several_furnishers_are_one_batch_of_the_log(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power, water = await sending(here), await sending(here)
            for number in range(6):
                await power.send(power.bill(number))
                await water.send(water.bill(number))
            taken = await asyncio.gather(*(receipts.take(here.state, here.clock()) for _ in range(2)))
            assert sum(taken) == 12
            with log_writer.opened(here.state) as log:
                assert log.snapshot is not None
                assert log.snapshot.number <= 3
            assert len(power.events()) == len(water.events()) == 6

    run(work())


def test_what_cannot_be_taken_waits_and_then_goes_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            replies = [await power.send(power.bill(number)) for number in range(2)]
            (folder / "log").rename(folder / "gone")
            with pytest.raises(LogNotFoundError):
                await receipts.take(here.state, here.clock())
            (folder / "gone").rename(folder / "log")
            async with here.as_() as context:
                rows = await context.connection.fetch("SELECT tries FROM receipts")
            assert [row["tries"] for row in rows] == [1, 1]
            waiting = await here.client.get(
                replies[0].headers["location"], params={"wait": "0.3"}, headers=power.headers
            )
            assert waiting.json()["status"] == "waiting"
            assert await receipts.take(here.state, here.clock()) == 2
            place = replies[0].headers["location"]
            asked = here.client.get(place, params={"wait": "5"}, headers=power.headers)
            assert (await asked).json()["status"] == "done"

    run(work())


def test_whoever_waits_is_told_as_soon_as_it_is_done(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            reply = await power.send(power.bill(1))
            place = reply.headers["location"]
            asked = asyncio.create_task(here.client.get(place, params={"wait": "30"}, headers=power.headers))
            await asyncio.sleep(0.1)
            await receipts.take(here.state, here.clock())
            assert (await asked).json()["counts"]["accepted"] == 1

    run(work())


def test_receipts_are_forgotten_after_a_while_and_events_are_not(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            await power.taken(power.bill(1))
            await power.send(power.bill(2))
            assert await receipts.forget(here.state, here.clock() + timedelta(days=90)) == 0
            assert await receipts.forget(here.state, here.clock() + timedelta(days=91)) == 1
            assert await receipts.take(here.state, here.clock()) == 1
            assert await receipts.tidy(here.state, here.clock()) == 2
            assert await receipts.tidy(here.state, here.clock()) == 0
            assert sorted(str(event["event_id"]) for event in power.events()) == ["p-1", "p-2"]

    run(work())


def test_what_failed_once_is_taken_though_more_and_more_is_sent(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power, batches = await sending(here), []
            for number in range(3):
                await power.send(power.bill(number))
            async with here.as_() as context:
                await context.connection.execute("UPDATE receipts SET tries = 1")

            async def refuses(_system: Context, _furnisher: str, rows: Sequence[LogRow]) -> frozenset[int]:
                batches.append([str(row["event_id"]) for row in rows])
                if len(batches) < 20:
                    await power.send(power.bill(100 + len(batches)))
                return frozenset()

            beyond = Beyond(refuses, receipts.BEYOND.follows)
            await draining.drain(here.state, here.clock(), beyond)
            assert all([f"p-{number}"] in batches[:6] for number in range(3)), batches
            assert len(power.events()) == 22

    run(work())


@given(st.lists(st.integers(1, 10_000), max_size=20))
def test_a_group_is_what_fits_and_at_least_one(waiting: list[int]) -> None:
    rows: list[dict[str, Any]]
    rows = [{"receipt_id": str(number), "rows": size} for number, size in enumerate(waiting)]
    chosen = [rows[int(name)] for name in together(rows)]
    assert chosen == rows[: len(chosen)]
    assert bool(chosen) == bool(rows)
    assert len(chosen) <= 1 or sum(row["rows"] for row in chosen) <= ROWS_MOST


def test_each_job_has_a_name_of_its_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
