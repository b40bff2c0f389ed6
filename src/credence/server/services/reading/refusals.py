"""Questions that a freeze refused: told nothing, and seen by the person all the same."""

from collections.abc import Mapping
from typing import Any

from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.store import inquiries as sql

NAMED = ("person_id", "partner_id", "purpose", "level", "scorecard", "consent_id")


async def record(context: Context, refused: Mapping[str, str]) -> None:
    """Keep what was refused.

    Args:
        context: The context of whoever asked, in a transaction of its own: the question's was undone.
        refused: What `FrozenError` says of the question.
    """
    inquiry, said = new_id("inq", context.now), [refused[name] for name in NAMED]
    system = await context.as_system()
    await system.connection.execute(sql.REFUSE, inquiry, context.now, *said)
    await context.back()
    about = {"inquiry": inquiry, "purpose": refused["purpose"], "consent": refused["consent_id"]}
    whose = {"person": refused["person_id"], "partner": refused["partner_id"]}
    await audit.record(context, "score.refused", **whose, **about)


async def listed(context: Context, limit: int, before: str | None = None) -> list[Mapping[str, Any]]:
    """What was refused about the person who acts, newest first; `before` is the last id seen before."""
    system = await context.as_system()
    rows = await system.connection.fetch(sql.REFUSED, context.actor.id, before or "j", limit)
    await context.back()
    return rows
