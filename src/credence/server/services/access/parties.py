"""Who may come: partners, furnishers, operators; added by an operator, or by whoever runs the bureau."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any, Literal

from credence.errors import (
    ConflictError,
    InvalidRequestError,
    NoSuchThingError,
    NotAllowedError,
    NotSignedInError,
)
from credence.scorecards.live import purposes as known_purposes
from credence.server.ids import new_id
from credence.server.services import audit, tokens
from credence.server.services.access import clients, scopes
from credence.server.services.context import Actor, Context
from credence.server.services.people import sessions
from credence.server.store import members

Party = Literal["partner", "furnisher", "operator"]
PREFIXES: dict[Party, str] = {"partner": "par", "furnisher": "fur", "operator": "ope"}
COLUMNS: dict[Party, str] = {"partner": "purposes", "furnisher": "kinds", "operator": "roles"}
ADD: dict[Party, str] = {
    "partner": "INSERT INTO partners (partner_id, name, purposes, added_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT DO NOTHING RETURNING true",
    "furnisher": "INSERT INTO furnishers (furnisher_id, name, kinds, added_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT DO NOTHING RETURNING true",
    "operator": "INSERT INTO operators (operator_id, name, roles, added_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT DO NOTHING RETURNING true",
}
LIST: dict[Party, str] = {
    "partner": "SELECT partner_id AS id, name, purposes AS has, added_at, ended_at FROM partners ORDER BY 1",
    "furnisher": "SELECT furnisher_id AS id, name, kinds AS has, added_at, ended_at FROM furnishers "
    "ORDER BY 1",
    "operator": "SELECT operator_id AS id, name, roles AS has, mail IS NOT NULL AS mailed, added_at, "
    "ended_at FROM operators ORDER BY 1",
}
END: dict[Party, str] = {
    "partner": "UPDATE partners SET ended_at = $2 WHERE partner_id = $1 AND ended_at IS NULL",
    "furnisher": "UPDATE furnishers SET ended_at = $2 WHERE furnisher_id = $1 AND ended_at IS NULL",
    "operator": "UPDATE operators SET ended_at = $2 WHERE operator_id = $1 AND ended_at IS NULL",
}
END_TOKENS = "UPDATE tokens SET ended_at = $3 WHERE actor = $1 AND actor_id = $2 AND ended_at IS NULL"
END_KEYS = "UPDATE public_keys SET ended_at = $2 WHERE actor_id = $1 AND ended_at IS NULL"
ADD_LINK = "INSERT INTO links (link_hash, actor, actor_id, ends_at) VALUES ($1, $2, $3, $4)"
LINK = f"""
link_hash = $1 AND used_at IS NULL AND ends_at > $2 AND (
  EXISTS (SELECT FROM operators WHERE operator_id = links.actor_id AND ended_at IS NULL) OR
  EXISTS (SELECT FROM members WHERE member_id = links.actor_id AND {members.LIVE})
)
"""  # noqa: S608 - named in the store
USE_LINK = f"UPDATE links SET used_at = $2 WHERE {LINK} RETURNING actor, actor_id"  # noqa: S608
FIND_LINK = f"SELECT actor, actor_id FROM links WHERE {LINK}"  # noqa: S608
LINK_LASTS, SESSION_LASTS, TEST_KEY_LASTS = timedelta(days=1), timedelta(hours=8), timedelta(days=90)


@dataclass(frozen=True)
class Added:
    """Somebody new: the id, the id of the public key, and in a sandbox a simple key, shown once."""

    id: str
    key_id: str | None
    test_key: str | None


async def add(context: Context, party: Party, name: str, has: list[str]) -> str:
    """Add a partner with its purposes, a furnisher with its kinds of events, or an operator with roles.

    Args:
        context: The context of an operator who may do this, or the system's.
        party: What is added.
        name: Its name, which nobody else of its kind has.
        has: Purposes, kinds, or roles.

    Raises:
        InvalidRequestError: A purpose or a role is unknown.
        ConflictError: The name is taken.
    """
    if party == "operator":
        has = scopes.checked(party, has)
    if party == "partner":
        _check_purposes(has)
    key = new_id(PREFIXES[party], context.now)
    await add_known(context, party, key, name, has)
    return key


async def add_known(context: Context, party: Party, key: str, name: str, has: list[str]) -> None:
    """Add somebody of whom events speak by an id already; what it has was checked.

    Raises:
        ConflictError: The name is taken.
    """
    system = await context.as_system()
    made = await system.connection.fetchval(ADD[party], key, name, sorted(set(has)), context.now)
    await context.back()
    if not made:
        sentence = f"There is a {party} '{name}' already."
        raise ConflictError(sentence)
    await audit.record(context, f"{party}_added", id=key, has=sorted(set(has)))


def _check_purposes(given: list[str]) -> None:
    known = sorted(known_purposes())
    strange = [purpose for purpose in given if purpose not in known]
    if strange or not given:
        sentence = f"A partner needs purposes, each one of: {', '.join(known)}."
        raise InvalidRequestError(sentence, {"/purposes": sentence})


async def listed(context: Context, party: Party) -> list[Mapping[str, Any]]:
    """Everybody of a kind, oldest first, those who left among them."""
    system = await context.as_system()
    rows = await system.connection.fetch(LIST[party])
    await context.back()
    return rows


async def operator_named(context: Context, name: str) -> str:
    """The id of an operator by name; errors as for `named`."""
    return await named(context, "operator", name)


async def named(context: Context, party: Party, name: str) -> str:
    """The id of somebody by name.

    Raises:
        NoSuchThingError: There is none, or they left.
    """
    for row in await listed(context, party):
        if row["name"] == name and row["ended_at"] is None:
            return str(row["id"])
    raise NoSuchThingError(party, name)


async def add_program(
    context: Context,
    party: Literal["partner", "furnisher"],
    said: tuple[str, list[str]],
    key: tuple[dict[str, Any] | None, list[str]],
) -> Added:
    """Add a partner or furnisher with a public key, if one is said, and in a sandbox with a simple one.

    Args:
        context: The system's context.
        party: What is added.
        said: Its name, and its purposes or kinds.
        key: Its public key, if any, and the scopes of its keys; all that it may have if none is named.

    Raises:
        InvalidRequestError: A purpose or scope is unknown, or the key cannot be.
        ConflictError: The name is taken.
    """
    jwk, wanted = key
    made = await add(context, party, *said)
    actor = Actor(party, made)
    key_id = await clients.register(context, actor, jwk, wanted) if jwk is not None else None
    simple = await test_key(context, party, made, wanted) if context.settings.sandbox else None
    return Added(made, key_id, simple)


async def check_there(context: Context, party: Party, party_id: str) -> None:
    """Make sure that somebody is there.

    Raises:
        NoSuchThingError: They are not, or left.
    """
    if not any(row["id"] == party_id and row["ended_at"] is None for row in await listed(context, party)):
        raise NoSuchThingError(party, party_id)


async def end(context: Context, party: Party, party_id: str) -> None:
    """Somebody may come no more; every key and session of theirs ends at once.

    Raises:
        NoSuchThingError: There is none, or they left before.
    """
    system = await context.as_system()
    ended = await system.connection.execute(END[party], party_id, context.now)
    await system.connection.execute(END_TOKENS, party, party_id, context.now)
    await context.back()
    if ended != "UPDATE 1":
        raise NoSuchThingError(party, party_id)
    await audit.record(context, f"{party}_ended", id=party_id)


async def end_keys(context: Context, party: Party, party_id: str) -> None:
    """End every key and token of somebody at once, who stays: new keys are registered by an operator.

    Raises:
        NoSuchThingError: There is none, or they left.
    """
    await check_there(context, party, party_id)
    system = await context.as_system()
    await system.connection.execute(END_KEYS, party_id, context.now)
    await system.connection.execute(END_TOKENS, party, party_id, context.now)
    await context.back()
    await audit.record(context, f"{party}_keys_ended", id=party_id)


async def test_key(context: Context, party: Party, party_id: str, wanted: list[str]) -> str:
    """A simple key of 90 days, for the sandbox alone; shown once.

    Raises:
        NotAllowedError: This is no sandbox.
    """
    if not context.settings.sandbox:
        sentence = "Simple keys are for a sandbox. Here partners and furnishers sign with keys of their own."
        raise NotAllowedError(sentence)
    actor = Actor(party, party_id, frozenset(scopes.checked(party, wanted)), test=True)
    token, key = await tokens.issue(context, actor, TEST_KEY_LASTS, "test")
    await audit.record(context, "test_key_made", key=key, of=party_id)
    return token


async def sign_in_link(context: Context, operator_id: str) -> str:
    """A secret with which an operator registers a passkey once, within a day; in a sandbox signs in, too."""
    return await _link(context, Actor("operator", operator_id))


async def member_link(context: Context, member_id: str) -> str:
    """The same for somebody who acts for a partner or furnisher."""
    return await _link(context, Actor("member", member_id))


async def _link(context: Context, whose: Actor) -> str:
    secret = token_urlsafe(32)
    system = await context.as_system()
    values = tokens.hashed(secret), whose.kind, whose.id, context.now + LINK_LASTS
    await system.connection.execute(ADD_LINK, *values)
    await context.back()
    await audit.record(context, "sign_in_link_made", of=whose.id)
    return secret


async def invited(context: Context, secret: str) -> Actor:
    """Whom a secret invites, which is not used by this; the context is the system's.

    Raises:
        NotSignedInError: There is no such secret, or it was used, or has ended.
    """
    return _invited(await context.connection.fetchrow(FIND_LINK, tokens.hashed(secret), context.now))


async def use_link(context: Context, secret: str) -> Actor:
    """Whom a secret invites; it is used by this, once. The context is the system's.

    Raises:
        NotSignedInError: There is no such secret, or it was used, or has ended.
    """
    return _invited(await context.connection.fetchrow(USE_LINK, tokens.hashed(secret), context.now))


def _invited(row: Mapping[str, Any] | None) -> Actor:
    if row is None:
        sentence = "This secret was used, or has ended. Ask whoever invited you for another."
        raise NotSignedInError(sentence)
    return Actor(row["actor"], row["actor_id"])


async def sign_in(context: Context, secret: str) -> tuple[Actor, str]:
    """Sign an operator or a member in by a secret alone, in a sandbox; the context is the system's.

    Raises:
        NotAllowedError: This is no sandbox: the secret registers a passkey, and that signs in.
        NotSignedInError: There is no such secret, or it was used, or has ended.
    """
    if not context.settings.sandbox:
        sentence = (
            "Operators and members sign in with a passkey; a secret alone does in a sandbox only. "
            "Register one with it: POST /v1/operators/passkey/options."
        )
        raise NotAllowedError(sentence)
    actor = await sessions.acting_as(context, await use_link(context, secret))
    token, key = await tokens.issue(context, actor, SESSION_LASTS, "ses")
    await audit.record(context, f"{actor.kind}_signed_in", of=actor.member or actor.id, key=key)
    return actor, token
