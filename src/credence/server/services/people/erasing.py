"""Nobody who was erased comes back by something that was on its way when they were.

Whoever looks people up to keep something about them, in the log or in bulk, holds erasures from the log off
until it is kept. What an erasure deletes is deleted once more when nobody is left who may not have known.
"""

from collections.abc import Collection

from credence.errors import ErasedError
from credence.server.services.context import Context
from credence.server.services.people.accounts import delete

# Held until the transaction ends, by as many as keep something at once. Who erases never waits for it: it
# tries again later, so that whoever keeps something in two transactions is never between them.
KEEPING = "SELECT pg_advisory_xact_lock_shared(hashtextextended('erasing', 0))"
ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended('erasing', 0))"
GONE = "SELECT log_id FROM unnest($1::text[]) AS log_id WHERE log_id NOT IN (SELECT log_id FROM people)"


async def hold_off(context: Context) -> None:
    """Hold erasures off until this transaction ends; it comes before people are looked up."""
    await context.connection.execute(KEEPING)


async def check_there(context: Context, log_ids: Collection[str]) -> None:
    """Hold erasures off, where people were looked up before.

    Raises:
        ErasedError: One of them was erased since.
    """
    system = await context.as_system()
    await hold_off(system)
    gone = await system.connection.fetch(GONE, sorted(log_ids))
    await context.back()
    if gone:
        raise ErasedError


async def sweep(system: Context, person_id: str) -> bool:
    """Delete once more what is kept of somebody who was erased; whether nobody else was keeping anything.

    Until the transaction ends nobody keeps anything; the context is the system's.
    """
    if not await system.connection.fetchval(ALONE):
        return False
    await delete(system, person_id)
    return True
