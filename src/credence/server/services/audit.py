"""The audit: what was done, by whom, to whom; added in the transaction of the act, never changed."""

import msgspec

from credence.server.ids import new_id
from credence.server.services.context import Context

INSERT = """
INSERT INTO audit (entry_id, at, request_id, actor, actor_id, what, person_id, partner_id, details)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)
"""


async def record(
    context: Context, what: str, *, person: str | None = None, partner: str | None = None, **details: object
) -> str:
    """Add an entry in the name of the context's actor; return its id. It names the member who acted, if any.

    Details name things by their ids and say no personal data.
    """
    entry = new_id("aud", context.now)
    actor = context.actor
    if actor.member is not None:
        details["member"] = actor.member
    said = msgspec.json.encode(details).decode()
    system = await context.as_system()
    await system.connection.later(
        INSERT, entry, context.now, context.request_id, actor.kind, actor.id, what, person, partner, said
    )
    await context.back()
    return entry
