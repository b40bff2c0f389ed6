"""What may be used once: assertions and proofs that came already."""

from datetime import datetime
from hashlib import sha256

import asyncpg

from credence.server.services.context import Context

TAKE = "INSERT INTO seen (what, ends_at) VALUES ($1, $2)"
FORGET = "DELETE FROM seen WHERE ends_at < $1"


async def first_time(context: Context, what: str, ends_at: datetime) -> bool:
    """Whether this comes for the first time; it is kept in mind until it would be refused anyhow.

    The context is the system's. What is kept in mind stays so even if the request fails: what was done in its
    transaction so far is committed. When it came before, whoever asks refuses: the transaction is undone.
    """
    await context.connection.later(TAKE, sha256(what.encode()).digest(), ends_at)
    try:
        await context.connection.settle()
    except asyncpg.UniqueViolationError:
        return False
    return True


async def forget(context: Context) -> int:
    """Forget what would be refused anyhow; return how much that was."""
    return int((await context.connection.execute(FORGET, context.now)).split()[1])
