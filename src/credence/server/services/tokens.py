"""Opaque tokens: sessions of people and operators, and keys; only their hash is kept."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from credence.errors import NotSignedInError
from credence.server.ids import new_id
from credence.server.services.context import Actor, Context, Kind

INSERT = """
INSERT INTO tokens (token_hash, key_id, actor, actor_id, scopes, made_at, ends_at, test, proof)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
FIND = """
SELECT actor, actor_id, scopes, test, key_id, proof FROM tokens
WHERE token_hash = $1 AND ended_at IS NULL AND made_at <= $2 AND ends_at > $2
"""
END = """
UPDATE tokens SET ended_at = $3
WHERE actor = $1 AND actor_id = $2 AND ended_at IS NULL AND key_id = ANY($4)
"""


@dataclass(frozen=True)
class Found:
    """Whose a token is: the actor, the token's id, and the thumbprint of the key it is bound to, if any."""

    actor: Actor
    key_id: str
    proof: str | None


def hashed(token: str) -> bytes:
    """What is kept of a token."""
    return sha256(token.encode()).digest()


async def issue(
    context: Context, actor: Actor, lasts: timedelta, prefix: str, *, proof: str | None = None
) -> tuple[str, str]:
    """Make a token for an actor; return it, to be shown once, and its id.

    Args:
        context: The context of the request.
        actor: For whom it is, with the scopes that it has.
        lasts: How long it is valid.
        prefix: What it begins with, to be told from others by sight: `live`, `test`, `ses`.
        proof: The thumbprint of the key that whoever uses it must prove to have.
    """
    token, key = f"{prefix}_{token_urlsafe(32)}", new_id("key", context.now)
    values = actor.kind, actor.id, sorted(actor.scopes), context.now, context.now + lasts, actor.test, proof
    system = await context.as_system()
    await system.connection.execute(INSERT, hashed(token), key, *values)
    await context.back()
    return token, key


async def find(context: Context, token: str) -> Found:
    """Whose a token is; the context is the system's.

    Raises:
        NotSignedInError: There is no such token, or it has ended.
    """
    row = await context.connection.fetchrow(FIND, hashed(token), context.now)
    if row is None:
        raise NotSignedInError
    kind: Kind = row["actor"]
    actor = Actor(kind, row["actor_id"], frozenset(row["scopes"]), row["test"])
    return Found(actor, row["key_id"], row["proof"])


async def end(context: Context, actor: Actor, *key_ids: str) -> None:
    """End tokens of an actor, at once."""
    system = await context.as_system()
    await system.connection.execute(END, actor.kind, actor.id, context.now, list(key_ids))
    await context.back()
