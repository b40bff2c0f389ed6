"""Leaving as one act: the account is closed, and every partner that had a consent is told."""

from credence.server.services.contesting import outbox
from credence.server.services.context import Context
from credence.server.services.people import accounts
from credence.server.services.sharing.consents import REVOKED


async def leave(context: Context) -> None:
    """Close the account of the person who asks; every consent is withdrawn, and its partner is told.

    Raises:
        ConflictError: It was closed before.
        SignInAgainError: They signed in too long ago.
    """
    for consent, partner in await accounts.leave(context):
        await outbox.add(context, REVOKED, partner, context.actor.id, consent=consent)
