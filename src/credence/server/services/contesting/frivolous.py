"""The finding that there is nothing to look into: why and what is missing is told, and nothing is lost.

Where the law knows no such finding there is none. Whoever sends what is missing disputes anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from credence.errors import ConflictError, InvalidRequestError
from credence.server.services import audit
from credence.server.services.contesting import answering, finding, moved, rows, steps
from credence.server.services.contesting.answering import ANSWERED
from credence.server.services.contesting.corrections import LOG_ID
from credence.server.services.contesting.finding import Found
from credence.server.services.contesting.rules.clocks import clock_named
from credence.server.services.contesting.rules.reasons import FRIVOLOUS
from credence.server.services.context import Context
from credence.server.services.people import messages, vault
from credence.server.services.reading.statements import today
from credence.server.state import State

OUTCOME = "frivolous"
LACKS = "UPDATE disputes SET lacks = $2 WHERE dispute_id = $1"


@dataclass(frozen=True)
class Frivolous:
    """Why a dispute is not looked into, one of `FRIVOLOUS`, and what is missing, a sentence each."""

    reason: str
    missing: Sequence[str]


async def find(context: Context, state: State, dispute_id: str, found: Frivolous) -> None:
    """Close a dispute as frivolous, by a reviewer: what was suspended counts again.

    Raises:
        NoSuchThingError: There is no such dispute.
        ConflictError: It is closed, or somebody has answered in part: then there is something in it.
        InvalidRequestError: The law whose clock holds knows no such finding.
        ErasedError: The person was erased.
    """
    dispute = await finding.one(context, dispute_id, locked=True)
    items = await finding.items(context, dispute_id)
    if dispute["state"] != "open" or any(item["answer"] is not None for item in items):
        why = "This dispute was answered, at least in part: answer what is left of it."
        raise ConflictError(why)
    clock = clock_named(dispute["clock"])
    if clock.frivolous is None:
        why = f"'{clock.title}' knows no such finding: every dispute is looked into."
        raise InvalidRequestError(why)
    told_by = clock.frivolous.after(today(context, state.log), clock.where)
    said = msgspec.json.encode({"reason": found.reason, "missing": found.missing})
    sealed = await vault.seal(context, state.keys, dispute["person_id"], f"lacks:{dispute_id}", said)
    await context.connection.execute(LACKS, dispute_id, sealed)
    await _let_be(context, state, dispute, items)
    await answering.close(context, dispute, OUTCOME, told_by)
    await steps.add(context, dispute, OUTCOME, reason=found.reason)
    about = {"person": dispute["person_id"], "dispute": dispute_id}
    await audit.record(context, "dispute.frivolous", **about, reason=found.reason)
    await messages.tell(context, dispute["person_id"], "dispute.frivolous", dispute=dispute_id)


async def _let_be(context: Context, state: State, dispute: Found, items: Sequence[Found]) -> None:
    """What was contested stays as it is, and counts again where it did not meanwhile."""
    system = await context.as_system()
    log_id = str(await system.connection.fetchval(LOG_ID, dispute["person_id"]))
    released = []
    for item in items:
        await system.connection.execute(ANSWERED, item["item_id"], OUTCOME, context.now, None, None)
        if item["suspended_at"] is not None:
            target = rows.target_of(log_id, item)
            released.append(rows.releases(context.settings.bureau, target, item, context.now))
    await context.back()
    whose = dispute["person_id"], log_id
    await moved.by_marks(context, state, whose, released, dispute["dispute_id"])


async def shown(context: Context, state: State, dispute: Found) -> dict[str, Any] | None:
    """Why a dispute was not looked into, in words, and what is missing; None where it was."""
    if dispute["lacks"] is None:
        return None
    what = f"lacks:{dispute['dispute_id']}"
    said = await vault.unseal(context, state.keys, dispute["person_id"], what, dispute["lacks"])
    found = msgspec.json.decode(said, type=dict[str, Any])
    return found | {"sentence": FRIVOLOUS[found["reason"]]}
