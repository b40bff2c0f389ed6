"""What need not be kept in mind any longer: replies after seven days, used assertions and proofs."""

from datetime import datetime

from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.access import idempotency, seen
from credence.server.services.context import SYSTEM, Context
from credence.server.state import State


async def forget(state: State, now: datetime) -> int:
    """Forget it; return how much that was."""
    async with acting(state.pool, SYSTEM.setting) as connection:
        context = Context(SYSTEM, connection, now, new_id("req", now), state.settings)
        return await idempotency.forget(context) + await seen.forget(context)
