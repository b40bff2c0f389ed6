"""Leaving as one act: the account is closed or erased, and every partner that had a consent is told."""

from credence.server.services import audit
from credence.server.services.contesting import outbox
from credence.server.services.context import Context
from credence.server.services.people import accounts, fresh
from credence.server.services.sharing.consents import REVOKED
from credence.server.store import consents as consents_sql


async def leave(context: Context) -> None:
    """Close the account of the person who asks; every consent is withdrawn, and its partner is told.

    Raises:
        ConflictError: It was closed before.
        SignInAgainError: They signed in too long ago.
    """
    await accounts.leave(context)
    await _withdraw_all(context)


async def erase(context: Context) -> dict[str, str]:
    """Erase the person who asks; return what is kept, and why. Partners are told as by leaving.

    Raises:
        SignInAgainError: They signed in too long ago.
    """
    fresh.check(context)
    # Before nobody knows any more what partners call them.
    await _withdraw_all(context)
    return await accounts.erase(context)


async def _withdraw_all(context: Context) -> None:
    person = context.actor.id
    rows = await context.connection.fetch(consents_sql.WITHDRAW_ALL, person, context.now)
    for row in rows:
        about = {"person": person, "partner": row["partner_id"]}
        await audit.record(context, "consent.withdrawn", **about, consent=row["consent_id"])
        await outbox.add(context, REVOKED, row["partner_id"], person, consent=row["consent_id"])
