"""Runs that two operators let readers have are loaded for them."""

import asyncio
from datetime import datetime, timedelta

from credence.runs.published import PublishedRun, published
from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.context import SYSTEM, Context
from credence.server.services.operating import releases
from credence.server.services.reading import publications
from credence.server.state import State

EVERY = timedelta(minutes=1)


async def publish(state: State, run: PublishedRun, now: datetime) -> int:
    """Load the scores of a published run in a transaction of its own; return how many rows were added.

    Raises:
        UnavailableError: The database is not there.
        EngineError: The run's files cannot be read.
    """
    async with acting(state.pool, SYSTEM.setting) as connection:
        context = Context(SYSTEM, connection, now, new_id("req", now), state.settings)
        return await publications.publish(context, run)


async def publish_runs(state: State, now: datetime) -> int:
    """Load every approved run that readers do not have yet, the oldest first; return how many there were.

    A run that is not what was approved is left alone.

    Raises:
        RunDamagedError: A manifest cannot be read.
    """
    async with acting(state.pool, SYSTEM.setting) as connection:
        context = Context(SYSTEM, connection, now, new_id("req", now), state.settings)
        approved = await releases.approved(context)
    runs = await asyncio.to_thread(published, state.settings.runs) if approved else []
    wanted = [run for run in runs if approved.get(run.run) == run.hash]
    return sum([bool(await publish(state, run, now)) for run in wanted])
