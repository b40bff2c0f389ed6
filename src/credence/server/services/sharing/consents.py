"""Granting and withdrawing as one act: the consent, and that the partner is told of it."""

from datetime import datetime

from credence.server.services.contesting import outbox
from credence.server.services.context import Context
from credence.server.services.reading import consents, requests
from credence.server.services.reading.consents import Wish

GRANTED, REVOKED = "consent.granted", "consent.revoked"


async def grant(
    context: Context, partner_id: str, wish: Wish, ends_at: datetime | None = None
) -> tuple[str, str]:
    """Grant a partner what a person chose, and tell it; return the consent's id, and the person's to it.

    Raises:
        InvalidRequestError: What is granted cannot be, or ends in the past or after more than a year.
        NoSuchThingError: There is no such partner.
        AccountClosedError: The person left.
    """
    consent, known_as = await consents.grant(context, partner_id, wish, ends_at)
    await outbox.add(context, GRANTED, partner_id, context.actor.id, consent=consent)
    return consent, known_as


async def grant_request(
    context: Context, request_id: str, said: tuple[str, str], ends_at: datetime | None = None
) -> tuple[str, str]:
    """Grant what is requested, and tell the partner; return the consent's id, and the person's to it.

    Args:
        context: The context, of a person.
        request_id: The request.
        said: The purpose and the level, said again by the person.
        ends_at: When the consent ends; as requested, if not said.

    Raises:
        NoSuchThingError: There is no such request, or it has lapsed.
        InvalidRequestError: The purpose or the level is another than requested, or the end cannot be.
        ConflictError: It was granted already.
        AccountClosedError: The person left.
    """
    consent, partner, known_as = await requests.grant(context, request_id, said, ends_at)
    await outbox.add(context, GRANTED, partner, context.actor.id, consent=consent)
    return consent, known_as


async def withdraw(context: Context, consent_id: str) -> None:
    """Withdraw a consent of the person who acts, at once, and tell the partner, unless it was so before.

    Raises:
        NoSuchThingError: There is no such consent of the person's.
    """
    partner = await consents.withdraw(context, consent_id)
    if partner is not None:
        await outbox.add(context, REVOKED, partner, context.actor.id, consent=consent_id)
