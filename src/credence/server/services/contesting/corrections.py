"""Corrections: an event is taken back or replaced, and whoever had read a score that it changed is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from credence.errors import NoSuchThingError
from credence.events.keys import event_key
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.contesting import moved, outbox, readers, replacing, tombstones
from credence.server.services.contesting.moved import Moved
from credence.server.services.contesting.rows import Row, Target
from credence.server.services.context import Context
from credence.server.services.people import messages
from credence.server.services.reading.cards import concerning
from credence.server.services.reading.named import names_of
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
                         dispute_id, row_key, moved)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)
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

    @property
    def key(self) -> int:
        """The key of the row in the log."""
        return event_key(str(self.row["furnisher"]), str(self.row["event_id"]))


async def correct(context: Context, state: State, person_id: str, fix: Fix) -> str:
    """Correct an event, evaluate the person again at once, and tell who had read what it changed.

    Sending the same correction again does no harm to the log.

    Raises:
        InvalidRequestError: The log refuses the row, or an event cannot be replaced by it.
        NoSuchThingError: There is no such event of the person's.
    """
    system = await context.as_system()
    log_id = str(await system.connection.fetchval(LOG_ID, person_id))
    contents = await tombstones.contents_of(state, log_id, [(fix.furnisher, fix.event_id)])
    if not contents:
        what = "event"
        raise NoSuchThingError(what, fix.event_id)
    more = await replacing.held_to(system, state, Target(log_id, fix.furnisher, fix.event_id), fix.row)
    await moved.send(system, state, [fix.row, *more], replacing.PLACE)
    await tombstones.lay(system, contents)
    await context.back()
    (made,) = await follow(context, state, (person_id, log_id), [fix])
    return made


async def follow(context: Context, state: State, person: tuple[str, str], fixes: Sequence[Fix]) -> list[str]:
    """What follows from rows that correct, once the log has them; return the corrections' ids.

    Args:
        context: The context.
        state: The state.
        person: The person, and the person in the log.
        fixes: Corrections that came at once; what they change, they change together.
    """
    person_id = person[0]
    system = await context.as_system()
    changed = await _changed(system, state, person, fixes)
    scores = [one for one in changed[0] if one.old != one.new]
    made = [await _note(system, person_id, fix, scores) for fix in fixes]
    await moved.keep(system, state, (person_id, made[0]), changed)
    await _tell(system, (person_id, made), changed[0], today(system, state.log))
    await context.back()
    for correction, fix in zip(made, fixes, strict=True):
        said = {"correction": correction, "cause": fix.cause}
        await audit.record(context, "event.corrected", person=person_id, **said)
    await messages.tell(context, person_id, "correction.made", correction=made[0])
    return made


async def _changed(
    system: Context, state: State, person: tuple[str, str], fixes: Sequence[Fix]
) -> tuple[list[Moved], datetime]:
    """The scores that rows change: those that were told, and today's of every scorecard that is run."""
    person_id, log_id = person
    run = await concerning(system, person_id)
    rows = await system.connection.fetch(TOLD, person_id)
    told = {(row["scorecard"], row["as_of"]) for row in rows if row["scorecard"] in run}
    told |= {(name, today(system, state.log)) for name in run}
    return await moved.compared(system, state, (log_id, {fix.key for fix in fixes}), told)


async def _note(system: Context, person_id: str, fix: Fix, changed: list[Moved]) -> str:
    correction = new_id("cor", system.now)
    replaced_by = fix.row["event_id"] if "replaces" in fix.row else None
    said = msgspec.json.encode(changed).decode()
    await system.connection.execute(
        INSERT, correction, person_id, system.now, fix.cause, fix.furnisher, fix.event_id, replaced_by,
        fix.dispute_id, fix.key, said,
    )  # fmt: skip
    return correction


async def _tell(
    system: Context, whose: tuple[str, Sequence[str]], changed: Sequence[Moved], day: date
) -> None:
    """Tell each partner who had read a score that changed, or may ask for it as it is today.

    Of the events themselves those are told who had seen the lines of a score that rests on others now.
    """
    seen: set[str] = set()
    person_id, made = whose
    for one in changed:
        rows = await system.connection.fetch(READERS, person_id, one.scorecard, one.as_of)
        told = {row["partner_id"] for row in rows}
        told |= await readers.may_ask(system, person_id, one.scorecard) if one.as_of == day else set()
        for partner in sorted(told) if one.old != one.new else ():
            ids = {"scorecard": one.scorecard, "as_of": str(one.as_of), "correction_id": made[0]}
            await outbox.add(system, "score.changed", partner, person_id, **ids)
        seen |= {row["partner_id"] for row in rows if row["lines"]}
    for partner in sorted(seen):
        for correction in made:
            await outbox.add(system, "event.corrected", partner, person_id, correction_id=correction)


async def read(context: Context, after: str | None, limit: int) -> list[dict[str, Any]]:
    """The corrections of the person who asks, the latest first, from the one after `after` on."""
    rows = await context.connection.fetch(READ, context.actor.id, after or LATEST, limit)
    names = await names_of(context, [row["furnisher"] for row in rows])
    return [_shown(row) | {"furnisher_name": names[row["furnisher"]]} for row in rows]


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {"moved": msgspec.json.decode(row["moved"])}
