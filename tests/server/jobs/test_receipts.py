"""What was acknowledged goes into the log in groups; what fails waits, and keeps nobody else waiting."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import LogNotFoundError
from credence.server.jobs import JOBS, receipts
from credence.server.services.furnishing import log_writer
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
                rows = await context.connection.fetch("SELECT tries, rows, receipt_id FROM receipts")
            assert [row["tries"] for row in rows] == [1, 1]
            assert len(together(rows)) == 1
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


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 10_000)), max_size=20).map(sorted))
def test_a_group_is_what_fits_and_what_failed_goes_alone(waiting: list[tuple[int, int]]) -> None:
    rows: list[dict[str, Any]]
    rows = [{"receipt_id": str(n), "tries": tries, "rows": size} for n, (tries, size) in enumerate(waiting)]
    chosen = [rows[int(name)] for name in together(rows)]
    assert chosen == rows[: len(chosen)]
    assert bool(chosen) == bool(rows)
    assert len(chosen) <= 1 or {row["tries"] for row in chosen} == {0}
    assert len(chosen) <= 1 or sum(row["rows"] for row in chosen) <= ROWS_MOST


def test_each_job_has_a_name_of_its_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
