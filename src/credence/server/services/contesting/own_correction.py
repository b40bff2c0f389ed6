"""Corrections without a dispute: a furnisher's of what it sent, and the bureau's."""

from collections.abc import Mapping
from dataclasses import dataclass

from credence.errors import ConflictError, NoSuchThingError
from credence.server.services.contesting import answering, corrections, rows, tombstones
from credence.server.services.contesting.corrections import LOG_ID, Fix
from credence.server.services.contesting.rows import Row, Target
from credence.server.services.context import Context
from credence.server.services.people import messages, person_of
from credence.server.state import State

CORRECTED = """
SELECT correction_id FROM corrections WHERE person_id = $1 AND furnisher = $2 AND event_id = $3 LIMIT 1
"""


@dataclass(frozen=True)
class Own:
    """An event that is wrong: of whom, whose, its id, and what it should be; None where it is taken back."""

    person: str
    furnisher: str | None
    event_id: str
    replacement: Mapping[str, object] | None


async def make(context: Context, state: State, own: Own) -> str:
    """Correct an event by its furnisher, or a reviewer; return the correction's id.

    Raises:
        NoSuchThingError: There is no such person, or event of theirs, that they may correct.
        ConflictError: It was corrected already.
        InvalidRequestError: The replacement is refused.
    """
    by_furnisher = context.actor.kind == "furnisher"
    furnisher = context.actor.id if by_furnisher else own.furnisher or context.settings.bureau
    person = await person_of(context, context.actor.id, own.person) if by_furnisher else own.person
    system = await context.as_system()
    log_id = await system.connection.fetchval(LOG_ID, person)
    done = await system.connection.fetchval(CORRECTED, person, furnisher, own.event_id)
    await context.back()
    strange = by_furnisher and own.furnisher not in (None, furnisher)
    if person is None or log_id is None or strange:
        what = "event"
        raise NoSuchThingError(what, own.event_id)
    if done is not None:
        why = f"The event was corrected already, by '{done}'. Correct what replaced it."
        raise ConflictError(why)
    target, bureau = Target(log_id, furnisher, own.event_id), context.settings.bureau
    if own.replacement is None:
        row = rows.retracts(bureau, target, f"{furnisher}/{own.event_id}", context.now)
    else:
        row = rows.replaces(furnisher if by_furnisher else bureau, target, own.replacement)
    fix = Fix(furnisher, own.event_id, row, "furnisher" if by_furnisher else "bureau")
    made = await corrections.correct(context, state, person, fix)
    await answering.corrected(context, state, (person, log_id), (fix, made))
    return made


async def certify(context: Context, person: str, event: Row) -> None:
    """Take a furnisher's word that an event which was taken back is right; the person is told.

    Raises:
        NoSuchThingError: It knows no such person.
    """
    person_id = await person_of(context, context.actor.id, person)
    if person_id is None:
        what = "person"
        raise NoSuchThingError(what, person)
    system = await context.as_system()
    log_id = await system.connection.fetchval(LOG_ID, person_id)
    await context.back()
    await tombstones.certify(context, context.actor.id, [event | {"person_id": log_id}])
    await messages.tell(context, person_id, "correction.certified")
