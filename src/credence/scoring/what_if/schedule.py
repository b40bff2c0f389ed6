"""When the moves of a plan happen: from now on, a few a month, in the middle of their share of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from credence.events.calendar import add_months
from credence.events.hypothetical import FURNISHER, midnights
from credence.events.keys import event_key
from credence.events.log import Event
from credence.scoring.what_if.derive import Move

# Every month has so many days.
DAYS_A_MONTH = 28


def times_most(move: Move, months: int) -> int:
    """How often a move can be made in so many months."""
    kind = move.kind
    times = kind.a_month * (1 + (months - 1) // kind.every)
    return times if kind.most is None else min(times, kind.most)


def day_of(move: Move, number: int, start: date) -> date:
    """The day of a move's nth time (from 0), from a date on."""
    turn, place = divmod(number, move.kind.a_month)
    days = DAYS_A_MONTH * (2 * place + 1) // (2 * move.kind.a_month)
    return add_months(start, turn * move.kind.every) + timedelta(days=days)


@dataclass(frozen=True)
class Schedule:
    """The events of a person's moves from a date on, as the log would give them."""

    person_id: str
    start: date
    moves: list[Move]
    events: list[list[Event]]

    def of(self, counts: tuple[int, ...]) -> list[Event]:
        """The events of a plan: for each move, its first so many times."""
        return [event for events, times in zip(self.events, counts, strict=True) for event in events[:times]]


def scheduled(person_id: str, start: date, moves: list[Move], months: int, timezone: str) -> Schedule:
    """Every time that each move could be made within so many months."""
    days = [[day_of(move, n, start) for n in range(times_most(move, months))] for move in moves]
    firsts = midnights(sorted({day for each in days for day in each}), timezone)
    events = [
        [_event(person_id, move, f"{place}-{n + 1}", (day, firsts[day])) for n, day in enumerate(each)]
        for place, (move, each) in enumerate(zip(moves, days, strict=True), 1)
    ]
    return Schedule(person_id, start, moves, events)


def _event(person_id: str, move: Move, event_id: str, when: tuple[date, datetime]) -> Event:
    day, first = when
    name = f"{move.kind.name}-{event_id}"
    own: Event = {
        "person_id": person_id,
        "kind": move.kind.kind,
        "furnisher": FURNISHER,
        "event_id": name,
        "occurred_at": first,
        "occurred_on": day,
        "date_only": True,
        "recorded_at": first,
        "event_key": event_key(FURNISHER, name),
    }
    return own | move.said


def row_of(event: Event) -> dict[str, object]:
    """An event of a schedule as a furnisher would send it."""
    own = ("occurred_at", "occurred_on", "date_only", "recorded_at", "event_key")
    said = {name: value for name, value in event.items() if name not in own}
    dated = {name: str(value) if isinstance(value, date) else value for name, value in said.items()}
    return dated | {"occurred_at": str(event["occurred_on"])}
