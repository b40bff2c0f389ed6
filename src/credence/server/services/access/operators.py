"""Operators: invited with their mail address, sealed under a key of theirs; the last administrator stays."""

from credence.errors import LastAdminError
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.access import parties
from credence.server.services.context import Context
from credence.server.services.people import vault
from credence.server.services.people.kinds import identifier
from credence.server.services.people.mails import OPERATORS_MAIL

SET = "UPDATE operators SET mail = $2 WHERE operator_id = $1"
# Two administrators who end each other at once wait for one another here.
ADMINS = "SELECT operator_id FROM operators WHERE 'admin' = ANY(roles) AND ended_at IS NULL FOR UPDATE"


async def invite(
    context: Context, keys: Keys, name: str, roles: list[str], email: str | None = None
) -> tuple[str, str]:
    """Add an operator; return their id, and the secret with which they come in.

    Args:
        context: The context of an operator who may do this, or the system's.
        keys: The keys of the bureau.
        name: Their name, which no other operator has.
        roles: What they may do.
        email: Where they are told that something waits for them; nowhere if it is empty.

    Raises:
        InvalidRequestError: A role is unknown, or the address is none.
        ConflictError: The name is taken.
    """
    if email:
        _normal(email)
    operator = await parties.add(context, "operator", name, roles)
    if email:
        await set_mail(context, keys, operator, email)
    return operator, await parties.sign_in_link(context, operator)


async def set_mail(context: Context, keys: Keys, operator_id: str, email: str | None) -> None:
    """Have an operator told by mail that something waits for them; without an address, no more.

    Raises:
        NoSuchThingError: There is no such operator, or they left.
        InvalidRequestError: It is no mail address.
    """
    await parties.check_there(context, "operator", operator_id)
    system, sealed = await context.as_system(), None
    if email:
        sealed = await vault.seal(context, keys, operator_id, OPERATORS_MAIL, _normal(email).encode())
    await system.connection.execute(SET, operator_id, sealed)
    await audit.record(context, "operator_mail_set", id=operator_id, there=sealed is not None)


async def end(context: Context, operator_id: str) -> None:
    """An operator may come no more; their sessions end at once.

    Raises:
        NoSuchThingError: There is none, or they left before.
        LastAdminError: Nobody else could let anybody in.
    """
    system = await context.as_system()
    admins = [row["operator_id"] for row in await system.connection.fetch(ADMINS)]
    if admins == [operator_id]:
        raise LastAdminError
    await parties.end(context, "operator", operator_id)


def _normal(email: str) -> str:
    return identifier("email", email, "/email").value
