"""Corrections among the events that furnishers send: what follows from them, once the log has them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.contesting import answering, corrections, tombstones
from credence.server.services.contesting.corrections import Fix
from credence.server.services.context import Actor, Context
from credence.server.services.furnishing.batches import Correcting
from credence.server.state import State

# Two processes that look at the same rows follow them one after another.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('corrections' || $1, 0))"
DONE = "SELECT row_key FROM corrections WHERE row_key = ANY($1)"


async def follow(state: State, now: datetime, rows: Sequence[Correcting]) -> None:
    """Do for rows that correct what is done for any correction, each person in a transaction of their own.

    The person is evaluated again, who had read a score that changed is told, and what was wrong does not come
    back without a certification. What was done before is not done again.

    Raises:
        UnavailableError: The database is not there; what is not done may be done again.
    """
    for _, some in groupby(sorted(rows, key=_whose), _whose):
        together = list(some)
        actor = Actor("furnisher", together[0].furnisher_id)
        async with acting(state.pool, actor.setting) as connection:
            context = Context(actor, connection, now, new_id("req", now), state.settings)
            await _follow(context, state, together)


def _whose(one: Correcting) -> tuple[str, str]:
    return one.log_id, one.furnisher_id


async def _follow(context: Context, state: State, together: Sequence[Correcting]) -> None:
    """What follows from the rows of one furnisher about one person."""
    person = (together[0].person_id, together[0].log_id)
    fixes = {fix.key: fix for fix in map(_fix, together)}
    system = await context.as_system()
    await system.connection.execute(LOCK, person[1])
    done = {row["row_key"] for row in await system.connection.fetch(DONE, list(fixes))}
    wanted = [(fix.furnisher, fix.event_id) for key, fix in fixes.items() if key not in done]
    contents = await tombstones.contents_of(state, person[1], wanted) if wanted else {}
    await tombstones.lay(system, contents)
    await context.back()
    new = [fix for key, fix in fixes.items() if key not in done and (fix.furnisher, fix.event_id) in contents]
    if new:
        made = await corrections.follow(context, state, person, new)
        for fix, correction in zip(new, made, strict=True):
            await answering.corrected(context, state, person, (fix, correction))


def _fix(one: Correcting) -> Fix:
    event_id = str(one.row.get("replaces") or one.row.get("retracts"))
    return Fix(one.furnisher_id, event_id, one.row, "furnisher")
