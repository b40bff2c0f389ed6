"""Reviews that nobody has answered: reviewers are reminded, then those who lead them, then it is late."""

from datetime import datetime

from credence.server.database.pool import Connection, acting
from credence.server.ids import new_id
from credence.server.services.context import SYSTEM, Context
from credence.server.services.deciding import unanswered
from credence.server.state import State


async def remind_and_pass_on(state: State, now: datetime) -> int:
    """Do what is due for each review without an answer, in a transaction of its own; return for how many.

    Silence does not decide for anybody: what a person asked for stays open until somebody answers.
    """
    async with acting(state.pool, SYSTEM.setting) as connection:
        names = await unanswered.due(_context(state, connection, now))
    done = 0
    for name in names:
        async with acting(state.pool, SYSTEM.setting) as connection:
            done += await unanswered.advance(_context(state, connection, now), name)
    return done


def _context(state: State, connection: Connection, now: datetime) -> Context:
    return Context(SYSTEM, connection, now, new_id("req", now), state.settings)
