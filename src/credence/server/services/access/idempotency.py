"""Requests sent twice: the reply is kept in the transaction of the effect, and given again.

A reply is encrypted with a key made of the bureau's look-up key, the actor and the Idempotency-Key, of which
only hashes are kept: the table alone tells nobody what was replied.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_bytes

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from credence.errors import IdempotencyKeyError, InFlightError, KeyReusedError
from credence.server.keys import Keys
from credence.server.services.context import Context

LOCK = "SELECT pg_try_advisory_xact_lock($1)"
FIND = "SELECT request_hash, reply FROM replies WHERE actor_id = $1 AND key_hash = $2 AND made_at > $3"
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


async def claim(context: Context, keys: Keys, actor_id: str, key: str, request_hash: bytes) -> Claim | Reply:
    """Begin a request under a key, or the reply that it had before. The context is the system's.

    Raises:
        InFlightError: It is being carried out in another transaction.
        KeyReusedError: The key came with another request.
    """
    key_hash = sha256(f"{actor_id} {key}".encode()).digest()
    if not await context.connection.fetchval(LOCK, int.from_bytes(key_hash[:8], signed=True)):
        raise InFlightError
    secret = hmac.digest(keys.lookup, f"reply {actor_id} {key}".encode(), "sha256")
    row = await context.connection.fetchrow(FIND, actor_id, key_hash, context.now - KEPT)
    if row is None:
        return Claim(context, key_hash, request_hash, secret)
    if row["request_hash"] != request_hash:
        raise KeyReusedError
    sealed = row["reply"]
    return msgspec.msgpack.decode(
        AESGCM(secret).decrypt(sealed[:NONCE], sealed[NONCE:], key_hash), type=Reply
    )


async def keep(claim: Claim, actor_id: str, reply: Reply) -> None:
    """Keep the reply of a request, in its own transaction; the context of the claim is the system's again."""
    nonce = token_bytes(NONCE)
    sealed = nonce + AESGCM(claim.secret).encrypt(nonce, msgspec.msgpack.encode(reply), claim.key_hash)
    system = await claim.context.as_system()
    values = actor_id, claim.key_hash, claim.request_hash, sealed, claim.context.now
    await system.connection.execute(KEEP, *values)


async def forget(context: Context) -> int:
    """Forget replies that are older than seven days; return how many."""
    return int((await context.connection.execute(FORGET, context.now - KEPT)).split()[1])
