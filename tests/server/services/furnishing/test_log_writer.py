"""What is written into the log is written by one thread, however many ask at once."""

import asyncio
from pathlib import Path

import pytest

from credence.errors import LogNotFoundError
from credence.server.services.furnishing import log_writer
from tests.server.harness import bureau, run


def bill(number: int, days_late: int = 0) -> dict[str, object]:
    said = {"furnisher": "power", "event_id": f"p-{number}", "person_id": "ana", "kind": "bill.paid"}
    return said | {"occurred_at": "2026-09-03", "days_late": days_late}


def test_rows_are_told_one_by_one_and_taken_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await log_writer.append(here.state, [bill(1)], here.clock())
            rows = [bill(1), bill(2), bill(2), bill(1, 9), bill(3) | {"kind": "bill.late"}]
            tried = await log_writer.try_out(here.state, rows, here.clock())
            taken = await log_writer.append(here.state, rows, here.clock())
            verdicts = ["repeated", "accepted", "repeated", "conflict", "rejected"]
            for report in (tried, taken):
                assert [report.outcome(n).verdict for n in range(1, 6)] == verdicts
                assert report.outcome(5).faults[0] == (
                    "kind",
                    "there is no kind 'bill.late' in the vocabulary",
                )
            assert [receipt.batch for receipt in (*tried.receipts, *taken.receipts)] == [None, 2]
            with log_writer.opened(here.state) as log:
                assert [event["event_id"] for event in log.events_of("ana")] == ["p-1", "p-2"]

    run(work())


def test_many_who_write_at_once_all_land(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            each = (log_writer.append(here.state, [bill(n)], here.clock()) for n in range(8))
            reports = await asyncio.gather(*each)
            assert sorted(report.receipts[0].batch or 0 for report in reports) == list(range(1, 9))

    run(work())


def test_what_goes_wrong_in_the_thread_is_told_to_whoever_asked(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            (here.state.settings.log / "manifest.sqlite").unlink()
            with pytest.raises(LogNotFoundError):
                await log_writer.append(here.state, [bill(1)], here.clock())

    run(work())
