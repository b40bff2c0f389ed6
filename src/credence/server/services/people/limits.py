"""How often somebody may try to sign in or guess a code: five times in a quarter of an hour.

Tries are counted before anything is looked at, in a transaction of their own, so that a refusal that undoes
the request does not undo the count, and guesses at the same time are counted one after another.
"""

import hmac
from datetime import timedelta

from credence.errors import TooManyTriesError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services.context import Context

MOST = 5
WITHIN = timedelta(minutes=15)

LOCK = "SELECT pg_advisory_xact_lock($1)"
COUNT = "SELECT count(*) AS tries, min(at) AS first FROM attempts WHERE subject = $1 AND at > $2"
ADD = "INSERT INTO attempts (attempt_id, subject, at) VALUES ($1, $2, $3)"
FORGIVE = "DELETE FROM attempts WHERE subject = $1 OR attempt_id = ANY($2)"
FORGET = "DELETE FROM attempts WHERE at < $1"


async def count(context: Context, keys: Keys, *subjects: str) -> list[str]:
    """Count a try against each subject (an account, an address); return the ids of the tries.

    The context is the system's, in a transaction that is committed before what was tried begins.

    Raises:
        TooManyTriesError: There were five within the last quarter of an hour.
    """
    tries = []
    # Always in the same order, so that two requests never wait for each other.
    for subject in sorted(_hashed(keys, one) for one in subjects):
        await context.connection.execute(LOCK, int.from_bytes(subject[:8], signed=True))
        row = await context.connection.fetchrow(COUNT, subject, context.now - WITHIN)
        assert row is not None, "a count is always there"
        if row["tries"] >= MOST:
            raise TooManyTriesError(row["first"] + WITHIN - context.now)
        tries.append(new_id("att", context.now))
        await context.connection.execute(ADD, tries[-1], subject, context.now)
    return tries


async def forgive(context: Context, keys: Keys, account: str, tries: list[str]) -> None:
    """After it worked: what was tried on the account counts no more, and of an address this try alone.

    Otherwise somebody with an account of their own could guess at others' for ever from one address.
    """
    system = await context.as_system()
    await system.connection.execute(FORGIVE, _hashed(keys, account), tries)
    await context.back()


async def forget(context: Context) -> int:
    """Delete tries that count no more, and say how many; the context is the system's."""
    status = await context.connection.execute(FORGET, context.now - WITHIN)
    return int(status.removeprefix("DELETE "))


def _hashed(keys: Keys, subject: str) -> bytes:
    return hmac.digest(keys.lookup, f"try\0{subject}".encode(), "sha256")
