"""Why a score changed, what it would be if something had happened, and plans to a higher one."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from credence.engines.counting import known_events
from credence.engines.moment import Moment
from credence.errors import InvalidRequestError, PersonNotFoundError
from credence.events.log import Event, EventLog
from credence.scoring.change import Change, compared
from credence.scoring.change_stages import View as Stage
from credence.scoring.run import at_newest
from credence.scoring.what_if.chosen import Chosen, suppose
from credence.scoring.what_if.moves import MoveKind, load_moves
from credence.scoring.what_if.plans import Goal, Plans, plan
from credence.server.services.context import Context
from credence.server.services.reading import scores
from credence.server.services.reading.cards import SameWords, reading
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.kept import SHELF
from credence.server.services.reading.named import with_names
from credence.server.services.reading.statements import View, facts, view_of

ROWS_MOST = 100


@dataclass(frozen=True)
class Supposed:
    """What is supposed: events that happened, events taken back (furnisher/event_id), a later day."""

    events: tuple[dict[str, Any], ...] = ()
    retract: tuple[str, ...] = ()
    at: date | None = None


async def since(
    context: Context, log: EventLog, grant: Grant, scorecard: str, earlier: date | None
) -> Change:
    """Why the newest score is another than an earlier one: that of a day, or the one before, if not said.

    Raises:
        InvalidRequestError: There is no earlier score.
        ConsentMissingError: The grant is for another scorecard.
    """
    if earlier is None:
        known = await scores.history(context, grant, scorecard, 2)
        if len(known) < 2:  # noqa: PLR2004 - a score, and the one before
            sentence = "There is no earlier score to compare with yet."
            raise InvalidRequestError(sentence)
        earlier = known[1].as_of
    before = await view_of(context, log, grant, scorecard, earlier)
    after = await view_of(context, log, grant, scorecard)
    whose = grant.person_id, "change", before.card.definition_hash, after.card.definition_hash
    make = partial(_changed, log, grant, (before, after))
    return await SHELF.or_made(whose, (before.moment, after.moment), context.now, make)


def _changed(log: EventLog, grant: Grant, views: tuple[View, View]) -> Change:
    with reading(log) as opened:
        first_moment, last = (at_newest(opened, view.moment) for view in views)
        # Told forwards: the later one knows whatever the earlier one does.
        known_at = max(first_moment.known_at, last.known_at)
        snapshot = max(first_moment.snapshot or 0, last.snapshot or 0) or None
        moments = first_moment, Moment(last.as_of, known_at, snapshot)
        events = opened.events_of(grant.log_id, known_at)
        first, second = (
            Stage(view.card, known_events(events, moment), moment, {})
            for view, moment in zip(views, moments, strict=True)
        )
        return compared(grant.person_id, first, second, opened.vocabulary)


async def told(context: Context, change: Change) -> dict[str, Any]:
    """A change as the person whose it is sees it, furnishers by their names too."""
    said: dict[str, Any] = msgspec.to_builtins(change)
    whole = said | {"before": facts(change.before), "after": facts(change.after)}
    return await with_names(context, whole)


async def what_if(
    context: Context, log: EventLog, grant: Grant, scorecard: str, supposed: Supposed
) -> Change:
    """What the newest score would be if something had happened, were taken back, or time passed.

    Raises:
        InvalidRequestError: Too many events are supposed, nothing is known of the person, or what is taken
            back is not.
        ConsentMissingError: The grant is for another scorecard.
        UsageError, IntakeError, HypotheticalError: It cannot be supposed.
    """
    if len(supposed.events) > ROWS_MOST:
        sentence = f"{ROWS_MOST} events may be supposed at most."
        raise InvalidRequestError(sentence, {"/events": sentence})
    view = await view_of(context, log, grant, scorecard)
    with _in_our_words():
        return await asyncio.to_thread(_supposed, log, grant.log_id, view, supposed)


@contextmanager
def _in_our_words() -> Iterator[None]:
    """What the library says of a person who is not in the log names the log's id, which nobody is told."""
    try:
        yield
    except PersonNotFoundError:
        sentence = "Nothing is known yet, so there is nothing to compare with."
        raise InvalidRequestError(sentence) from None


def _check_known(known: list[Event], names: tuple[str, ...]) -> None:
    """Make sure that events that are to be taken back are there.

    Raises:
        InvalidRequestError: One is not.
    """
    there = {f"{event['furnisher']}/{event['event_id']}" for event in known}
    missing = [name for name in names if name not in there]
    if missing:
        sentence = f"Nothing known is called '{missing[0]}' (furnisher/event_id)."
        raise InvalidRequestError(sentence, {"/retract": sentence})


def _supposed(log: EventLog, log_id: str, view: View, supposed: Supposed) -> Change:
    with TemporaryDirectory() as scratch, reading(log) as opened:
        if supposed.retract:
            _check_known(opened.events_of(log_id, view.moment.known_at), supposed.retract)
        file = Path(scratch) / "supposed.jsonl"
        rows = ({**row, "person_id": log_id} for row in supposed.events)
        file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        chosen = Chosen(file if supposed.events else None, supposed.retract, supposed.at)
        return suppose(view.card, opened, (log_id, {}), view.moment, chosen)


async def plans(context: Context, log: EventLog, grant: Grant, scorecard: str, goal: Goal) -> Plans:
    """The cheapest plans from the newest score to a band, or to so many points more.

    Raises:
        ConsentMissingError: The grant is for another scorecard.
        InvalidRequestError: Nothing is known of the person.
        UsageError: There is nothing to plan from, or no such band.
    """
    view = await view_of(context, log, grant, scorecard)
    whose = grant.person_id, "plans", view.card.definition_hash, goal
    make = partial(_planned, log, grant.log_id, view, goal)
    with _in_our_words():
        return await SHELF.or_made(whose, (view.moment,), context.now, make)


def _planned(log: EventLog, log_id: str, view: View, goal: Goal) -> Plans:
    with reading(log) as opened:
        return plan(view.card, opened, (log_id, {}), view.moment, goal, move_kinds(SameWords(log.vocabulary)))


@lru_cache(maxsize=8)
def move_kinds(words: SameWords) -> list[MoveKind]:
    """The moves that people can make, whose file never changes while a process runs."""
    return load_moves(words.vocabulary)
