"""Passkeys: added while signed in, then all that is needed to sign in; a name is never typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from credence.errors import ConflictError, NoSuchThingError, SignInFailedError
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Actor, Context
from credence.server.services.people import fresh, messages

LASTS = timedelta(minutes=5)
REGISTER, SIGN_IN = "register", "sign_in"
WHAT = "passkey"

ASK = """
INSERT INTO challenges (challenge_id, challenge, purpose, actor, actor_id, ends_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
TAKE = """
DELETE FROM challenges WHERE challenge_id = $1 AND purpose = $2 AND actor_id = $3 AND ends_at > $4
RETURNING challenge
"""
FORGET = "DELETE FROM challenges WHERE ends_at < $1"
ADD = """
INSERT INTO passkeys (passkey_id, credential_id, actor, actor_id, name, public_key, sign_count, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential_id) DO NOTHING RETURNING passkey_id
"""
FIND = """
SELECT passkey_id, actor, actor_id, public_key, sign_count FROM passkeys WHERE credential_id = $1 FOR UPDATE
"""
USED = "UPDATE passkeys SET sign_count = $2, used_at = $3 WHERE passkey_id = $1"
OF_ACTOR = """
SELECT passkey_id, credential_id, name, added_at, used_at FROM passkeys
WHERE actor = $1 AND actor_id = $2 ORDER BY passkey_id
"""
REMOVE = "DELETE FROM passkeys WHERE actor = $1 AND actor_id = $2 AND passkey_id = $3 RETURNING passkey_id"
OTHER_MEANS = """
SELECT EXISTS (SELECT FROM passwords WHERE actor = $1 AND actor_id = $2 AND confirmed_at IS NOT NULL)
"""


@dataclass(frozen=True)
class Passkey:
    """A passkey of somebody's."""

    passkey_id: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Asked:
    """What a browser is asked for: options for its `navigator.credentials`, and the id to answer with."""

    challenge_id: str
    options: dict[str, Any]


async def begin_adding(context: Context, name: str) -> Asked:
    """Ask the browser of whoever is signed in to make a passkey, which verifies its user.

    Raises:
        SignInAgainError: They signed in too long ago, and have other means.
    """
    await fresh.check_unless_first(context)
    known = await _rows(context, context.actor)
    options = generate_registration_options(
        rp_id=_place(context), rp_name="Credence", user_name=name, user_id=context.actor.setting.encode(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(row["credential_id"]) for row in known],
    )  # fmt: skip
    return await _asked(context, REGISTER, options.challenge, options_to_json(options))


async def finish_adding(context: Context, challenge_id: str, answer: dict[str, Any], name: str) -> str:
    """Add the passkey that a browser made; return its id.

    Raises:
        SignInFailedError: It does not answer what was asked, or was added already.
        SignInAgainError: They signed in too long ago, and have other means.
    """
    await fresh.check_unless_first(context)
    challenge = await _challenge(context, REGISTER, challenge_id, context.actor.id)
    try:
        made = verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=_place(context),
            expected_origin=_origin(context), require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise SignInFailedError from None
    new, actor = new_id("psk", context.now), context.actor
    values = made.credential_id, actor.kind, actor.id, name, made.credential_public_key, made.sign_count
    system = await context.as_system()
    added = await system.connection.fetchval(ADD, new, *values, context.now)
    await context.back()
    if added is None:
        raise SignInFailedError
    await _note(context, "passkey_added", new)
    return new


async def begin_sign_in(context: Context) -> Asked:
    """Ask a browser for any passkey that it has for the bureau."""
    options = generate_authentication_options(
        rp_id=_place(context), user_verification=UserVerificationRequirement.REQUIRED
    )
    return await _asked(context, SIGN_IN, options.challenge, options_to_json(options))


async def finish_sign_in(context: Context, challenge_id: str, answer: dict[str, Any]) -> Actor:
    """Whose the passkey is that answers what was asked, once.

    Raises:
        SignInFailedError: The passkey is nobody's, the answer is to something else or was given before, or
            the passkey's counter went back, which tells of a copy.
    """
    challenge = await _challenge(context, SIGN_IN, challenge_id, context.actor.id)
    system = await context.as_system()
    row = await system.connection.fetchrow(FIND, _credential_id(answer))
    if row is None:
        raise SignInFailedError
    try:
        shown = verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=_place(context),
            expected_origin=_origin(context), credential_public_key=row["public_key"],
            credential_current_sign_count=row["sign_count"], require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise SignInFailedError from None
    await system.connection.execute(USED, row["passkey_id"], shown.new_sign_count, context.now)
    await context.back()
    return Actor(row["actor"], row["actor_id"])


async def of(context: Context, actor: Actor) -> list[Passkey]:
    """The passkeys of somebody, oldest first."""
    rows = await _rows(context, actor)
    return [Passkey(row["passkey_id"], row["name"], row["added_at"], row["used_at"]) for row in rows]


async def remove(context: Context, passkey_id: str) -> None:
    """Remove a passkey of whoever is signed in.

    Raises:
        NoSuchThingError: They have none of this id.
        ConflictError: It is the last means by which they can sign in.
        SignInAgainError: They signed in too long ago.
    """
    fresh.check(context)
    actor = context.actor
    held = {row["passkey_id"] for row in await _rows(context, actor)}
    if passkey_id not in held:
        raise NoSuchThingError(WHAT, passkey_id)
    system = await context.as_system()
    password = await system.connection.fetchval(OTHER_MEANS, actor.kind, actor.id)
    if len(held) == 1 and not password:
        why = "This is all you can sign in with. Add another passkey or a password first."
        raise ConflictError(why)
    await system.connection.execute(REMOVE, actor.kind, actor.id, passkey_id)
    await context.back()
    await _note(context, "passkey_removed", passkey_id)


async def forget(context: Context) -> int:
    """Delete challenges that nobody answered, and say how many; the context is the system's."""
    status = await context.connection.execute(FORGET, context.now)
    return int(status.removeprefix("DELETE "))


async def _rows(context: Context, actor: Actor) -> list[Any]:
    system = await context.as_system()
    rows: list[Any] = await system.connection.fetch(OF_ACTOR, actor.kind, actor.id)
    await context.back()
    return rows


async def _asked(context: Context, purpose: str, challenge: bytes, options: str) -> Asked:
    new, actor = new_id("chl", context.now), context.actor
    system = await context.as_system()
    values = challenge, purpose, actor.kind, actor.id, context.now + LASTS
    await system.connection.execute(ASK, new, *values)
    await context.back()
    return Asked(new, msgspec.json.decode(options, type=dict[str, Any]))


async def _challenge(context: Context, purpose: str, challenge_id: str, actor_id: str) -> bytes:
    """What was asked, which is taken away: it can be answered once."""
    system = await context.as_system()
    found = await system.connection.fetchval(TAKE, challenge_id, purpose, actor_id, context.now)
    await context.back()
    if found is None:
        raise SignInFailedError
    return bytes(found)


def _credential_id(answer: dict[str, Any]) -> bytes:
    try:
        return base64url_to_bytes(answer["rawId"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SignInFailedError from None


async def _note(context: Context, what: str, passkey_id: str) -> None:
    person = context.actor.id if context.actor.kind == "person" else None
    await audit.record(context, f"sign_in.{what}", person=person, passkey=passkey_id)
    if person:
        await messages.tell(context, person, f"sign_in.{what}", passkey=passkey_id)


def _place(context: Context) -> str:
    """What passkeys are bound to: the host of the bureau's public address."""
    return urlsplit(context.settings.public_url).hostname or ""


def _origin(context: Context) -> str:
    url = urlsplit(context.settings.public_url)
    return f"{url.scheme}://{url.netloc}"
