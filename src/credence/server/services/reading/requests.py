"""Requests for a consent: the person sees exactly what would be sent, and grants or lets it lapse."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from credence.errors import ConflictError, InvalidRequestError, NoSuchThingError
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import accounts, messages, person_of
from credence.server.services.reading import consents
from credence.server.services.reading.consents import DAYS_MOST, Wish
from credence.server.store import consent_requests as sql

LAPSES = timedelta(days=14)


async def ask(context: Context, wish: Wish, days: int, known_as: str | None) -> tuple[str, datetime]:
    """Ask for a consent, in the name of the partner that acts; return the request's id and when it lapses.

    Args:
        context: The context, of a partner.
        wish: What is asked for.
        days: How long it should last, from 1 to 365.
        known_as: The person, by the id that this partner knows; None for whoever is shown the request.

    Raises:
        InvalidRequestError: What is asked for cannot be, or the partner is not registered for it.
    """
    await consents.check_wish(context, wish, context.actor.id)
    if not 1 <= days <= DAYS_MOST:
        sentence = f"A consent lasts from 1 to {DAYS_MOST} days."
        raise InvalidRequestError(sentence, {"/days": sentence})
    partner = context.actor.id
    await consents.check_partner(context, partner, wish.purpose)
    # For somebody whom the partner does not know, or who left, nobody sees it: the answer is the same.
    person = None if known_as is None else await person_of(context, partner, known_as)
    if person is not None and await accounts.has_left(context, person):
        person = None
    request, lapses = new_id("crq", context.now), context.now + LAPSES
    system = await context.as_system()
    said = wish.purpose, wish.level, wish.at_least, wish.scorecard, days, context.now, lapses
    await system.connection.execute(sql.INSERT, request, partner, person, known_as is None, *said)
    await context.back()
    await audit.record(context, "consent.requested", person=person, partner=partner, request=request)
    if person is not None:
        await messages.tell(context, person, "consent.requested", request=request)
    return request, lapses


async def one(context: Context, request_id: str) -> Mapping[str, Any]:
    """A request: one of the partner's that acts, or one that the person who acts may grant.

    Raises:
        NoSuchThingError: There is none that they may see, or it has lapsed.
    """
    query = sql.FOR_PERSON if context.actor.kind == "person" else sql.FOR_PARTNER
    system = await context.as_system()
    row = await system.connection.fetchrow(query, request_id, context.actor.id, context.now)
    await context.back()
    if row is None:
        what = "request"
        raise NoSuchThingError(what, request_id)
    return row


async def of_partner(context: Context, limit: int, before: str | None = None) -> list[Mapping[str, Any]]:
    """What the partner that acts asked for, newest first; `before` is the last id of the page before."""
    system = await context.as_system()
    return await system.connection.fetch(sql.OF_PARTNER, context.actor.id, before or "d", limit)


async def shown(context: Context, request_id: str) -> Mapping[str, Any] | None:
    """A request to whoever is shown it, for somebody who is not signed in yet; None if there is none.

    One to a person whom the partner knows, or that somebody granted, is nobody's to see but theirs.
    """
    system = await context.as_system()
    row = await system.connection.fetchrow(sql.FOR_PERSON, request_id, "", context.now)
    await context.back()
    return row


async def waiting(context: Context) -> list[Mapping[str, Any]]:
    """The requests to the person who acts that are neither granted nor lapsed, newest first."""
    system = await context.as_system()
    rows = await system.connection.fetch(sql.WAITING, context.actor.id, context.now)
    await context.back()
    return rows


def wished(row: Mapping[str, Any]) -> Wish:
    """What a request asks for."""
    return Wish(row["purpose"], row["level"], row["scorecard"], row["at_least"])


async def grant(
    context: Context, request_id: str, said: tuple[str, str], ends_at: datetime | None = None
) -> tuple[str, str, str]:
    """Grant what is requested; return the consent's id, the partner's, and the person's as it knows them.

    Args:
        context: The context, of a person.
        request_id: The request.
        said: The purpose and the level, said again by the person: nothing is granted without being named.
        ends_at: When the consent ends; as requested, if not said.

    Raises:
        NoSuchThingError: There is no such request, or it has lapsed.
        InvalidRequestError: The purpose or the level is another than requested, or the end cannot be.
        ConflictError: It was granted already.
    """
    row = await one(context, request_id)
    if row["consent_id"] is not None:
        sentence = "This request was granted already."
        raise ConflictError(sentence)
    if said != (row["purpose"], row["level"]):
        sentence = f"The request is for '{row['purpose']}' at the level '{row['level']}': say both again."
        raise InvalidRequestError(sentence)
    ends = ends_at or context.now + timedelta(days=row["days"])
    consent, known_as = await consents.grant(context, row["partner_id"], wished(row), ends)
    system = await context.as_system()
    done = await system.connection.fetchval(sql.GRANTED, request_id, consent, context.actor.id)
    await context.back()
    if done is None:
        sentence = "This request was granted just now by somebody else."
        raise ConflictError(sentence)
    return consent, row["partner_id"], known_as
