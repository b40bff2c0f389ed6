"""What a dispute is about: events behind a line of a statement, or one event by its name."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from credence.engines.moment import Moment
from credence.errors import InvalidRequestError, NoSuchThingError, PersonNotFoundError
from credence.events.log import Event, EventLog
from credence.scorecards.model import Scorecard
from credence.scoring.explain import explain
from credence.server.services.contesting import finding
from credence.server.services.contesting.finding import Found
from credence.server.services.context import Context
from credence.server.services.reading import cards
from credence.server.services.reading.statements import held
from credence.server.state import State

Result = TypeVar("Result")
LOG_ID = "SELECT log_id FROM people WHERE person_id = $1"


@dataclass(frozen=True)
class Line:
    """A line of a statement: the scorecard, its day, the characteristic."""

    scorecard: str
    as_of: date
    characteristic: str


@dataclass(frozen=True)
class Named:
    """An event by the names that it has in the log."""

    furnisher: str
    event_id: str


@dataclass(frozen=True)
class Contested:
    """An event that is contested: its names and its kind; for a look at scores also the inquiry."""

    furnisher: str
    event_id: str
    kind: str
    inquiry_id: str | None = None


async def reading(state: State, work: Callable[[EventLog], Result]) -> Result:
    """Read the event log, in a thread of its own."""

    def done() -> Result:
        with cards.reading(state.log) as log:
            return work(log)

    return await asyncio.to_thread(done)


async def as_sent(context: Context, state: State, dispute: Found) -> dict[str, Event]:
    """The contested events as their furnisher, who acts, sent them, by item; without whose each is."""
    mine = await finding.items(context, dispute["dispute_id"])
    named = {(one["furnisher"], one["event_id"]): str(one["item_id"]) for one in mine}
    log_id = str(await (await context.as_system()).connection.fetchval(LOG_ID, dispute["person_id"]))
    events = await reading(state, lambda log: log.events_of(log_id))
    known = {*state.log.vocabulary.fields, "event_id", "kind", "occurred_at", "reported_at"}
    return {named[whose]: _said(event, known) for event in events if (whose := _named(event)) in named}


def _named(event: Event) -> tuple[str, str]:
    return str(event["furnisher"]), str(event["event_id"])


def _said(event: Event, known: set[str]) -> Event:
    said = {name: value for name, value in event.items() if name in known}
    return said | ({"occurred_at": event["occurred_on"]} if event.get("date_only") else {})


async def check_scorecard(context: Context, name: str) -> None:
    """Make sure that a scorecard concerns the person who asks.

    Raises:
        NoSuchThingError: None of that name does.
    """
    if name not in await cards.concerning(context, context.actor.id):
        what = "scorecard"
        raise NoSuchThingError(what, name)


def newest(log: EventLog, as_of: date, now: datetime) -> Moment:
    """As of a day, as known now: with all that the log has, whose clock may be ahead of a request's."""
    last = log.snapshot
    known_at = cards.plain(now) if last is None else max(cards.plain(now), last.made_at)
    return Moment(as_of, known_at, last.number if last else None)


async def contested(context: Context, state: State, log_id: str, what: Line | Named) -> list[Contested]:
    """The events that a dispute is about, the earliest first.

    Raises:
        NoSuchThingError: There is no such scorecard, line or event of the person's.
        InvalidRequestError: No event is behind the line.
    """
    if isinstance(what, Named):
        return [_event(await reading(state, lambda log: log.events_of(log_id)), what)]
    await check_scorecard(context, what.scorecard)
    scorecard = await held(context, state.log, what.scorecard, what.as_of)
    return await reading(state, lambda log: _behind(log, scorecard, (log_id, context.now), what))


def _event(events: list[Event], what: Named) -> Contested:
    hidden = _corrected(events)
    for event in events:
        named = (event["furnisher"], event["event_id"]) == (what.furnisher, what.event_id)
        if named and event.get("action") in (None, "replaces") and event["event_key"] not in hidden:
            return _contested(event)
    kind = "event"
    raise NoSuchThingError(kind, f"{what.furnisher}/{what.event_id}")


def _corrected(events: list[Event]) -> set[object]:
    return {e["target_key"] for e in events if e.get("action") in ("retracts", "replaces")}


def _behind(log: EventLog, scorecard: Scorecard, person: tuple[str, datetime], what: Line) -> list[Contested]:
    log_id, now = person
    try:
        statement = explain(scorecard, log, log_id, newest(log, what.as_of, now))
    except PersonNotFoundError:
        kind = "statement"
        raise NoSuchThingError(kind, f"{what.scorecard} of {what.as_of}") from None
    lines = [line for line in statement.lines if line.characteristic == what.characteristic]
    if not lines:
        kind = "line"
        raise NoSuchThingError(kind, what.characteristic)
    if not lines[0].evidence:
        why = "No event is behind this line. If something is missing from it, its furnisher can send it."
        raise InvalidRequestError(why, {"/line/characteristic": why})
    return [Contested(item.furnisher, item.event_id, item.kind) for item in lines[0].evidence]


def _contested(event: Event) -> Contested:
    return Contested(str(event["furnisher"]), str(event["event_id"]), str(event["kind"]))
