"""Freezes: while one holds, no partner reads, but for those the person excepts; fraud alerts.

A freeze is one write. Partners and the person are told of it by a job, so that nothing holds it up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from credence.errors import ConflictError, InvalidRequestError, NoSuchThingError
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.people import messages
from credence.server.store import consents as consents_sql
from credence.server.store import freezes as sql

PERSON, BREACH = "person", "breach"
# How long a fraud alert lasts, in days.
ALERTS = {"initial": 365, "extended": 7 * 365, "active_duty": 365}
EXCEPTION_DAYS, EXCEPTION_DAYS_MOST = 30, 365


@dataclass(frozen=True)
class Standing:
    """What holds for a person: their freeze, one of everybody, who is excepted, fraud alerts."""

    freeze: Mapping[str, Any] | None
    everybody: Mapping[str, Any] | None
    exceptions: list[Mapping[str, Any]]
    alerts: list[Mapping[str, Any]]


async def is_frozen(context: Context, person_id: str) -> bool:
    """Whether a person's scores are frozen; the context is the person's, an operator's or the system's."""
    return bool(await context.connection.fetchval(sql.IS_FROZEN, person_id))


async def standing(context: Context) -> Standing:
    """What holds for the person who acts."""
    person = context.actor.id
    freeze = await context.connection.fetchrow(sql.LIVE, person)
    alerts = await context.connection.fetch(sql.ALERTS, person, context.now)
    system = await context.as_system()
    exceptions = await system.connection.fetch(sql.EXCEPTIONS, person, context.now)
    everybody = await system.connection.fetchrow(sql.OF_EVERYBODY)
    await context.back()
    return Standing(freeze, everybody, exceptions, alerts)


async def freeze(context: Context, person_id: str, why: str = PERSON) -> str:
    """Freeze a person's scores at once; return the freeze's id, the present one's if there is one."""
    made, by = new_id("frz", context.now), context.actor.kind
    found = await context.connection.fetchval(sql.FREEZE, made, person_id, context.now, by, why)
    if found == made:
        await audit.record(context, "freeze.set", person=person_id, freeze=made, why=why)
    return str(found)


async def thaw(context: Context) -> bool:
    """Lift the freeze of the person who acts; whether there was one."""
    person = context.actor.id
    found = await context.connection.fetchval(sql.THAW, person, context.now)
    if found is not None:
        await audit.record(context, "freeze.lifted", person=person, freeze=found)
    return found is not None


async def except_partner(context: Context, partner_id: str, ends_at: datetime | None = None) -> datetime:
    """Let a partner with a live consent read in spite of a freeze, for 30 days if not said; return the end.

    Raises:
        NoSuchThingError: There is no such partner.
        InvalidRequestError: The end is not in the year that comes.
    """
    ends = ends_at or context.now + timedelta(days=EXCEPTION_DAYS)
    if not context.now < ends <= context.now + timedelta(days=EXCEPTION_DAYS_MOST):
        sentence = f"An exception ends in the future, {EXCEPTION_DAYS_MOST} days from now at most."
        raise InvalidRequestError(sentence, {"/ends_at": sentence})
    system = await context.as_system()
    known = await system.connection.fetchval(consents_sql.PARTNER, partner_id)
    await context.back()
    if known is None:
        what = "partner"
        raise NoSuchThingError(what, partner_id)
    person = context.actor.id
    await context.connection.execute(sql.EXCEPT, person, partner_id, context.now, ends)
    await audit.record(context, "freeze.exception_added", person=person, partner=partner_id, ends_at=ends)
    return ends


async def end_exception(context: Context, partner_id: str) -> None:
    """Let a freeze hold for a partner again."""
    person = context.actor.id
    if await context.connection.fetchval(sql.NO_EXCEPTION, person, partner_id) is not None:
        await audit.record(context, "freeze.exception_ended", person=person, partner=partner_id)


async def alert(context: Context, kind: str) -> tuple[str, datetime]:
    """Put a fraud alert on the person who acts; return its id and its end. Partners with a consent see it.

    Raises:
        InvalidRequestError: There is no such kind.
    """
    if kind not in ALERTS:
        sentence = f"'{kind}' is no kind of fraud alert. Kinds are: {', '.join(ALERTS)}."
        raise InvalidRequestError(sentence, {"/kind": sentence})
    made, ends = new_id("alr", context.now), context.now + timedelta(days=ALERTS[kind])
    person = context.actor.id
    await context.connection.execute(sql.ALERT, made, person, kind, context.now, ends)
    await audit.record(context, "fraud_alert.set", person=person, alert=made, kind=kind, ends_at=ends)
    return made, ends


async def lift_alert(context: Context, alert_id: str) -> None:
    """Lift a fraud alert of the person who acts.

    Raises:
        NoSuchThingError: There is no such alert, or it has ended.
    """
    person = context.actor.id
    if await context.connection.fetchval(sql.LIFT_ALERT, alert_id, person, context.now) is None:
        what = "fraud alert"
        raise NoSuchThingError(what, alert_id)
    await audit.record(context, "fraud_alert.lifted", person=person, alert=alert_id)


async def freeze_cohort(context: Context, partner_id: str, since: datetime) -> list[str]:
    """Breach: freeze everybody whom a partner read about since an instant; return them.

    The context is an operator's. Whoever was frozen already stays so, as they were.
    """
    rows = await context.connection.fetch(sql.COHORT, partner_id, since)
    people = [str(row["person_id"]) for row in rows]
    for person in people:
        await freeze(context, person, BREACH)
        await messages.tell(context, person, "freeze.breach")
    await audit.record(context, "breach.frozen", partner=partner_id, since=since, people=len(people))
    return people


async def freeze_everybody(context: Context, why: str) -> str:
    """Freeze everybody's scores in one write, whatever exceptions there are; return the freeze's id.

    The context is an operator's.

    Raises:
        ConflictError: Everybody is frozen already.
    """
    made, by = new_id("frz", context.now), context.actor.id
    if await context.connection.fetchval(sql.EVERYBODY, made, context.now, by, why) is None:
        sentence = "Everybody's scores are frozen already."
        raise ConflictError(sentence)
    await audit.record(context, "freeze.everybody_set", freeze=made, why=why)
    return made


async def thaw_everybody(context: Context) -> None:
    """Lift the freeze of everybody; those that people set themselves stay. The context is an operator's."""
    found = await context.connection.fetchval(sql.THAW_EVERYBODY, context.now, context.actor.id)
    if found is not None:
        await audit.record(context, "freeze.everybody_lifted", freeze=found)
