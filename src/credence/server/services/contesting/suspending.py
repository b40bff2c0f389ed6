"""What is contested stops counting; where a dispute was never kept after all, it counts again.

The log takes a mark before the database keeps the dispute. Whatever stops the bureau between the two would
leave an event that no dispute could ever release, so that each mark is noted first, in a transaction of its
own, and the note is gone with the transaction that keeps the dispute.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from credence.server.database.pool import acting
from credence.server.services.contesting import moved, rows, steps
from credence.server.services.context import SYSTEM, Context
from credence.server.state import State

SUSPENDED = "UPDATE dispute_items SET suspended_at = $2 WHERE dispute_id = $1"
NOTE = """
INSERT INTO suspensions (item_id, person_id, furnisher, event_id, begun_at) VALUES ($1, $2, $3, $4, $5)
"""
KEPT = "DELETE FROM suspensions WHERE item_id = ANY($1)"
# Far longer than any request takes.
LOST_AFTER = timedelta(minutes=10)
LOST = """
SELECT s.*, s.begun_at AS suspended_at, p.log_id FROM suspensions s JOIN people p USING (person_id)
WHERE s.begun_at < $1 AND p.erased_at IS NULL ORDER BY s.item_id FOR UPDATE OF s SKIP LOCKED
"""


async def suspend(
    context: Context,
    state: State,
    whose: tuple[str, Mapping[str, Any]],
    items: Sequence[Mapping[str, Any]],
) -> None:
    """Have the log no longer count what the items of a new dispute are about.

    Args:
        context: The context, in which the dispute was written.
        state: The state.
        whose: The person in the log, and the dispute.
        items: What it is about.
    """
    log_id, dispute = whose
    bureau = context.settings.bureau
    await context.connection.execute(SUSPENDED, dispute["dispute_id"], context.now)
    await steps.add(context, dispute, "suspended")
    marked = [
        rows.suspends(bureau, rows.target_of(log_id, item), item["item_id"], context.now) for item in items
    ]
    await _note(context, state, items)
    person = context.actor.id, log_id
    await moved.by_marks(context, state, person, marked, str(dispute["dispute_id"]))
    system = await context.as_system()
    await system.connection.execute(KEPT, [item["item_id"] for item in items])
    await context.back()


async def _note(context: Context, state: State, items: Sequence[Mapping[str, Any]]) -> None:
    # One of the few other connections: to wait for one of its own kind, a request might wait for ever.
    async with acting(state.small, SYSTEM.setting) as connection:
        await connection.executemany(
            NOTE,
            [
                (item["item_id"], item["person_id"], item["furnisher"], item["event_id"], context.now)
                for item in items
            ],
        )


async def release_lost(context: Context, state: State) -> int:
    """Let events count again whose dispute was never kept; return how many. The context is the system's."""
    lost = await context.connection.fetch(LOST, context.now - LOST_AFTER)
    for item in lost:
        target = rows.target_of(str(item["log_id"]), item)
        mark = rows.releases(context.settings.bureau, target, item, context.now)
        whose = str(item["person_id"]), target.log_id
        await moved.by_marks(context, state, whose, [mark], item["item_id"])
    await context.connection.execute(KEPT, [item["item_id"] for item in lost])
    return len(lost)
