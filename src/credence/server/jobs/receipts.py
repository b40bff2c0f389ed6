"""What furnishers sent goes into the log; receipts and the log's loose files are put away in time."""

from datetime import datetime

from credence.events.upkeep import compact
from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.jobs import corrections
from credence.server.services.contesting import tombstones
from credence.server.services.context import SYSTEM, Context
from credence.server.services.furnishing import draining, importing, log_writer, receipts
from credence.server.services.furnishing.batches import Beyond
from credence.server.state import State

BEYOND = Beyond(tombstones.refuses, corrections.follow)


async def take(state: State, now: datetime) -> int:
    """Take what waits into the log; return how many rows were looked at."""
    return await draining.drain(state, now, BEYOND)


async def take_files(state: State, now: datetime) -> int:
    """Take files that wait into the log; return how many there were."""
    return await importing.take(state, now, BEYOND)


async def forget(state: State, now: datetime) -> int:
    """Forget receipts that were done long ago; return how many."""
    async with acting(state.pool, SYSTEM.setting) as connection:
        return await receipts.forget(Context(SYSTEM, connection, now, new_id("req", now), state.settings))


async def tidy(state: State, now: datetime) -> int:
    """Move what was taken since into the log's sorted files; return how many files there were."""
    return await log_writer.writing(state, lambda log: compact(log, now))
