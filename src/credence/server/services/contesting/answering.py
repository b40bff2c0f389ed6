"""Answers: what is contested is verified, modified or deleted; the last answer decides the dispute."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from credence.errors import ConflictError, InvalidRequestError, NoSuchThingError
from credence.server.services import audit
from credence.server.services.contesting import corrections, finding, moved, readers, rows, steps
from credence.server.services.contesting.corrections import LOG_ID, Fix
from credence.server.services.contesting.finding import Found
from credence.server.services.contesting.rules.clocks import clock_named, results_by
from credence.server.services.context import Context
from credence.server.services.people import messages, vault
from credence.server.services.reading.statements import today
from credence.server.state import State

Outcome = Literal["verified", "modified", "deleted", "unverifiable", "silence", "withdrawn"]
GONE = ("deleted", "unverifiable", "silence")
APPEAL = "This was found right before. A reviewer decides whether it stays; you can correct or delete it."
NO_LOOK = "A look at scores is found to be right, or it is not; there is nothing to put in its place."
ANSWERED = """
UPDATE dispute_items SET answer = $2, answered_at = $3, told = $4, correction_id = $5 WHERE item_id = $1
"""
WAITS = """
SELECT * FROM dispute_items WHERE person_id = $1 AND furnisher = $2 AND event_id = $3 AND answer IS NULL
"""
CLOSE = """
UPDATE disputes SET state = 'closed', outcome = $2, closed_at = $3, results_by = $4 WHERE dispute_id = $1
"""


@dataclass(frozen=True)
class Answer:
    """What somebody found about a contested event.

    Attributes:
        outcome: What came of it.
        replacement: The event as it should be, where it is modified: its event_id, kind, occurred_at, fields.
        checked: What was looked at, one sentence each.
        note: What else there is to say to the person.
    """

    outcome: Outcome
    replacement: Mapping[str, object] | None = None
    checked: tuple[str, ...] = ()
    note: str = ""


async def answer(context: Context, state: State, named: tuple[str, str], given: Answer) -> str:
    """Answer for one contested event, by its furnisher or a reviewer; return the state of the dispute.

    Args:
        context: The context of the request.
        state: The state.
        named: The dispute and the item.
        given: The answer.

    Raises:
        NoSuchThingError: There is no such dispute or item that waits for them.
        ConflictError: It is answered already, or was found right before, so that a reviewer decides.
        InvalidRequestError: A replacement is missing, is not needed, or is refused.
    """
    dispute = await finding.one(context, named[0], locked=True)
    item = await _item(context, *named)
    _check(context, item, given)
    log_id = str(await (await context.as_system()).connection.fetchval(LOG_ID, dispute["person_id"]))
    await context.back()
    await settle(context, state, (log_id, dispute, item), given)
    return "closed" if await close_if_done(context, state, dispute) else "open"


async def _item(context: Context, dispute_id: str, item_id: str) -> Found:
    """An item that waits for whoever asks: its furnisher sees its own alone."""
    found = [row for row in await finding.items(context, dispute_id) if row["item_id"] == item_id]
    if not found:
        what = "item"
        raise NoSuchThingError(what, item_id)
    if found[0]["answer"] is not None:
        why = f"This was answered already: {found[0]['answer']}."
        raise ConflictError(why)
    return found[0]


def _check(context: Context, item: Found, given: Answer) -> None:
    if item["appeal"] and context.actor.kind == "furnisher" and given.outcome == "verified":
        raise ConflictError(APPEAL)
    if item["inquiry_id"] is not None and given.outcome == "modified":
        raise InvalidRequestError(NO_LOOK, {"/outcome": NO_LOOK})
    if (given.outcome == "modified") == (given.replacement is not None):
        return
    why = "Send the event as it should be, as `replacement`, with the outcome `modified` and no other."
    raise InvalidRequestError(why, {"/replacement": why})


async def settle(context: Context, state: State, what: tuple[str, Found, Found], given: Answer) -> None:
    """Write down an answer for an item, and do what it says to the log."""
    correction = None
    # A look at scores is no event of the log: what is found of it stands with the look.
    if what[2]["inquiry_id"] is None and (given.outcome == "modified" or given.outcome in GONE):
        correction = await corrections.correct(
            context, state, what[1]["person_id"], _fix(context, what, given)
        )
    await _conclude(context, state, (*what, correction), given)


async def corrected(context: Context, state: State, person: tuple[str, str], made: tuple[Fix, str]) -> None:
    """Answer for an event that is contested where its furnisher has corrected it without being asked.

    Args:
        context: The context, of the furnisher.
        state: The state.
        person: The person, and the person in the log.
        made: The correction, and its id.
    """
    fix, correction = made
    system, named = await context.as_system(), (person[0], fix.furnisher, fix.event_id)
    waits = await system.connection.fetchrow(WAITS, *named)
    dispute = waits and await finding.one(system, waits["dispute_id"], locked=True)
    # Somebody may have answered before the dispute was locked.
    item = dispute and await system.connection.fetchrow(WAITS, *named)
    await context.back()
    if dispute is None or item is None:
        return
    given = Answer("modified" if "replaces" in fix.row else "deleted")
    await _conclude(context, state, (person[1], dispute, item, correction), given)
    await close_if_done(context, state, dispute)


async def _conclude(
    context: Context, state: State, what: tuple[str, Found, Found, str | None], given: Answer
) -> None:
    """Write an answer down, whose correction is made; what was suspended is no more."""
    log_id, dispute, item, correction = what
    if item["suspended_at"] is not None:
        released = rows.releases(context.settings.bureau, rows.target_of(log_id, item), item, context.now)
        whose = dispute["person_id"], log_id
        await moved.by_marks(context, state, whose, [released], dispute["dispute_id"])
    await _write(context, state, (dispute, item, correction), given)
    details = {"item": item["item_id"], "outcome": given.outcome, "by": context.actor.kind}
    await steps.add(context, dispute, "silence" if given.outcome == "silence" else "answered", **details)
    await audit.record(
        context, "dispute.answered", person=dispute["person_id"], dispute=dispute["dispute_id"], **details
    )


async def _write(
    context: Context, state: State, what: tuple[Found, Found, str | None], given: Answer
) -> None:
    dispute, item, correction = what
    told = None
    if given.checked or given.note:
        said = msgspec.json.encode({"checked": given.checked, "note": given.note})
        told = await vault.seal(context, state.keys, dispute["person_id"], f"answer:{item['item_id']}", said)
    system = await context.as_system()
    await system.connection.execute(ANSWERED, item["item_id"], given.outcome, context.now, told, correction)
    await context.back()


def _fix(context: Context, what: tuple[str, Found, Found], given: Answer) -> Fix:
    log_id, dispute, item = what
    target, bureau = rows.target_of(log_id, item), context.settings.bureau
    if given.replacement is None:
        row = rows.retracts(bureau, target, item["item_id"], context.now)
    else:
        by = target.furnisher if context.actor.kind == "furnisher" else bureau
        row = rows.replaces(by, target, given.replacement)
    cause = "silence" if given.outcome == "silence" else "dispute"
    return Fix(target.furnisher, target.event_id, row, cause, dispute["dispute_id"])


async def close_if_done(context: Context, state: State, dispute: Found) -> bool:
    """Decide a dispute whose every item is answered; whether that was so."""
    system = await context.as_system()
    answers = [item["answer"] for item in await finding.items(system, dispute["dispute_id"])]
    await context.back()
    if None in answers:
        await messages.tell(context, dispute["person_id"], "dispute.answered", dispute=dispute["dispute_id"])
        return False
    by = results_by(clock_named(dispute["clock"]), today(context, state.log))
    outcome = outcome_of(answers)
    await close(context, dispute, outcome, by)
    await steps.add(context, dispute, "decided", outcome=outcome, results_by=by)
    await messages.tell(context, dispute["person_id"], "dispute.decided", dispute=dispute["dispute_id"])
    return True


async def close(context: Context, dispute: Found, outcome: str, by: object = None) -> None:
    """Close a dispute."""
    system = await context.as_system()
    await system.connection.execute(CLOSE, dispute["dispute_id"], outcome, context.now, by)
    await context.back()
    await readers.tell(context, "dispute.decided", dispute["person_id"], dispute["dispute_id"])
    await audit.record(
        context, "dispute.closed", person=dispute["person_id"], dispute=dispute["dispute_id"], outcome=outcome
    )


def outcome_of(answers: list[Any]) -> str:
    """What came of a dispute as a whole: modified where its events fared differently."""
    plain = {"deleted" if answer in GONE else answer for answer in answers}
    return plain.pop() if len(plain) == 1 else "modified"
