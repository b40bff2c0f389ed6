"""Partners with a live consent are told of a freeze and of its end, and so is the person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.contesting import outbox
from credence.server.services.context import SYSTEM, Context
from credence.server.services.people import messages
from credence.server.services.reading.freezes import BREACH
from credence.server.state import State
from credence.server.store import freezes as sql

SET, LIFTED = "freeze.set", "freeze.lifted"


async def tell(state: State, now: datetime) -> int:
    """Tell of each freeze that was set or lifted, in a transaction of its own; return how many there were."""
    done = 0
    while True:
        async with acting(state.pool, SYSTEM.setting) as connection:
            context = Context(SYSTEM, connection, now, new_id("req", now), state.settings)
            freeze = await connection.fetchrow(sql.UNTOLD)
            if freeze is None:
                return done
            await _told(context, freeze)
        done += 1


async def _told(context: Context, freeze: Mapping[str, Any]) -> None:
    if freeze["told_at"] is None:
        await _tell(context, freeze, SET)
        await context.connection.execute(sql.TOLD, freeze["freeze_id"], context.now)
    if freeze["lifted_at"] is not None:
        await _tell(context, freeze, LIFTED)
        await context.connection.execute(sql.LIFT_TOLD, freeze["freeze_id"], context.now)


async def _tell(context: Context, freeze: Mapping[str, Any], kind: str) -> None:
    person, named = freeze["person_id"], freeze["freeze_id"]
    for row in await context.connection.fetch(sql.PARTNERS, person, context.now):
        await outbox.add(context, kind, row["partner_id"], person)
    # Of a breach everybody was told by the act itself, those who were frozen before among them.
    if (kind, freeze["why"]) != (SET, BREACH):
        await messages.tell(context, person, kind, freeze=named)
