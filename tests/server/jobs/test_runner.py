"""Jobs are done when they are due, and go on when the database was away."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from croniter import croniter  # type: ignore[import-untyped]
from procrastinate.exceptions import AlreadyEnqueued

from credence.errors import UnavailableError
from credence.server.database.queue import make_schema
from credence.server.jobs import JOBS, Job, runner
from credence.server.jobs.forgetting import forget
from credence.server.jobs.runner import cron, tasks, work_on
from credence.server.state import State
from tests.server.harness import START, bureau, run


@dataclass
class Noted:
    """A job that notes when it was done, and fails the first time."""

    at: list[datetime] = field(default_factory=list)
    fails: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def work(self, state: State, now: datetime) -> int:
        assert state.clock() == now
        self.fails -= 1
        if self.fails >= 0:
            raise UnavailableError
        self.at.append(now)
        self.done.set()
        return len(self.at) - 1


def test_a_job_is_done_with_the_time_of_the_clock_in_a_loop_and_by_the_queue(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "AGAIN", 0.01)
    make_schema(database)
    make_schema(database)

    async def work() -> None:
        async with bureau(database, folder) as here:
            often, seldom = Noted(fails=1), Noted()
            jobs = [
                Job("often", timedelta(milliseconds=10), often.work),
                Job("seldom", timedelta(minutes=1), seldom.work),
            ]
            worker = asyncio.create_task(work_on(here.state, database, jobs))
            app = tasks(here.state, database, jobs[1:])
            async with app.open_async():
                with suppress(AlreadyEnqueued):  # it may have been due this very minute
                    await app.tasks["seldom"].defer_async(timestamp=0)
            async with asyncio.timeout(30):
                await often.done.wait()
                await seldom.done.wait()
            worker.cancel()
            with pytest.raises(asyncio.CancelledError):
                await worker
            assert {*often.at, *seldom.at} == {START}

    run(work())


def test_a_queue_that_is_not_there_is_tried_again(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "AGAIN", 0.01)

    async def work() -> None:
        async with bureau(database, folder) as here:
            done = Noted()
            job = Job("late", timedelta(minutes=1), done.work)
            worker = asyncio.create_task(work_on(here.state, database, [job]))
            await asyncio.sleep(0.5)
            assert not worker.done()
            await asyncio.to_thread(make_schema, database)
            app = tasks(here.state, database, [job])
            async with app.open_async():
                with suppress(AlreadyEnqueued):  # it may have been due this very minute
                    await app.tasks["late"].defer_async(timestamp=0)
            async with asyncio.timeout(30):
                await done.done.wait()
            worker.cancel()
            with pytest.raises(asyncio.CancelledError):
                await worker

    run(work())


@pytest.mark.parametrize(
    ("every", "times"),
    [
        (timedelta(minutes=1), 1440),
        (timedelta(minutes=5), 288),
        (timedelta(hours=1), 24),
        (timedelta(hours=6), 4),
        (timedelta(days=1), 1),
    ],
)
def test_a_job_is_due_so_often_in_a_day(every: timedelta, times: int) -> None:
    begun = datetime(2026, 11, 6, tzinfo=UTC) - timedelta(seconds=1)
    due = croniter(cron(every), begun)
    found = 0
    while due.get_next(datetime) < begun + timedelta(days=1):
        found += 1
    assert found == times


def test_a_job_of_several_days_is_not_due_every_day() -> None:
    assert cron(timedelta(days=3)) == "7 3 */3 * *"


def test_every_job_has_a_name_of_its_own_and_a_time_that_can_be_said() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert all(cron(job.every) for job in JOBS if job.every >= timedelta(minutes=1))


def test_the_queue_lies_in_a_schema_that_the_application_does_not_own(database: str) -> None:
    make_schema(database)
    with psycopg.connect(database) as connection:
        owners = connection.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'jobs'"
        ).fetchall()
    assert owners == [("credence_owner",)]


def test_what_was_used_is_forgotten_when_it_would_be_refused_anyhow(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            async with here.as_() as context:
                for days in (1, 3):
                    ends = context.now + timedelta(days=days)
                    await context.connection.execute("INSERT INTO seen VALUES ($1, $2)", bytes([days]), ends)
            assert await forget(here.state, START + timedelta(days=2)) == 1

    run(work())
