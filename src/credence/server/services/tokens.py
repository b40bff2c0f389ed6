"""Opaque tokens: sessions of people and operators, and keys; only their hash is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from credence.errors import NotSignedInError
from credence.server.ids import new_id
from credence.server.services.context import Actor, Context, Kind

INSERT = """
INSERT INTO tokens (token_hash, key_id, actor, actor_id, scopes, made_at, ends_at, test, proof, member_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
FIND = """
SELECT actor, actor_id, scopes, test, key_id, proof, made_at, member_id FROM tokens
WHERE token_hash = $1 AND ended_at IS NULL AND made_at <= $2 AND ends_at > $2
"""
# With the claim of an Idempotency-Key: most requests of programs need both.
FIND_CLAIMING = """
SELECT actor, actor_id, scopes, test, key_id, proof, made_at, member_id, claimed.* FROM tokens
CROSS JOIN LATERAL credence_claim(actor_id, CASE WHEN proof IS NULL THEN $3::text END, $4) AS claimed
WHERE token_hash = $1 AND ended_at IS NULL AND made_at <= $2 AND ends_at > $2
"""
END = """
UPDATE tokens SET ended_at = $3
WHERE (actor = $1 AND actor_id = $2 OR member_id = $2) AND ended_at IS NULL AND key_id = ANY($4)
"""


@dataclass(frozen=True)
class Found:
    """Whose a token is.

    Attributes:
        actor: The actor.
        key_id: The token's id.
        proof: The thumbprint of the key it is bound to, if any.
        claimed: What was found of the Idempotency-Key that was claimed with it; None if none was.
    """

    actor: Actor
    key_id: str
    proof: str | None
    claimed: Mapping[str, Any] | None = None


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
    whose, ends = (actor.kind, actor.id, sorted(actor.scopes)), context.now + lasts
    values = *whose, context.now, ends, actor.test, proof, actor.member
    system = await context.as_system()
    await system.connection.execute(INSERT, hashed(token), key, *values)
    await context.back()
    return token, key


async def find(context: Context, token: str, key: tuple[str, datetime] | None = None) -> Found:
    """Whose a token is; the context is the system's.

    Args:
        context: The system's context.
        token: The token.
        key: An Idempotency-Key to claim at once, and since when replies to it are looked for. It is not
            claimed with a token that is bound to a key, before that is proved.

    Raises:
        NotSignedInError: There is no such token, or it has ended.
    """
    values = hashed(token), context.now
    query, more = (FIND, ()) if key is None else (FIND_CLAIMING, key)
    row = await context.connection.fetchrow(query, *values, *more)
    if row is None:
        raise NotSignedInError
    kind: Kind = row["actor"]
    actor = Actor(
        kind, row["actor_id"], frozenset(row["scopes"]), row["test"], row["made_at"], row["member_id"]
    )
    claimed = None if key is None or row["key_hash"] is None else row
    return Found(actor, row["key_id"], row["proof"], claimed)


async def end(context: Context, actor: Actor, *key_ids: str) -> None:
    """End tokens of an actor, at once."""
    system = await context.as_system()
    await system.connection.execute(END, actor.kind, actor.id, context.now, list(key_ids))
    await context.back()
