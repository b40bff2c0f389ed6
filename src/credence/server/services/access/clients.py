"""Public keys of partners and furnishers, and tokens for whoever signs with one (private_key_jwt)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec

from credence.errors import InvalidRequestError, NoSuchThingError, NotAllowedError, TokenRefusedError
from credence.server.services import audit, tokens
from credence.server.services.access import scopes, seen
from credence.server.services.access.signed import NotSigned, Signed, public_key, seconds, taken_apart
from credence.server.services.context import Actor, Context

INSERT = """
INSERT INTO public_keys (key_id, actor, actor_id, jwk, scopes, made_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6)
ON CONFLICT (key_id) DO NOTHING RETURNING true
"""
OF_ACTOR = (
    "SELECT key_id, scopes, made_at, ended_at FROM public_keys WHERE actor_id = $1 ORDER BY made_at, key_id"
)
USABLE = """
SELECT key_id, actor, jwk::text AS jwk, scopes FROM public_keys
WHERE actor_id = $1 AND ended_at IS NULL AND ($2::text IS NULL OR key_id = $2)
AND NOT EXISTS (SELECT FROM partners WHERE partner_id = $1 AND ended_at IS NOT NULL)
AND NOT EXISTS (SELECT FROM furnishers WHERE furnisher_id = $1 AND ended_at IS NOT NULL)
"""
END = "UPDATE public_keys SET ended_at = $3 WHERE actor_id = $1 AND key_id = $2 AND ended_at IS NULL"
END_TOKENS = "UPDATE tokens SET ended_at = $2 WHERE actor_id = $1 AND ended_at IS NULL AND proof IS NOT NULL"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LASTS = timedelta(minutes=5)
# How long an assertion may be valid, and how far clocks may differ.
LONGEST, APART = timedelta(minutes=5), timedelta(seconds=10)


@dataclass(frozen=True)
class Granted:
    """A token, shown once, with its scopes."""

    token: str
    scopes: list[str]


async def register(context: Context, actor: Actor, jwk: dict[str, Any], wanted: list[str]) -> str:
    """Keep a public key of a partner or furnisher; return its id, the thumbprint of RFC 7638.

    Args:
        context: The context of the request; whoever acts may do this.
        actor: Whose key it is.
        jwk: The key.
        wanted: For what scopes it may ask; all that such an actor can have if none is named.

    Raises:
        InvalidRequestError: The key is none on P-256, or is known already; or a scope is unknown.
    """
    granted = scopes.checked(actor.kind, wanted)
    try:
        key = public_key(jwk)
    except NotSigned as error:
        sentence = f"A key {error}."
        raise InvalidRequestError(sentence, {"/jwk": sentence}) from None
    values = (
        actor.kind,
        actor.id,
        msgspec.json.encode(key.jwk).decode(),
        granted,
        context.now,
    )
    system = await context.as_system()
    made = await system.connection.fetchval(INSERT, key.thumbprint, *values)
    await context.back()
    if not made:
        sentence = "This key is known already. Make a new pair of keys."
        raise InvalidRequestError(sentence, {"/jwk": sentence})
    await audit.record(context, "key_registered", key=key.thumbprint, of=actor.id, scopes=granted)
    return key.thumbprint


async def register_own(context: Context, jwk: dict[str, Any], wanted: list[str]) -> str:
    """Keep another public key of whoever acts, for no more than the key they act with.

    Raises:
        NotAllowedError: It would be for more.
        InvalidRequestError: As `register`.
    """
    beyond = sorted(set(scopes.checked(context.actor.kind, wanted)) - context.actor.scopes)
    if beyond:
        sentence = f"Your own key is not for: {', '.join(beyond)}. Ask the bureau for more."
        raise NotAllowedError(sentence)
    return await register(context, context.actor, jwk, wanted)


async def listed(context: Context, actor_id: str) -> list[Mapping[str, Any]]:
    """The public keys of somebody, oldest first, ended ones among them."""
    system = await context.as_system()
    rows = await system.connection.fetch(OF_ACTOR, actor_id)
    await context.back()
    return rows


async def end(context: Context, actor_id: str, key_id: str) -> None:
    """End a public key, and every token that is bound to a key of its owner, at once.

    Raises:
        NoSuchThingError: Its owner has no such key, or it has ended.
    """
    system = await context.as_system()
    ended = await system.connection.execute(END, actor_id, key_id, context.now)
    await system.connection.execute(END_TOKENS, actor_id, context.now)
    await context.back()
    if ended != "UPDATE 1":
        what = "key"
        raise NoSuchThingError(what, key_id)
    await audit.record(context, "key_ended", key=key_id, of=actor_id)


async def exchange(context: Context, assertion: str, wanted: list[str], thumbprint: str) -> Granted:
    """A token of five minutes for whoever signed an assertion, bound to the key of the proof.

    Args:
        context: The system's context.
        assertion: What the client signed (RFC 7523).
        wanted: The scopes that it asks for; all that its key has if none is named.
        thumbprint: The thumbprint of the key that the token is bound to.

    Raises:
        TokenRefusedError: The assertion is not as it must be, or a scope is not the key's.
    """
    try:
        signed = taken_apart(assertion)
        row = await _key_of(context, signed)
        _is_for_us(signed, context)
    except NotSigned as error:
        refused, sentence = "invalid_client", f"The client assertion {error}."
        raise TokenRefusedError(refused, sentence) from None
    ends_at = context.now + LONGEST + APART
    if not await seen.first_time(
        context, f"assertion {signed.claims['iss']} {signed.claims['jti']}", ends_at
    ):
        refused, sentence = "invalid_client", "The client assertion came before: make another for each token."
        raise TokenRefusedError(refused, sentence)
    granted = _scopes(wanted, row["scopes"])
    actor = Actor(row["actor"], signed.word("iss"), frozenset(granted))
    token, _ = await tokens.issue(context, actor, LASTS, "live", proof=thumbprint)
    return Granted(token, granted)


async def _key_of(context: Context, signed: Signed) -> Mapping[str, Any]:
    """The registered key with which an assertion is signed."""
    key_id = signed.header.get("kid")
    client = signed.word("iss")
    named = key_id if isinstance(key_id, str) else None
    for row in await context.connection.fetch(USABLE, _plain(client), named and _plain(named)):
        try:
            signed.check(public_key(msgspec.json.decode(row["jwk"])))
        except NotSigned:
            continue
        return row
    message = "is signed with no key that is registered for its issuer"
    raise NotSigned(message)


def _plain(text: str) -> str:
    """A text that PostgreSQL takes: it knows no NUL, and no half of a pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _is_for_us(signed: Signed, context: Context) -> None:
    ours = {context.settings.public_url, f"{context.settings.public_url}/v1/oauth/token"}
    audience = signed.claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if not any(isinstance(one, str) and one in ours for one in named):
        message = f"must have the audience {context.settings.public_url}"
        raise NotSigned(message)
    if signed.word("sub") != signed.word("iss"):
        message = "must have the same 'iss' and 'sub'"
        raise NotSigned(message)
    signed.word("jti")
    now, ends = seconds(context.now), signed.number("exp")
    if not now - APART.seconds < ends <= now + LONGEST.seconds + APART.seconds:
        message = f"must end within {LONGEST.seconds // 60} minutes, and not before now"
        raise NotSigned(message)
    if "nbf" in signed.claims and signed.number("nbf") > now + APART.seconds:
        message = "is not valid yet"
        raise NotSigned(message)


def _scopes(wanted: list[str], had: list[str]) -> list[str]:
    strange = sorted(set(wanted) - set(had))
    if strange:
        refused, sentence = "invalid_scope", f"The key may not ask for: {' '.join(strange)}."
        raise TokenRefusedError(refused, sentence)
    return sorted(set(wanted or had))
