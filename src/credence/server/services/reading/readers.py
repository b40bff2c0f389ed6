"""A new reader: the person is told when a partner reads about them for the first time."""

from credence.server.services.context import Context
from credence.server.services.people import messages
from credence.server.services.reading.grants import Grant
from credence.server.store import consents as sql


async def note(system: Context, grant: Grant, inquiry_id: str) -> None:
    """Note the first read under a consent, and tell the person if it is the partner's first of all.

    Args:
        system: The system's context; the read's transaction is joined.
        grant: What made the read possible.
        inquiry_id: The read.
    """
    row = await system.connection.fetchrow(sql.FIRST_READ, grant.consent_id, system.now)
    if row is not None and row["new"]:
        about = {"inquiry": inquiry_id, "partner": row["partner_id"]}
        await messages.tell(system, grant.person_id, "inquiry.new_reader", **about)
