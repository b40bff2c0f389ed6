"""The queue of jobs: what failed is seen and tried again."""

import asyncio
from pathlib import Path

from credence.server.database.queue import SCHEMA, make_schema
from credence.server.services.operating.queue import WITHIN
from tests.server.harness import Bureau, bureau, run
from tests.server.web.person.visits import Visit

HERE = "/operator/jobs"
ADD = f"""
INSERT INTO {SCHEMA}.procrastinate_jobs (queue_name, task_name, queueing_lock, lock, status, attempts)
VALUES ('default', 'log', $1, 'log', $2::{SCHEMA}.procrastinate_job_status, 1) RETURNING id
"""
DUE = f"""
INSERT INTO {SCHEMA}.procrastinate_periodic_defers (task_name, defer_timestamp) VALUES ('log', 1794000000)
"""
STATE = f"SELECT status::text FROM {SCHEMA}.procrastinate_jobs WHERE id = $1"


async def queued(here: Bureau, status: str, lock: str) -> int:
    async with here.as_() as context:
        await context.connection.execute(WITHIN)
        return int(await context.connection.fetchval(ADD, lock, status))


async def status_of(here: Bureau, number: int) -> str:
    async with here.as_() as context:
        return str(await context.connection.fetchval(STATE, number))


def test_what_failed_is_tried_again_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            visit = Visit(here, (await here.party("operator", "admin"))[1])
            page = await visit.see(HERE)
            assert "Nothing failed" in page
            assert "not yet" in page
            assert (await visit.send(f"{HERE}/1/again")).status_code == 404
            await asyncio.to_thread(make_schema, database)
            failed, doing = await queued(here, "failed", "one"), await queued(here, "doing", "two")
            async with here.as_() as context:
                await context.connection.execute(DUE)
            page = await visit.see(HERE)
            assert "1 failed" in page
            assert "6 November 2026" in page
            assert "It is tried again" in await visit.done(f"{HERE}/{failed}/again")
            assert await status_of(here, failed) == "todo"
            for number in (failed, doing, 999):
                assert (await visit.send(f"{HERE}/{number}/again")).status_code == 404

    run(work())


def test_what_waits_already_is_not_queued_twice(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            visit = Visit(here, (await here.party("operator", "admin"))[1])
            await asyncio.to_thread(make_schema, database)
            failed, waits = [await queued(here, status, "log") for status in ("failed", "todo")]
            await visit.done(f"{HERE}/{failed}/again")
            assert [await status_of(here, one) for one in (failed, waits)] == ["cancelled", "todo"]

    run(work())


def test_only_admins_see_the_queue(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            await Visit(here, (await here.party("operator", "support"))[1]).see(HERE, 403)

    run(work())
