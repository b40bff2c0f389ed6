"""Passwords: for whoever has no passkey, and only together with the codes of an authenticator app."""

import asyncio
import hmac
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from credence.errors import CodeWrongError, InvalidRequestError, SignInFailedError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.context import Actor, Context
from credence.server.services.people import fresh, messages, sessions, vault

SHORTEST, LONGEST = 12, 128
STEP = 30
HASHER = PasswordHasher()
# A hash takes 64 MiB: at most two are made at once, whoever asks; the others wait.
HASHING = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")

ADD = """
INSERT INTO passwords (password_id, actor, actor_id, hash, totp, last_step, changed_at)
VALUES ($1, $2, $3, $4, $5, 0, $6)
"""
CONFIRMED = """
SELECT password_id, hash, totp, last_step FROM passwords
WHERE actor = $1 AND actor_id = $2 AND confirmed_at IS NOT NULL FOR UPDATE
"""
IS_SET = """
SELECT EXISTS (SELECT FROM passwords WHERE actor = $1 AND actor_id = $2 AND confirmed_at IS NOT NULL)
"""
WAITING = """
SELECT password_id, hash, totp, last_step FROM passwords
WHERE actor = $1 AND actor_id = $2 AND confirmed_at IS NULL ORDER BY password_id DESC LIMIT 1 FOR UPDATE
"""
CONFIRM = "UPDATE passwords SET confirmed_at = $2 WHERE password_id = $1"
OTHERS = "DELETE FROM passwords WHERE actor = $1 AND actor_id = $2 AND password_id <> $3"
STEPPED = "UPDATE passwords SET last_step = $2 WHERE password_id = $1"


async def begin(context: Context, keys: Keys, password: str) -> str:
    """Take a new password of whoever is signed in; return the address for their authenticator app.

    It counts, and ends the one before, once the first code of the app was shown (`confirm`).

    Raises:
        InvalidRequestError: It is too short or too long.
        SignInAgainError: They signed in too long ago, and have other means.
    """
    await fresh.check_unless_first(context)
    if not SHORTEST <= len(password) <= LONGEST:
        why = f"A password has {SHORTEST} to {LONGEST} signs."
        raise InvalidRequestError(why, {"/password": why})
    new, secret, actor = new_id("psw", context.now), pyotp.random_base32(), context.actor
    hashed = await _hashing(HASHER.hash, password)
    sealed = await vault.seal(context, keys, actor.id, f"totp:{new}", secret.encode())
    system = await context.as_system()
    await system.connection.execute(ADD, new, actor.kind, actor.id, hashed, sealed, context.now)
    await context.back()
    return pyotp.TOTP(secret).provisioning_uri(name=actor.kind, issuer_name="Credence")


async def confirm(context: Context, keys: Keys, code: str) -> str:
    """Make the new password count; every session ends, and the token of a new one is returned.

    Raises:
        CodeWrongError: There is no new password, or the code is not that of its app.
        SignInAgainError: They signed in too long ago, and have other means.
    """
    await fresh.check_unless_first(context)
    actor = context.actor
    row = await _row(context, WAITING, actor)
    if row is None or not await _code_fits(context, keys, actor, row, code):
        raise CodeWrongError
    system = await context.as_system()
    await system.connection.execute(OTHERS, actor.kind, actor.id, row["password_id"])
    await system.connection.execute(CONFIRM, row["password_id"], context.now)
    await context.back()
    await sessions.end_all(context, actor)
    person = actor.id if actor.kind == "person" else None
    await audit.record(context, "sign_in.password_set", person=person)
    if person:
        await messages.tell(context, person, "sign_in.password_set")
    return await sessions.begin(context, actor, "password")


async def is_set(context: Context) -> bool:
    """Whether whoever is signed in has a password that counts."""
    system = await context.as_system()
    found = await system.connection.fetchval(IS_SET, context.actor.kind, context.actor.id)
    await context.back()
    return bool(found)


async def check(context: Context, keys: Keys, actor: Actor | None, password: str, code: str) -> Actor:
    """Who it is that says the password and the code of the app, which is then used.

    It takes as long where there is no such account: how long it takes tells nothing.

    Raises:
        SignInFailedError: There is no such account, it has no password, or one of the two is wrong.
    """
    row = await _row(context, CONFIRMED, actor) if actor else None
    hashed = row["hash"] if row else await _hashing(_nobodys)
    fits = await _hashing(_verified, hashed, password)
    if actor is None or row is None or not fits or not await _code_fits(context, keys, actor, row, code):
        raise SignInFailedError
    return actor


async def _row(context: Context, query: str, actor: Actor) -> Any:  # noqa: ANN401 - a row, or None
    system = await context.as_system()
    row = await system.connection.fetchrow(query, actor.kind, actor.id)
    await context.back()
    return row


async def _code_fits(context: Context, keys: Keys, actor: Actor, row: Any, code: str) -> bool:  # noqa: ANN401
    """Whether a code is the app's, now or half a minute around now, and was not used before."""
    what = f"totp:{row['password_id']}"
    totp = pyotp.TOTP((await vault.unseal(context, keys, actor.id, what, row["totp"])).decode())
    now, said = int(context.now.timestamp()) // STEP, code.strip().encode()
    for step in (now - 1, now, now + 1):
        if step > row["last_step"] and hmac.compare_digest(totp.at(step * STEP).encode(), said):
            system = await context.as_system()
            await system.connection.execute(STEPPED, row["password_id"], step)
            await context.back()
            return True
    return False


async def _hashing(work: Callable[..., Any], *values: str) -> Any:  # noqa: ANN401 - what the work returns
    return await asyncio.get_running_loop().run_in_executor(HASHING, work, *values)


def _verified(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except VerifyMismatchError:
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe(16))
