"""A partner lost control of what it knows: whom it read about is frozen, and its keys may end."""

from datetime import datetime

from credence.server.services.access import parties
from credence.server.services.context import Context
from credence.server.services.reading import freezes


async def freeze(context: Context, partner_id: str, since: datetime, *, end_keys: bool) -> list[str]:
    """Freeze everybody whom a partner read about since an instant, and tell each of them; return them.

    Args:
        context: The context, of an operator.
        partner_id: The partner.
        since: From when on it read.
        end_keys: Whether its keys and tokens end, too.

    Raises:
        NoSuchThingError: Its keys are to end, and there is no such partner, or it left.
    """
    if end_keys:
        await parties.end_keys(context, "partner", partner_id)
    return await freezes.freeze_cohort(context, partner_id, since)
