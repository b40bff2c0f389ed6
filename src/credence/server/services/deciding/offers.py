"""Offers: what partners offer to whoever meets a published policy; looking is free and no inquiry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from credence.decisions.decide import decide
from credence.decisions.model import ACCEPT
from credence.errors import InvalidRequestError, NoSuchThingError, PolicyNotValidError, RequestError
from credence.events.log import EventLog
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.deciding import policies
from credence.server.services.deciding.application import Application, values_of
from credence.server.services.deciding.decisions import check_purpose
from credence.server.services.deciding.evaluating import known_of
from credence.server.services.deciding.reading_text import Ready
from credence.server.services.deciding.reviews import today
from credence.server.services.deciding.told import Row, row_of
from credence.server.services.reading import consents
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.levels import LEVELS, rank
from credence.server.services.reading.levels import check_purpose as check_known

OFFER = "offer"
MEETS, MISSES, OPEN = "meets_the_published_rule", "does_not_meet_the_published_rule", "not_known_yet"
DAYS_MOST = 366
COLUMNS = """
offer_id, offers.partner_id, partners.name AS partner, policy, title, purpose, level, sponsored, made_at,
starts_on, ends_on, closed_at
"""
INSERT = """
INSERT INTO offers
  (offer_id, partner_id, policy, title, purpose, level, sponsored, made_at, starts_on, ends_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
ONE = f"""
SELECT {COLUMNS} FROM offers JOIN partners USING (partner_id) WHERE offer_id = $1 AND offers.partner_id = $2
"""  # noqa: S608 - columns named above
OF_PARTNER = f"""
SELECT {COLUMNS} FROM offers JOIN partners USING (partner_id)
WHERE offers.partner_id = $1 AND offer_id < $2 ORDER BY offer_id DESC LIMIT $3
"""  # noqa: S608
# The newest first for everybody alike: who paid for what is said and plays no part here.
IN_FORCE = f"""
SELECT {COLUMNS} FROM offers JOIN partners USING (partner_id)
WHERE closed_at IS NULL AND $1 BETWEEN starts_on AND ends_on AND partners.ended_at IS NULL AND offer_id < $2
ORDER BY offer_id DESC LIMIT $3
"""  # noqa: S608
CLOSE = "UPDATE offers SET closed_at = $2 WHERE offer_id = $1 AND closed_at IS NULL"


@dataclass(frozen=True)
class New:
    """What a partner offers: by which policy, for what, from and until when, and what it would be told.

    `sponsored` says whether somebody pays for it to be shown; that is told, and moves nothing.
    """

    policy: str
    title: str
    purpose: str
    starts_on: date
    ends_on: date
    sponsored: bool
    level: str | None = None


@dataclass(frozen=True)
class Offer:
    """An offer as it is kept."""

    offer_id: str
    partner_id: str
    partner: str
    policy: str
    title: str
    purpose: str
    level: str
    sponsored: bool
    made_at: datetime
    starts_on: date
    ends_on: date
    closed_at: datetime | None


@dataclass(frozen=True)
class Seen:
    """An offer as one person sees it: how they stand to its rule, clause by clause.

    `at_least` is the score that the partner would ask for, where it would be told no more than that.
    """

    offer: Offer
    scorecard: str
    at_least: int | None
    standing: str
    rows: tuple[Row, ...]


async def publish(context: Context, new: New) -> Offer:
    """Offer something to whoever meets a policy in force.

    Raises:
        NoSuchThingError: There is no such policy.
        PolicyRetiredError: It is a draft, or retired.
        InvalidRequestError: The purpose, the level or the days cannot be.
    """
    ready = await policies.find(context, context.actor.id, new.policy)
    check_known(new.purpose)
    check_purpose(ready, new.purpose)
    wanted = ready.level if new.level is None else new.level
    level = wanted if rank(wanted) > rank(ready.level) else ready.level
    if not 0 <= (new.ends_on - new.starts_on).days <= DAYS_MOST or new.ends_on < today(context):
        sentence = f"An offer ends after today and its start, at most {DAYS_MOST} days after the latter."
        raise InvalidRequestError(sentence, {"/ends_on": sentence})
    offer_id, partner = new_id("off", context.now), context.actor.id
    values = new.policy, new.title, new.purpose, level, new.sponsored, context.now, new.starts_on, new.ends_on
    await context.connection.execute(INSERT, offer_id, partner, *values)
    await audit.record(context, "offer.opened", partner=partner, offer=offer_id, policy=new.policy)
    return await one(context, offer_id)


async def one(context: Context, offer_id: str) -> Offer:
    """An offer of the partner who asks.

    Raises:
        NoSuchThingError: There is none.
    """
    row = await context.connection.fetchrow(ONE, offer_id, context.actor.id)
    if row is None:
        raise NoSuchThingError(OFFER, offer_id)
    return _offer(row)


async def close(context: Context, offer_id: str) -> Offer:
    """Offer it no more.

    Raises:
        NoSuchThingError: There is none of the partner's.
    """
    await one(context, offer_id)
    await context.connection.execute(CLOSE, offer_id, context.now)
    await audit.record(context, "offer.closed", partner=context.actor.id, offer=offer_id)
    return await one(context, offer_id)


async def of_partner(context: Context, before: str, limit: int) -> list[Offer]:
    """The offers of the partner who asks, newest first."""
    return [
        _offer(row) for row in await context.connection.fetch(OF_PARTNER, context.actor.id, before, limit)
    ]


async def for_person(
    context: Context, log: EventLog, before: str, limit: int
) -> tuple[list[Seen], str | None]:
    """The offers in force as the person who asks stands to them, newest first; where the next page begins.

    Nobody is told that they looked, and nothing is recorded of it.
    """
    grant = await consents.own(context)
    system = await context.as_system()
    rows = await system.connection.fetch(IN_FORCE, today(context), before, limit)
    await context.back()
    seen = [await _seen(context, log, grant, _offer(row)) for row in rows]
    next_page = rows[-1]["offer_id"] if len(rows) == limit else None
    return [one for one in seen if one is not None], next_page


async def _seen(context: Context, log: EventLog, grant: Grant, offer: Offer) -> Seen | None:
    """How the person stands to an offer; None where its policy holds no more."""
    system = await context.as_system()
    try:
        ready = await policies.find(system, offer.partner_id, offer.policy)
        await context.back()
        known = await known_of(context, log, grant, ready, values_of(ready.policy, Application()))
        decision = decide(ready.policy, known.facts)
    except (RequestError, PolicyNotValidError):
        await context.back()
        return None
    rows = tuple(map(row_of, decision.rows))
    asks = ready.at_least if offer.level == LEVELS[0] else None
    return Seen(offer, ready.card, asks, _standing(ready, decision.meaning, rows), rows)


def _standing(ready: Ready, meaning: str, rows: tuple[Row, ...]) -> str:
    """Whether the rule is met; not known yet where that hangs on what only the partner will know."""
    if meaning == ACCEPT:
        return MEETS
    beside = {subject.place for subject in ready.policy.decided.beside}
    for row in rows:
        missing = [clause.subject for clause in row.clauses if not clause.met]
        if row.meaning == ACCEPT and missing and beside.issuperset(missing):
            return OPEN
    return MISSES


def _offer(row: Mapping[str, Any]) -> Offer:
    return Offer(**row)
