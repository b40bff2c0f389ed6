"""Consents: what a person grants a partner; and grants, which only this module makes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from credence.errors import (
    ConsentMissingError,
    FrozenError,
    InvalidRequestError,
    NoSuchThingError,
    NotAllowedError,
    PurposeNotAllowedError,
)
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import accounts
from credence.server.services.people import known_as as id_for
from credence.server.services.reading.cards import live, live_names
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.levels import LEVELS, OVERSIGHT, OWN, check_purpose, from_on
from credence.server.store import consents as sql

DAYS, DAYS_MOST = 90, 365
REASON_LEAST = 10


@dataclass(frozen=True)
class Wish:
    """What may be read: for which purpose, to which level, by which scorecard.

    `at_least` is the one number that may be asked about; given at the level `threshold`, and there alone.
    """

    purpose: str
    level: str
    scorecard: str
    at_least: int | None = None


async def own(context: Context) -> Grant:
    """The grant of a person to read about themselves, all there is.

    Raises:
        NotAllowedError: The actor is no person.
        NoSuchThingError: Everything about the person was erased.
    """
    if context.actor.kind != "person":
        raise NotAllowedError
    person = context.actor.id
    return Grant(person, await _log_id(context, person), context.actor, OWN, LEVELS[-1])


async def for_partner(
    context: Context,
    known_as: str,
    purpose: str,
    level: str,
    *,
    scorecard: str | None = None,
    at_least: int | None = None,
) -> Grant:
    """The grant that a person's live consent gives to the partner that acts.

    Args:
        context: The context, of a partner.
        known_as: The person, by the id that this partner knows.
        purpose: What for.
        level: How much it wants to be told.
        scorecard: By which scorecard; by any that the person consented to, if not said.
        at_least: The number it asks about, at the level `threshold`.

    Raises:
        InvalidRequestError: There is no such purpose or level.
        PurposeNotAllowedError: The partner is not registered for the purpose.
        ConsentMissingError: There is no live consent, whatever the cause.
        FrozenError: There is one, and the person has frozen their scores.
    """
    system = await context.as_system()
    values = sought(context, known_as, purpose, level, scorecard, at_least)
    row = await system.connection.fetchrow(sql.FOR_PARTNER, *values)
    await context.back()
    return granted(context, purpose, level, row)


def sought(
    context: Context, known_as: str, purpose: str, level: str, scorecard: str | None, at_least: int | None
) -> tuple[object, ...]:
    """What `FOR_PARTNER` and `ASK` are asked with, in the name of the partner that acts.

    Raises:
        InvalidRequestError: There is no such purpose or level.
        NotAllowedError: The actor is no partner.
    """
    check_purpose(purpose)
    if context.actor.kind != "partner":
        raise NotAllowedError
    return context.actor.id, known_as, purpose, context.now, list(from_on(level)), scorecard, at_least


def granted(context: Context, purpose: str, level: str, row: Mapping[str, Any] | None) -> Grant:
    """The grant that was found.

    Raises:
        PurposeNotAllowedError: The partner is not registered for the purpose.
        ConsentMissingError: There is no live consent, whatever the cause.
        FrozenError: There is one, and the person has, or the bureau, frozen their scores.
    """
    if row is None or not row["registered"]:
        raise PurposeNotAllowedError(purpose)
    if row["consent_id"] is None:
        raise ConsentMissingError
    if row["frozen"]:
        named = {name: row[name] for name in ("person_id", "consent_id", "scorecard")}
        asked = {"partner_id": context.actor.id, "purpose": purpose, "level": level}
        raise FrozenError(named | asked, everybody=row["all_frozen"])
    return Grant(
        row["person_id"], row["log_id"], context.actor, purpose, level, row["consent_id"], row["scorecard"],
        row["at_least"], alert_until=row["alert_until"], first=row["first_read_at"] is None,
        called=row["called"],
    )  # fmt: skip


async def for_operator(context: Context, person_id: str, reason: str) -> Grant:
    """The grant of an operator, who says why; it goes into the record that the person sees.

    Raises:
        NotAllowedError: The actor is no operator.
        InvalidRequestError: No reason is said.
        NoSuchThingError: There is no such person.
    """
    if context.actor.kind != "operator":
        raise NotAllowedError
    said = reason_of(reason)
    log_id = await _log_id(context, person_id)
    return Grant(person_id, log_id, context.actor, OVERSIGHT, LEVELS[-1], reason=said)


def reason_of(reason: str) -> str:
    """Why an operator looks, in a sentence.

    Raises:
        InvalidRequestError: It says too little.
    """
    if len(reason.strip()) < REASON_LEAST:
        sentence = "Say in a sentence why you look; the person sees it."
        raise InvalidRequestError(sentence, {"/reason": sentence})
    return reason.strip()


def supposed(grant: Grant, wish: Wish) -> Grant:
    """The person's own grant as a partner's would be, for a preview of what it would be told."""
    assert grant.purpose == OWN, "only the person sees what others would"
    return replace(grant, purpose=wish.purpose, level=wish.level, at_least=wish.at_least)


async def _log_id(context: Context, person_id: str) -> str:
    found = await context.connection.fetchval(sql.PERSON, person_id)
    if found is None:
        what = "person"
        raise NoSuchThingError(what, person_id)
    return str(found)


async def check_wish(context: Context, wish: Wish, partner_id: str | None = None) -> None:
    """Make sure that what is wished for can be granted to a partner, or to any, if none is named.

    Raises:
        InvalidRequestError: A purpose, a level or a scorecard is unknown, or the number is amiss.
    """
    check_purpose(wish.purpose)
    from_on(wish.level)
    faults, card = {}, await live(context, wish.scorecard)
    if card is None or not card.is_for(partner_id):
        named = ", ".join(await live_names(context, partner_id))
        faults["/scorecard"] = f"'{wish.scorecard}' is no scorecard here. Scorecards are: {named}."
    elif wish.purpose not in (card.purposes or [wish.purpose]):
        faults["/purpose"] = f"The scorecard '{wish.scorecard}' is not for '{wish.purpose}'."
    if (wish.level == LEVELS[0]) != (wish.at_least is not None):
        faults["/at_least"] = f"The level '{LEVELS[0]}' needs at_least, the number asked; no other has it."
    if faults:
        raise InvalidRequestError(" ".join(faults.values()), faults)


async def check_partner(context: Context, partner_id: str, purpose: str) -> str:
    """Make sure that a partner is there and registered for a purpose; return its name.

    Raises:
        NoSuchThingError: There is no such partner.
        InvalidRequestError: It is not registered for the purpose.
    """
    system = await context.as_system()
    row = await system.connection.fetchrow(sql.PARTNER, partner_id)
    await context.back()
    if row is None:
        what = "partner"
        raise NoSuchThingError(what, partner_id)
    if purpose not in row["purposes"]:
        sentence = f"{row['name']} is not registered for the purpose '{purpose}'."
        raise InvalidRequestError(sentence, {"/purpose": sentence})
    return str(row["name"])


async def grant(
    context: Context, partner_id: str, wish: Wish, ends_at: datetime | None = None
) -> tuple[str, str]:
    """Grant a partner what a person chose; return the consent's id, and the person's as the partner knows it.

    Args:
        context: The context, of a person.
        partner_id: The partner.
        wish: What it may read.
        ends_at: When that ends; after 90 days if not said.

    Raises:
        InvalidRequestError: What is granted cannot be, or ends in the past or after more than a year.
        NoSuchThingError: There is no such partner.
        AccountClosedError: The person left.
    """
    await accounts.check_open(context)
    await check_partner(context, partner_id, wish.purpose)
    await check_wish(context, wish, partner_id)
    ends = _end(context.now, ends_at)
    consent, person = new_id("con", context.now), context.actor.id
    known_as = await id_for(context, partner_id, person)
    said = wish.purpose, wish.level, wish.at_least, wish.scorecard
    await context.connection.execute(sql.INSERT, consent, person, partner_id, *said, context.now, ends)
    await audit.record(
        context, "consent.granted", person=person, partner=partner_id, consent=consent, purpose=wish.purpose,
        level=wish.level, scorecard=wish.scorecard, ends_at=ends,
    )  # fmt: skip
    return consent, known_as


def _end(now: datetime, chosen: datetime | None) -> datetime:
    ends = chosen or now + timedelta(days=DAYS)
    if not now < ends <= now + timedelta(days=DAYS_MOST):
        sentence = f"A consent ends in the future, {DAYS_MOST} days from now at most."
        raise InvalidRequestError(sentence, {"/ends_at": sentence})
    return ends


async def withdraw(context: Context, consent_id: str) -> str | None:
    """Withdraw a consent of the person who acts, at once; return the partner, None if it was so before.

    Raises:
        NoSuchThingError: There is no such consent of the person's.
    """
    values = consent_id, context.actor.id
    partner: str | None = await context.connection.fetchval(sql.WITHDRAW, *values, context.now)
    if partner is not None:
        what, person = "consent.withdrawn", context.actor.id
        await audit.record(context, what, person=person, partner=partner, consent=consent_id)
    elif await context.connection.fetchval(sql.ONE, *values) is None:
        what = "consent"
        raise NoSuchThingError(what, consent_id)
    return partner


async def listed(context: Context, limit: int, before: str | None = None) -> list[Mapping[str, Any]]:
    """The consents of whoever acts, person or partner, newest first; `before` is the last id of a page."""
    query = sql.OF_PERSON if context.actor.kind == "person" else sql.OF_PARTNER
    system = await context.as_system()
    rows = await system.connection.fetch(query, context.actor.id, before or "d", limit)
    await context.back()
    return rows
