"""Not me: a look that was none of the person's freezes their scores, and the bureau looks into it."""

from collections.abc import Mapping, Sequence
from typing import Any

from credence.server.services.contesting import opening
from credence.server.services.contesting.contested import Contested, Named
from credence.server.services.contesting.opening import Asked
from credence.server.services.contesting.rules.reasons import NOT_ME
from credence.server.services.context import Context
from credence.server.services.reading import inquiries
from credence.server.state import State

# What such a look is called, where events are called by their kinds.
KIND = "inquiry.made"
LOOKS = """
SELECT inquiry_id, i.at, i.purpose, i.consent_id, c.granted_at, coalesce(c.withdrawn_at, c.ends_at) AS ends_at
FROM inquiries i LEFT JOIN consents c USING (consent_id) WHERE inquiry_id = ANY($1)
"""


async def disown(context: Context, state: State, inquiry_id: str) -> tuple[str, str]:
    """Disown a look of the person who acts; return the freeze and the dispute, the same if it was before.

    Raises:
        NoSuchThingError: There is no such look about the person.
        ConflictError: It was the person's own.
    """
    freeze = await inquiries.disown(context, inquiry_id)
    look = await inquiries.one(context, inquiry_id)
    if look["dispute_id"] is not None:
        return freeze, str(look["dispute_id"])
    who = look["partner_id"] or context.settings.bureau
    asked = Asked(Named(who, inquiry_id), NOT_ME)
    dispute, _ = await opening.begin(context, state, asked, [Contested(who, inquiry_id, KIND, inquiry_id)])
    return freeze, str(dispute["dispute_id"])


async def looks(context: Context, items: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """What looks were about that a dispute contests, with the consent they rested on, by item.

    Args:
        context: The context, of a reviewer.
        items: The items of a dispute, as they are told.
    """
    system = await context.as_system()
    contested = {item["inquiry_id"]: item["item_id"] for item in items if item["inquiry_id"] is not None}
    rows = await system.connection.fetch(LOOKS, list(contested)) if contested else []
    return {contested[row["inquiry_id"]]: row for row in rows}
