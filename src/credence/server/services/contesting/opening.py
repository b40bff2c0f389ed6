"""Opening a dispute: its events are found, its clock starts, and where the clock says, they stop counting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from credence.errors import ConflictError
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.contesting import readers, steps, suspending
from credence.server.services.contesting.contested import Contested, Line, Named, contested
from credence.server.services.contesting.rules.clocks import Clock, clock_for, clock_named, due
from credence.server.services.context import Context
from credence.server.services.people import messages, vault
from credence.server.services.reading.statements import today
from credence.server.state import State

LOG_ID = "SELECT log_id FROM people WHERE person_id = $1"
OPEN_ALREADY = """
SELECT dispute_id FROM dispute_items
WHERE person_id = $1 AND furnisher = $2 AND event_id = $3 AND answer IS NULL
"""
FURNISHER = "SELECT furnisher_id FROM furnishers WHERE furnisher_id = $1 AND ended_at IS NULL"
INSERT = """
INSERT INTO disputes (dispute_id, person_id, clock, reason, words, scorecard, as_of, characteristic,
                      opened_at, opened_on, tell_by, remind_on, escalate_on, due_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING *
"""
ITEM = """
INSERT INTO dispute_items (item_id, dispute_id, person_id, furnisher_id, furnisher, event_id, kind,
                           inquiry_id, appeal)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $4::text IS NOT NULL AND EXISTS (
  SELECT FROM dispute_items
  WHERE person_id = $3 AND furnisher = $5 AND event_id = $6 AND answer = 'verified'
))
"""
ITEMS = "SELECT * FROM dispute_items WHERE dispute_id = $1 ORDER BY item_id"
ESCALATED = "UPDATE disputes SET escalated_at = $2 WHERE dispute_id = $1"


@dataclass(frozen=True)
class Asked:
    """What a person says is wrong: a line of a statement, an event or a look; why; and their own words."""

    what: Line | Named
    reason: str
    words: str = ""


async def open_dispute(context: Context, state: State, asked: Asked) -> str:
    """Open a dispute of the person who asks; return its id. What was found right before is for a reviewer.

    Raises:
        NoSuchThingError: There is no such line or event of theirs.
        InvalidRequestError: No event is behind the line.
        ConflictError: It is contested already.
        ErasedError: The person was erased.
    """
    log_id = str(await context.connection.fetchval(LOG_ID, context.actor.id))
    events = await contested(context, state, log_id, asked.what)
    await _check_new(context, events)
    dispute, items = await begin(context, state, asked, events)
    if any(item["appeal"] for item in items):
        await context.connection.execute(ESCALATED, dispute["dispute_id"], context.now)
        await steps.add(context, dispute, "escalated", due_on=dispute["due_on"])
    await readers.tell(context, "dispute.opened", context.actor.id, dispute["dispute_id"])
    if clock_named(dispute["clock"]).stops_counting(asked.reason):
        await suspending.suspend(context, state, (log_id, dispute), items)
    return str(dispute["dispute_id"])


async def begin(
    context: Context, state: State, asked: Asked, events: Sequence[Contested]
) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    """Write a dispute of the person who asks down, whose clock starts; return it and its items."""
    clock = clock_for(context.settings.jurisdiction, [event.kind for event in events], asked.reason)
    dispute = await _write(context, state, asked, (clock, today(context, state.log)))
    items = await _items(context, dispute, events)
    await steps.add(context, dispute, "opened", due_on=dispute["due_on"], reason=asked.reason)
    await _tell_furnishers(context, dispute, items)
    await audit.record(context, "dispute.opened", person=context.actor.id, dispute=dispute["dispute_id"])
    await messages.tell(context, context.actor.id, "dispute.opened", dispute=dispute["dispute_id"])
    return dispute, items


async def _check_new(context: Context, events: Sequence[Contested]) -> None:
    for event in events:
        found = await context.connection.fetchval(
            OPEN_ALREADY, context.actor.id, event.furnisher, event.event_id
        )
        if found is not None:
            why = f"The event '{event.furnisher}/{event.event_id}' is contested already, in '{found}'."
            raise ConflictError(why)


async def _write(context: Context, state: State, asked: Asked, when: tuple[Clock, date]) -> Mapping[str, Any]:
    clock, day = when
    days = due(clock, day)
    dispute, person, line = new_id("dis", context.now), context.actor.id, asked.what
    words = asked.words.encode()
    sealed = await vault.seal(context, state.keys, person, f"dispute:{dispute}", words) if words else None
    place = (line.scorecard, line.as_of, line.characteristic) if isinstance(line, Line) else (None,) * 3
    row = await context.connection.fetchrow(
        INSERT, dispute, person, clock.name, asked.reason, sealed, *place, context.now, day,
        days.tell_by, days.remind_on, days.escalate_on, days.due_on,
    )  # fmt: skip
    assert row is not None, "an insert that returns its row"
    return row


async def _items(
    context: Context, dispute: Mapping[str, Any], events: Sequence[Contested]
) -> list[Mapping[str, Any]]:
    system = await context.as_system()
    for number, event in enumerate(events, 1):
        furnisher = await system.connection.fetchval(FURNISHER, event.furnisher)
        names = (event.furnisher, event.event_id, event.kind, event.inquiry_id)
        # Named after the dispute, so that items stand in the order of their events.
        item = f"itm_{dispute['dispute_id'].removeprefix('dis_')}_{number:04}"
        await system.connection.execute(
            ITEM, item, dispute["dispute_id"], context.actor.id, furnisher, *names
        )
    items = await system.connection.fetch(ITEMS, dispute["dispute_id"])
    await context.back()
    return items


async def _tell_furnishers(
    context: Context, dispute: Mapping[str, Any], items: Sequence[Mapping[str, Any]]
) -> None:
    """Whoever sent an event finds the dispute waiting from now on; the rest is for the bureau's reviewers."""
    if any(item["furnisher_id"] is not None for item in items):
        await steps.add(context, dispute, "furnisher_told", tell_by=dispute["tell_by"])
    if any(item["furnisher_id"] is None for item in items):
        await steps.add(context, dispute, "bureau_took_up")
