"""The id under which one partner or furnisher knows a person; another knows another."""

from credence.server.ids import new_id
from credence.server.services.context import Context

FIND = "SELECT known_as FROM pairwise WHERE party_id = $1 AND person_id = $2"
# Two requests at once get one id: whoever comes second reads what the first wrote.
ADD = """
INSERT INTO pairwise (party_id, person_id, known_as) VALUES ($1, $2, $3)
ON CONFLICT (party_id, person_id) DO UPDATE SET known_as = pairwise.known_as RETURNING known_as
"""
PERSON = "SELECT person_id FROM pairwise WHERE party_id = $1 AND known_as = $2"


async def known_as(context: Context, party_id: str, person_id: str) -> str:
    """The id under which a partner or furnisher knows a person, made with the first use."""
    system = await context.as_system()
    found = await system.connection.fetchval(FIND, party_id, person_id)
    if found is None:
        new = new_id("per", context.now)
        found = await system.connection.fetchval(ADD, party_id, person_id, new)
    await context.back()
    return str(found)


async def person_of(context: Context, party_id: str, known_as: str) -> str | None:
    """Whom a partner or furnisher means by an id; None where it is none that they know."""
    system = await context.as_system()
    found: str | None = await system.connection.fetchval(PERSON, party_id, known_as)
    await context.back()
    return found
