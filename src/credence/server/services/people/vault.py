"""Fields encrypted under a key of each person, which itself is encrypted under the bureau's master key.

What is sealed is AES-256-GCM: the number of the format, 12 bytes of nonce, then the text with its tag. It is
bound to whose it is and to what it is, so that it can be put in no other place. Once somebody's key is
destroyed, what was sealed for them can be read no more, wherever it was copied to.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from credence.errors import ErasedError, UnavailableError
from credence.server.keys import Keys
from credence.server.services.context import Context

# Whose key seals what is nobody's yet: mails to those who enrol.
BUREAU = "bureau"
FORMAT = b"\x01"
NONCE = 12

FIND = "SELECT master, wrapped FROM data_keys WHERE owner_id = $1"
# Two requests at once make one key: whoever comes second reads what the first wrote.
ADD = """
INSERT INTO data_keys (owner_id, master, wrapped, made_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (owner_id) DO UPDATE SET owner_id = data_keys.owner_id RETURNING master, wrapped
"""
DESTROY = """
INSERT INTO data_keys (owner_id, made_at, destroyed_at) VALUES ($1, $2, $2)
ON CONFLICT (owner_id) DO UPDATE SET master = NULL, wrapped = NULL, destroyed_at = $2
"""
# `FOR UPDATE SKIP LOCKED`: two rotations at once share the work, and nobody waits for them.
WRAPPED_BY_OTHERS = """
SELECT owner_id, master, wrapped FROM data_keys WHERE wrapped IS NOT NULL AND master <> $1
ORDER BY owner_id LIMIT $2 FOR UPDATE SKIP LOCKED
"""
WRAPPED = "SELECT master, count(*) AS many FROM data_keys WHERE wrapped IS NOT NULL GROUP BY master"
REWRAP = "UPDATE data_keys SET master = $2, wrapped = $3 WHERE owner_id = $1"


async def seal(context: Context, keys: Keys, person_id: str, what: str, content: bytes) -> bytes:
    """Encrypt something of a person's; it is opened only with the same person and the same `what`.

    Args:
        context: The context of the request.
        keys: The keys of the bureau.
        person_id: Whose it is: a person, an operator, or `BUREAU`.
        what: What it is, with its id, like `evidence:evd_...`.
        content: What is encrypted.

    Raises:
        ErasedError: The person was erased.
    """
    key = await _key_of(context, keys, person_id)
    return encrypt(key, content, bound_to(person_id, what))


async def unseal(context: Context, keys: Keys, person_id: str, what: str, sealed: bytes) -> bytes:
    """What was sealed; whoever asks for it has checked that the actor may have it.

    Raises:
        ErasedError: The person was erased.
        InvalidTag: It was sealed for another person, as something else, or was changed since.
    """
    key = await _key_of(context, keys, person_id)
    return decrypt(key, sealed, bound_to(person_id, what))


async def destroy(context: Context, person_id: str) -> None:
    """Destroy a person's key for ever; nothing can be sealed for them any more, either."""
    system = await context.as_system()
    await system.connection.execute(DESTROY, person_id, context.now)
    await context.back()


async def rotate(context: Context, keys: Keys, most: int = 1000) -> int:
    """Wrap keys that an older master key wraps with the current one; return how many were.

    What was sealed with them stays as it is. Called until it returns 0, the older master keys are needed no
    more. Each call is a transaction of its own, while everybody else goes on.
    """
    system = await context.as_system()
    rows = await system.connection.fetch(WRAPPED_BY_OTHERS, keys.current, most)
    changed = []
    for row in rows:
        key = _opened(keys, row["owner_id"], row)
        changed.append((row["owner_id"], keys.current, _wrapped(keys, row["owner_id"], key)))
    await system.connection.executemany(REWRAP, changed)
    await context.back()
    return len(changed)


async def wrapped(context: Context) -> dict[str, int]:
    """How many keys each master key wraps; the context is the system's."""
    rows = await context.connection.fetch(WRAPPED)
    return {row["master"]: row["many"] for row in rows}


async def _key_of(context: Context, keys: Keys, owner: str) -> bytes:
    """The data key of somebody, made with the first use."""
    system = await context.as_system()
    row = await system.connection.fetchrow(FIND, owner)
    if row is None:
        wrapped = _wrapped(keys, owner, secrets.token_bytes(32))
        row = await system.connection.fetchrow(ADD, owner, keys.current, wrapped, context.now)
    await context.back()
    assert row is not None, "an insert that returns its row"
    if row["wrapped"] is None:
        raise ErasedError
    return _opened(keys, owner, row)


def _opened(keys: Keys, owner: str, row: Mapping[str, Any]) -> bytes:
    """A data key, out of the master key's wrapping."""
    if row["master"] not in keys.masters:
        lost = row["master"]
        sentence = f"The bureau lacks its key '{lost}'. Whoever runs it must put it back into keys.json."
        raise UnavailableError(sentence)
    return decrypt(keys.masters[row["master"]], row["wrapped"], bound_to(owner, "key"))


def _wrapped(keys: Keys, owner: str, key: bytes) -> bytes:
    return encrypt(keys.masters[keys.current], key, bound_to(owner, "key"))


def bound_to(owner: str, what: str) -> bytes:
    """What is authenticated with something sealed: whose it is, and what."""
    return f"{owner}\0{what}".encode()


def encrypt(key: bytes, content: bytes, bound: bytes) -> bytes:
    """Encrypt with a key of 32 bytes: 29 bytes more than the content."""
    nonce = secrets.token_bytes(NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, content, bound)


def decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What was encrypted; InvalidTag where anything of it is another."""
    return AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], bound)
