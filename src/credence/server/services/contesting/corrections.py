"""Corrections: an event is taken back or replaced, and whoever had read a score that it changed is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from credence.errors import NoSuchThingError
from credence.events.keys import event_key
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.contesting import marks, moved, outbox, tombstones
from credence.server.services.contesting.moved import Moved
from credence.server.services.contesting.rows import Row
from credence.server.services.context import Context
from credence.server.services.people import messages
from credence.server.services.reading.statements import today
from credence.server.state import State

LOG_ID = "SELECT log_id FROM people WHERE person_id = $1"
# Of what days scores of a person were told: by a run, or by an evaluation on demand.
TOLD = """
SELECT p.scorecard, p.as_of FROM scores s JOIN publications p USING (number) WHERE s.person_id = $1
UNION SELECT scorecard, as_of FROM evaluations WHERE person_id = $1
"""
INSERT = """
INSERT INTO corrections (correction_id, person_id, made_at, cause, furnisher, event_id, replaced_by,
                         dispute_id, moved)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)
"""
READERS = """
SELECT DISTINCT partner_id, level = 'statement' AS lines FROM inquiries
WHERE person_id = $1 AND partner_id IS NOT NULL AND scorecard = $2 AND as_of = $3
ORDER BY partner_id, lines
"""
READ = """
SELECT correction_id, made_at, cause, furnisher, event_id, replaced_by, dispute_id, moved FROM corrections
WHERE person_id = $1 AND correction_id < $2 ORDER BY correction_id DESC LIMIT $3
"""
# Later than every id: the pages begin with the latest.
LATEST = "cor_~"


@dataclass(frozen=True)
class Fix:
    """One correction: the event that was wrong, the row that says so, and why.

    Attributes:
        furnisher: Whose event it is, as the log names it.
        event_id: Its id.
        row: The row that retracts or replaces it, as the log takes it.
        cause: dispute, silence, furnisher or bureau.
        dispute_id: The dispute that it comes of.
    """

    furnisher: str
    event_id: str
    row: Row
    cause: str
    dispute_id: str | None = None


async def correct(context: Context, state: State, person_id: str, fix: Fix) -> str:
    """Correct an event, evaluate the person again at once, and tell who had read what it changed.

    Sending the same correction again does no harm to the log.

    Raises:
        InvalidRequestError: The log refuses the row.
        NoSuchThingError: There is no such event of the person's.
    """
    system = await context.as_system()
    log_id = str(await system.connection.fetchval(LOG_ID, person_id))
    content = await tombstones.content_of(state, log_id, fix.furnisher, fix.event_id)
    if content is None:
        what = "event"
        raise NoSuchThingError(what, fix.event_id)
    await marks.send(system, state, [fix.row], "/replacement")
    await tombstones.lay(system, fix.furnisher, content)
    await context.back()
    return await follow(context, state, (person_id, log_id), fix)


async def follow(context: Context, state: State, person: tuple[str, str], fix: Fix) -> str:
    """What follows from a row that corrects, once the log has it; return the correction's id.

    Args:
        context: The context.
        state: The state.
        person: The person, and the person in the log.
        fix: The correction, whose row the log has.
    """
    person_id = person[0]
    system = await context.as_system()
    changed = await _changed(system, state, person, fix)
    correction = await _keep(system, state, (person_id, fix), changed)
    await _tell(system, person_id, correction, changed[0])
    await context.back()
    await audit.record(context, "event.corrected", person=person_id, correction=correction, cause=fix.cause)
    await messages.tell(context, person_id, "correction.made", correction=correction)
    return correction


async def _changed(
    system: Context, state: State, person: tuple[str, str], fix: Fix
) -> tuple[list[Moved], datetime]:
    """The scores that the row changes: those that were told, and today's of every scorecard that is run."""
    person_id, log_id = person
    run = system.settings.scorecards
    rows = await system.connection.fetch(TOLD, person_id)
    told = {(row["scorecard"], row["as_of"]) for row in rows if row["scorecard"] in run}
    told |= {(name, today(system, state.log)) for name in run}
    key = event_key(str(fix.row["furnisher"]), str(fix.row["event_id"]))
    return await moved.compared(system, state, (log_id, key), told)


async def _keep(
    system: Context, state: State, whose: tuple[str, Fix], changed: tuple[list[Moved], datetime]
) -> str:
    person_id, fix = whose
    correction = new_id("cor", system.now)
    replaced_by = fix.row["event_id"] if "replaces" in fix.row else None
    said = msgspec.json.encode(changed[0]).decode()
    await system.connection.execute(
        INSERT, correction, person_id, system.now, fix.cause, fix.furnisher, fix.event_id, replaced_by,
        fix.dispute_id, said,
    )  # fmt: skip
    await moved.keep(system, state, (person_id, correction), changed)
    return correction


async def _tell(system: Context, person_id: str, correction: str, changed: list[Moved]) -> None:
    """Tell each partner who had read a score that changed; of the event, those who had seen its lines."""
    seen: set[str] = set()
    for one in changed:
        rows = await system.connection.fetch(READERS, person_id, one.scorecard, one.as_of)
        for partner in sorted({row["partner_id"] for row in rows}):
            ids = {"scorecard": one.scorecard, "as_of": str(one.as_of), "correction_id": correction}
            await outbox.add(system, "score.changed", partner, person_id, **ids)
        seen |= {row["partner_id"] for row in rows if row["lines"]}
    for partner in sorted(seen):
        await outbox.add(system, "event.corrected", partner, person_id, correction_id=correction)


async def read(context: Context, after: str | None, limit: int) -> list[dict[str, Any]]:
    """The corrections of the person who asks, the latest first, from the one after `after` on."""
    rows = await context.connection.fetch(READ, context.actor.id, after or LATEST, limit)
    return [_shown(row) for row in rows]


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {"moved": msgspec.json.decode(row["moved"])}
