"""People are told once more, shortly before an event against them begins to count."""

from datetime import datetime

from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.context import SYSTEM, Context
from credence.server.services.furnishing import notices
from credence.server.state import State


async def remind(state: State, now: datetime) -> int:
    """Tell whoever an event begins to count against in some days; return how many were told."""
    async with acting(state.pool, SYSTEM.setting) as connection:
        return await notices.remind(Context(SYSTEM, connection, now, new_id("req", now), state.settings))
