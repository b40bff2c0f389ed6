"""Codes that are sent to somebody and said back: for one purpose and one subject, used once."""

import hmac
import secrets
from datetime import timedelta

from credence.errors import CodeWrongError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services.context import Context

LASTS = timedelta(minutes=15)

ADD = "INSERT INTO codes (code_id, purpose, subject, hash, ends_at) VALUES ($1, $2, $3, $4, $5)"
USE = """
UPDATE codes SET used_at = $4
WHERE purpose = $1 AND subject = $2 AND hash = $3 AND used_at IS NULL AND ends_at > $4 RETURNING code_id
"""
FITS = """
SELECT EXISTS (SELECT FROM codes
WHERE purpose = $1 AND subject = $2 AND hash = $3 AND used_at IS NULL AND ends_at > $4)
"""
FORGET = "DELETE FROM codes WHERE ends_at < $1"


async def make(context: Context, keys: Keys, purpose: str, subject: str) -> str:
    """A code for a purpose and a subject: six digits, valid for 15 minutes."""
    code, ends = f"{secrets.randbelow(10**6):06}", context.now + LASTS
    system = await context.as_system()
    hashed = _hashed(keys, purpose, subject, code)
    await system.connection.execute(ADD, new_id("cod", context.now), purpose, subject, hashed, ends)
    await context.back()
    return code


async def use(context: Context, keys: Keys, purpose: str, subject: str, code: str) -> None:
    """Take a code, which is then used. Whoever calls this has counted the try (`limits.count`).

    Raises:
        CodeWrongError: It is none of this purpose and subject, was used, or is too old.
    """
    system = await context.as_system()
    hashed = _hashed(keys, purpose, subject, code.strip())
    used = await system.connection.fetchval(USE, purpose, subject, hashed, context.now)
    await context.back()
    if used is None:
        raise CodeWrongError


async def check(context: Context, keys: Keys, purpose: str, subject: str, code: str) -> None:
    """Make sure that a code could be taken now, without taking it; the try was counted as for `use`.

    Raises:
        CodeWrongError: It could not.
    """
    system = await context.as_system()
    hashed = _hashed(keys, purpose, subject, code.strip())
    fits = await system.connection.fetchval(FITS, purpose, subject, hashed, context.now)
    await context.back()
    if not fits:
        raise CodeWrongError


async def forget(context: Context) -> int:
    """Delete codes that are too old, and say how many; the context is the system's."""
    status = await context.connection.execute(FORGET, context.now)
    return int(status.removeprefix("DELETE "))


def _hashed(keys: Keys, purpose: str, subject: str, code: str) -> bytes:
    return hmac.digest(keys.lookup, f"code\0{purpose}\0{subject}\0{code}".encode(), "sha256")
