"""A dispute as it is shown to whoever may see it: the person all of it, others what they need to answer."""

from collections.abc import Mapping
from typing import Any

import msgspec

from credence.server.services.contesting import finding, frivolous, own_steps, steps
from credence.server.services.contesting.finding import Found
from credence.server.services.contesting.rules.clocks import clock_named
from credence.server.services.contesting.rules.reasons import EVERY
from credence.server.services.context import Context
from credence.server.services.people import known_as, vault
from credence.server.services.reading.named import names_of
from credence.server.state import State

SEEN = """
UPDATE dispute_items SET seen_at = $3 WHERE dispute_id = $1 AND furnisher_id = $2 AND seen_at IS NULL
RETURNING item_id
"""
SHOWN = (
    "dispute_id", "state", "outcome", "reason", "opened_at", "tell_by", "due_on", "results_by", "extended",
    "reminded_at", "escalated_at", "closed_at",
)  # fmt: skip
OF_ITEM = (
    "item_id", "furnisher", "event_id", "kind", "seen_at", "answer", "answered_at", "correction_id",
    "inquiry_id", "appeal",
)  # fmt: skip
IF_SILENT = "What has no answer on {due_on} is deleted."


async def shown(context: Context, state: State, dispute: Found) -> dict[str, Any]:
    """A dispute for whoever asks, who has been found to be one who may see it.

    A furnisher sees its own events, what the person said of them, and the files; that it looked is a step
    that the person sees.
    """
    dispute_id, kind = dispute["dispute_id"], context.actor.kind
    if kind == "furnisher":
        await _note_seen(context, dispute)
    items = await finding.items(context, dispute_id)
    said = {name: dispute[name] for name in SHOWN}
    said |= _in_words(dispute)
    said |= {"person": await _person(context, dispute)}
    said |= {"text": await own_steps.words_of(context, state, dispute)}
    names = await names_of(context, [item["furnisher"] for item in items])
    said |= {
        "items": [
            await _item(context, state, dispute, item) | {"furnisher_name": names[item["furnisher"]]}
            for item in items
        ]
    }
    said |= {"files": [dict(row) for row in await finding.files(context, dispute_id)]}
    said |= {"timeline": await steps.read(context, dispute_id)}
    said |= {"frivolous": await frivolous.shown(context, state, dispute)}
    return said | {"statement": await _statement(context, state, dispute)}


def _in_words(dispute: Found) -> dict[str, Any]:
    reason = EVERY[dispute["reason"]]
    line = {name: dispute[name] for name in ("scorecard", "as_of", "characteristic")}
    return {
        "reason_title": reason.title,
        "reason_code": reason.code,
        "clock": clock_named(dispute["clock"]).title,
        "line": line if dispute["scorecard"] is not None else None,
        "if_silent": IF_SILENT.format(due_on=dispute["due_on"]) if dispute["state"] == "open" else "",
    }


async def _note_seen(context: Context, dispute: Found) -> None:
    found = await context.connection.fetchval(SEEN, dispute["dispute_id"], context.actor.id, context.now)
    if found is not None:
        await steps.add(context, dispute, "furnisher_looked")


async def _person(context: Context, dispute: Found) -> str | None:
    """The id under which whoever asks knows the person."""
    if context.actor.kind == "furnisher":
        return await known_as(context, context.actor.id, dispute["person_id"])
    return str(dispute["person_id"]) if context.actor.kind == "operator" else None


async def _item(context: Context, state: State, dispute: Found, item: Mapping[str, Any]) -> dict[str, Any]:
    told = {"checked": [], "note": ""}
    if item["told"] is not None:
        what = f"answer:{item['item_id']}"
        told = msgspec.json.decode(
            await vault.unseal(context, state.keys, dispute["person_id"], what, item["told"])
        )
    counts = item["suspended_at"] is None or item["answer"] in ("verified", "withdrawn", "frivolous")
    return {name: item[name] for name in OF_ITEM} | told | {"counts": counts}


async def _statement(context: Context, state: State, dispute: Found) -> str:
    if dispute["statement"] is None:
        return ""
    what = f"statement:{dispute['dispute_id']}"
    sealed = dispute["statement"]
    return (await vault.unseal(context, state.keys, dispute["person_id"], what, sealed)).decode()
