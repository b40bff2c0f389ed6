"""Requests sent twice: the reply is kept in the transaction of the effect, and given again.

A reply is encrypted with a key made of the bureau's look-up key, the actor and the Idempotency-Key, of which
only hashes are kept: the table alone tells nobody what was replied.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_bytes
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from credence.errors import IdempotencyKeyError, InFlightError, KeyReusedError
from credence.server.keys import Keys
from credence.server.services.context import Context

CLAIM = "SELECT * FROM credence_claim($1, $2, $3)"
KEEP = """
INSERT INTO replies (actor_id, key_hash, request_hash, reply, made_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (actor_id, key_hash) DO UPDATE
SET request_hash = excluded.request_hash, reply = excluded.reply, made_at = excluded.made_at
"""
FORGET = "DELETE FROM replies WHERE made_at <= $1"
KEPT = timedelta(days=7)
NONCE = 12
SIGNS_MOST = 255


class Reply(msgspec.Struct):
    """A reply as it was given."""

    status: int
    headers: dict[str, str]
    body: bytes


REPLIES = msgspec.msgpack.Decoder(Reply)


@dataclass(frozen=True)
class Claim:
    """A request that is carried out under an Idempotency-Key, and with what its reply is encrypted."""

    context: Context
    key_hash: bytes
    request_hash: bytes
    secret: bytes


def checked(key: str | None, *, needed: bool) -> str | None:
    """An Idempotency-Key that can be one; quotes around it (RFC 8941) are taken away.

    Raises:
        IdempotencyKeyError: It is needed and missing, or cannot be one.
    """
    if key is None:
        if needed:
            raise IdempotencyKeyError
        return None
    bare = key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key
    if not (0 < len(bare) <= SIGNS_MOST and bare.isascii() and bare.isprintable()):
        raise IdempotencyKeyError
    return bare


async def claim(context: Context, actor_id: str, key: str) -> Mapping[str, Any]:
    """Claim a key until the transaction ends, if nobody has, and find what it had; the system's context."""
    found = await context.connection.fetchrow(CLAIM, actor_id, key, context.now - KEPT)
    assert found is not None, "a function that gives one row"
    return found


def begun(
    context: Context, keys: Keys, said: tuple[str, str, bytes], found: Mapping[str, Any]
) -> Claim | Reply:
    """Begin a request under a key that was claimed, or the reply that it had before.

    Args:
        context: The system's context.
        keys: The keys of the bureau.
        said: Who asks, the key, and the request's hash.
        found: What was found when the key was claimed.

    Raises:
        InFlightError: It is being carried out in another transaction.
        KeyReusedError: The key came with another request.
    """
    actor_id, key, request_hash = said
    if not found["free"]:
        raise InFlightError
    secret = hmac.digest(keys.lookup, f"reply {actor_id} {key}".encode(), "sha256")
    if found["reply"] is None:
        return Claim(context, found["key_hash"], request_hash, secret)
    if found["request_hash"] != request_hash:
        raise KeyReusedError
    sealed = found["reply"]
    return REPLIES.decode(AESGCM(secret).decrypt(sealed[:NONCE], sealed[NONCE:], found["key_hash"]))


async def keep(claim: Claim, actor_id: str, reply: Reply) -> None:
    """Keep the reply of a request, in its own transaction."""
    nonce = token_bytes(NONCE)
    sealed = nonce + AESGCM(claim.secret).encrypt(nonce, msgspec.msgpack.encode(reply), claim.key_hash)
    values = actor_id, claim.key_hash, claim.request_hash, sealed, claim.context.now
    await claim.context.connection.later(KEEP, *values)


async def forget(context: Context) -> int:
    """Forget replies that are older than seven days; return how many."""
    return int((await context.connection.execute(FORGET, context.now - KEPT)).split()[1])
