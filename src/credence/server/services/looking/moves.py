"""What a person can try out: the moves that their scorecard leaves them, later, or events taken back."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from credence.engines.counting import counted_events, known_events
from credence.engines.moment import Moment
from credence.errors import InvalidRequestError
from credence.events.calendar import add_months
from credence.events.hypothetical import FURNISHER
from credence.events.keys import event_key
from credence.events.log import Event, EventLog
from credence.scorecards.model import Scorecard
from credence.scoring.change import Change, compared
from credence.scoring.change_stages import View as Stage
from credence.scoring.run import at_newest
from credence.scoring.what_if.derive import Move, moves_of
from credence.scoring.what_if.parts import FOREVER
from credence.scoring.what_if.schedule import scheduled
from credence.server.services.context import Context
from credence.server.services.looking import own
from credence.server.services.reading import consents
from credence.server.services.reading.cards import SameWords, reading
from credence.server.services.reading.changes import move_kinds
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.named import names_of
from credence.server.services.reading.statements import View, view_of

MONTHS = (1, 3, 6, 12)
NOTHING_KNOWN = "Nothing is known yet, so there is nothing to compare with."


@dataclass(frozen=True)
class Choice:
    """A move that can be chosen: its key on the page, what it is, what its event says, and its effort."""

    key: str
    name: str
    title: str
    said: dict[str, object]
    effort: int


@dataclass(frozen=True)
class Against:
    """An event that speaks against the person and counts: by its names, what it is, when, and by whom."""

    key: str
    kind: str
    title: str
    occurred_on: date
    furnisher_name: str


@dataclass(frozen=True)
class Offered:
    """What can be tried out: moves, events that may be supposed to be taken back, and the bands above."""

    choices: tuple[Choice, ...]
    against: tuple[Against, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """What is tried out: keys of moves, names of events taken back (furnisher/event_id), months from now."""

    moves: tuple[str, ...] = ()
    retract: tuple[str, ...] = ()
    months: int = 0


async def offered(context: Context, log: EventLog, scorecard: str) -> Offered:
    """What the person who acts can try out, and the bands above their newest score.

    Raises:
        NotAllowedError: The actor is no person.
    """
    grant = await consents.own(context)
    view = await view_of(context, log, grant, scorecard)
    score = None if view.score is None else view.score.score
    moves, events = await asyncio.to_thread(_possible, log, grant.log_id, view)
    against = [event for event in events if log.vocabulary.kinds[str(event["kind"])].speaks == "against"]
    names = await names_of(context, {str(event["furnisher"]) for event in against})
    bands = tuple(
        band.name
        for below, band in zip(view.card.bands, view.card.bands[1:], strict=False)
        if score is not None and below.below is not None and score < below.below
    )
    choices = tuple(
        Choice(key, move.kind.name, move.title, dict(move.said), move.effort) for key, move in moves.items()
    )
    return Offered(choices, tuple(_against(log, event, names) for event in reversed(against)), bands)


def _against(log: EventLog, event: Event, names: dict[str, str]) -> Against:
    kind, day = log.vocabulary.kinds[str(event["kind"])], event["occurred_on"]
    assert isinstance(day, date), "an event has a day"
    furnisher = str(event["furnisher"])
    return Against(f"{furnisher}/{event['event_id']}", kind.name, kind.title, day, names[furnisher])


async def tried(context: Context, log: EventLog, scorecard: str, wish: Wish) -> Change:
    """What the newest score would be; a move is made as often as it can be until then.

    Of moves that exclude each other only the one of most effort is made; keys of none are left out. It is
    worked out as plans are: by the evaluator, on the events that the moves would bring.

    Raises:
        NotAllowedError: The actor is no person.
        InvalidRequestError: Nothing is known of the person, or what is taken back is not.
    """
    grant = await consents.own(context)
    view = await view_of(context, log, grant, scorecard)
    found = await asyncio.to_thread(_tried, log, grant, view, wish)
    await own.note(context, grant, scorecard, {"what_if": found.points})
    return found


def _tried(log: EventLog, grant: Grant, view: View, wish: Wish) -> Change:
    with reading(log) as opened:
        moment = at_newest(opened, view.moment)
        known = known_events(opened.events_of(grant.log_id, moment.known_at), moment)
    if not known:
        raise InvalidRequestError(NOTHING_KNOWN)
    words, card, start = log.vocabulary, view.card, moment.as_of
    moves = _keyed(card, log, counted_events(known, card, words, moment))
    chosen = _apart([moves[key] for key in wish.moves if key in moves])
    timezone, months = log.manifest.settings.timezone, max(wish.months, 1)
    brought = scheduled(grant.log_id, start, chosen, months, timezone)
    events = [event for each in brought.events for event in each] if wish.months else []
    events += _taken_back(known, wish.retract, start)
    until = add_months(start, wish.months)
    before, after = Stage(card, known, moment), Stage(card, [*known, *events], Moment(until, FOREVER))
    return compared(grant.person_id, before, after, words)


def _taken_back(known: Sequence[Event], names: Sequence[str], day: date) -> list[Event]:
    """What takes events back, as the log would have it from their own furnishers."""
    by_name = {f"{event['furnisher']}/{event['event_id']}": event for event in known}
    missing = [name for name in names if name not in by_name]
    if missing:
        sentence = f"Nothing known is called '{missing[0]}' (furnisher/event_id)."
        raise InvalidRequestError(sentence)
    at = datetime.combine(day, time())
    return [
        {
            "furnisher": by_name[name]["furnisher"], "event_id": f"{FURNISHER}-retracts-{number}",
            "event_key": event_key(FURNISHER, f"retracts-{number}"), "kind": by_name[name]["kind"],
            "occurred_at": at, "occurred_on": day, "date_only": True, "recorded_at": at,
            "action": "retracts", "target": by_name[name]["event_id"],
            "target_key": by_name[name]["event_key"],
        }
        for number, name in enumerate(dict.fromkeys(names), 1)
    ]  # fmt: skip


def _apart(moves: Sequence[Move]) -> list[Move]:
    hardest: dict[tuple[object, ...], Move] = {}
    for move in sorted(moves, key=lambda move: move.effort):
        hardest[move.group] = move
    return list(hardest.values())


def _possible(log: EventLog, log_id: str, view: View) -> tuple[dict[str, Move], list[Event]]:
    """The moves of a person by their keys, and the events that count."""
    with reading(log) as opened:
        moment = at_newest(opened, view.moment)
        events = opened.events_of(log_id, moment.known_at)
    counted = counted_events(events, view.card, log.vocabulary, moment)
    return _keyed(view.card, log, counted), counted


def _keyed(card: Scorecard, log: EventLog, counted: list[Event]) -> dict[str, Move]:
    """Each move under its name, and its number where there are several of the name."""
    seen: Counter[str] = Counter()
    found = {}
    for move in moves_of(card, log.vocabulary, counted, move_kinds(SameWords(log.vocabulary))):
        seen[move.kind.name] += 1
        found[f"{move.kind.name}-{seen[move.kind.name]}"] = move
    return found
