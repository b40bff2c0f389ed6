"""Runs the jobs on procrastinate: each when it is due, never twice at once, by however many processes.

Procrastinate says when and where; what a job does depends on the time that it is given, which is the clock's.
"""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from time import perf_counter

import procrastinate
import psycopg

from credence.server.database.queue import SCHEMA
from credence.server.jobs import Job
from credence.server.state import State

logger = logging.getLogger("credence.jobs")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# How long until the worker tries again after the database was not there.
AGAIN = 5.0


def cron(every: timedelta) -> str:
    """When a job is due, as cron says it: every so many minutes, hours or days.

    A span that is no whole part of an hour or a day is cut to one that is not longer.
    """
    if every >= DAY:
        return f"7 3 */{every // DAY} * *" if every >= 2 * DAY else "7 3 * * *"
    if every >= HOUR:
        return f"3 */{every // HOUR} * * *"
    return f"*/{every // MINUTE} * * * *"


def tasks(state: State, url: str, jobs: Iterable[Job]) -> procrastinate.App:
    """The jobs as procrastinate knows them."""
    options = f"-c search_path={SCHEMA} -c role=credence_app"
    connector = procrastinate.PsycopgConnector(
        conninfo=url, kwargs={"options": options}, min_size=1, max_size=3, timeout=5
    )
    app = procrastinate.App(connector=connector)
    for job in jobs:
        _add(app, state, job)
    return app


def _add(app: procrastinate.App, state: State, job: Job) -> None:
    @app.periodic(cron=cron(job.every))
    @app.task(name=job.name, queueing_lock=job.name, lock=job.name, pass_context=False)
    async def work(timestamp: int) -> None:
        del timestamp  # when it was due; what counts is when it is done
        await carry_out(state, job)


async def carry_out(state: State, job: Job) -> int:
    """Do a job now, and note how much was done."""
    begun = perf_counter()
    done = await job.work(state, state.clock())
    facts = {"job": job.name, "done": done, "ms": round((perf_counter() - begun) * 1e3, 1)}
    logger.log(logging.INFO if done else logging.DEBUG, "job", extra={"facts": facts})
    return done


async def work_on(state: State, url: str, jobs: Iterable[Job]) -> None:
    """Do the jobs whenever they are due, until this is cancelled; go on when the database is there again.

    What is due more often than every minute is done by a loop of this process: to be queued would cost more
    than to look, and to be done twice at once does no harm.
    """
    known = list(jobs)
    async with asyncio.TaskGroup() as group:
        for job in known:
            if job.every < MINUTE:
                group.create_task(_again_and_again(state, job))
        group.create_task(_queue(state, url, [job for job in known if job.every >= MINUTE]))


async def _again_and_again(state: State, job: Job) -> None:
    while True:
        try:
            await carry_out(state, job)
        except Exception:
            logger.exception("job %s failed, and is tried again", job.name)
            await asyncio.sleep(AGAIN)
        await asyncio.sleep(job.every.total_seconds())


async def _queue(state: State, url: str, jobs: Iterable[Job]) -> None:
    while True:
        with suppress(procrastinate.exceptions.ConnectorException, OSError, psycopg.Error):
            app = tasks(state, url, jobs)
            async with app.open_async():
                await app.run_worker_async(
                    install_signal_handlers=False, delete_jobs="successful", concurrency=2,
                    shutdown_graceful_timeout=10,
                )  # fmt: skip
        logger.warning("the worker lost the database, and tries again")
        await asyncio.sleep(AGAIN)
