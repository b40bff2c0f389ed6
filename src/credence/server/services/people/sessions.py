"""Sessions of people, operators and members: opaque tokens, seen and ended by whoever they belong to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from credence.errors import InvalidRequestError, NoSuchThingError, SignInFailedError
from credence.server.keys import Keys
from credence.server.services import audit, tokens
from credence.server.services.context import Actor, Context
from credence.server.services.people import identifiers
from credence.server.services.people.kinds import identifier
from credence.server.store import members

# Operators and members see what others may not: theirs is a day's work.
LASTS, OPERATORS_LAST = timedelta(days=30), timedelta(hours=8)
PREFIX = "ses"
WHAT = "session"

LIVE = """
SELECT key_id, made_at, ends_at FROM tokens
WHERE (actor = $1 AND actor_id = $2 AND member_id IS NULL OR member_id = $2)
AND ended_at IS NULL AND ends_at > $3 ORDER BY key_id
"""
THIS = "SELECT key_id FROM tokens WHERE token_hash = $1"
OPERATOR = "SELECT operator_id FROM operators WHERE name = $1 AND ended_at IS NULL"
ROLES = "SELECT roles FROM operators WHERE operator_id = $1 AND ended_at IS NULL"
LIVING = "SELECT EXISTS (SELECT FROM people WHERE person_id = $1 AND erased_at IS NULL)"


@dataclass(frozen=True)
class Session:
    """Where somebody is signed in: since when, until when, and whether this is where they ask from.

    Until `fresh_until` it does what needs somebody who signed in a short while ago.
    """

    session_id: str
    made_at: datetime
    ends_at: datetime
    fresh_until: datetime
    here: bool


async def begin(context: Context, actor: Actor, how: str) -> str:
    """Sign somebody in who has shown who they are; return the token, to be put in a cookie.

    Args:
        context: The context of the request.
        actor: Who it is: a person, an operator, who gets the scopes of the operator's roles, or a member,
            who acts as their partner or furnisher from now on.
        how: How they showed it, for the audit.

    Raises:
        SignInFailedError: They are no more: an operator or member that was ended, a person that was erased.
    """
    signed_in = await acting_as(context, actor)
    lasts = LASTS if actor.kind == "person" else OPERATORS_LAST
    token, session = await tokens.issue(context, signed_in, lasts, PREFIX)
    person = actor.id if actor.kind == "person" else None
    await audit.record(context, "session.begun", person=person, whose=actor.id, session=session, how=how)
    return token


async def acting_as(context: Context, actor: Actor) -> Actor:
    """As whom somebody acts once they are signed in, with their scopes.

    Raises:
        SignInFailedError: They are no more.
    """
    system = await context.as_system()
    if actor.kind == "member":
        row = await system.connection.fetchrow(members.ONE, actor.id)
        if row is None:
            raise SignInFailedError
        return Actor(row["party"], row["party_id"], frozenset(row["scopes"]), member=actor.id)
    if actor.kind == "operator":
        roles = await system.connection.fetchval(ROLES, actor.id)
    else:
        roles = [] if await system.connection.fetchval(LIVING, actor.id) else None
    if roles is None:
        raise SignInFailedError
    return Actor(actor.kind, actor.id, frozenset(roles))


async def account(context: Context, keys: Keys, kind: str, value: str) -> Actor | None:
    """Who somebody means who says an address, a telephone number or an operator's name."""
    system = await context.as_system()
    if kind == "operator":
        found = await system.connection.fetchval(OPERATOR, value)
        await context.back()
        return Actor("operator", found) if found else None
    try:
        known = identifier(kind, value)
    except InvalidRequestError:
        # Nobody is known by it, which is said as of a wrong password: alike for all.
        return None
    person = await identifiers.holder(context, keys, known)
    return Actor("person", person) if person else None


async def of(context: Context, token: str = "") -> list[Session]:
    """The sessions of whoever asks; `token` is the one they ask with."""
    system = await context.as_system()
    here = await system.connection.fetchval(THIS, tokens.hashed(token))
    actor = context.actor
    rows = await system.connection.fetch(LIVE, actor.kind, actor.member or actor.id, context.now)
    await context.back()
    fresh = timedelta(minutes=context.settings.fresh_minutes)
    return [
        Session(row["key_id"], row["made_at"], row["ends_at"], row["made_at"] + fresh, row["key_id"] == here)
        for row in rows
    ]


async def end(context: Context, session_id: str) -> None:
    """End one session of whoever asks.

    Raises:
        NoSuchThingError: They have none of this id.
    """
    if session_id not in {session.session_id for session in await of(context)}:
        raise NoSuchThingError(WHAT, session_id)
    await tokens.end(context, context.actor, session_id)
    await audit.record(context, "session.ended", person=_person(context.actor), session=session_id)


async def end_this(context: Context, token: str) -> None:
    """Sign out: end the session of a token."""
    for session in await of(context, token):
        if session.here:
            await end(context, session.session_id)


async def end_all(context: Context, actor: Actor) -> None:
    """End every session of somebody, at once."""
    system = await context.as_system()
    rows = await system.connection.fetch(LIVE, actor.kind, actor.id, context.now)
    await context.back()
    await tokens.end(context, actor, *(row["key_id"] for row in rows))
    await audit.record(context, "session.all_ended", person=_person(actor), whose=actor.id)


def _person(actor: Actor) -> str | None:
    return actor.id if actor.kind == "person" else None
