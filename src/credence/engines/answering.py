"""From the events that count to answers: the Python twin of the SQL's middle steps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from credence.characteristics.aggregates import (
    Aggregate,
    Ago,
    Answer,
    Column,
    Crossing,
    Derived,
    Difference,
    Months,
    Number,
    Quotient,
    Text,
    aggregates_of,
    columns_in,
)
from credence.characteristics.filters import Filter, meets
from credence.engines.found import Found, Value
from credence.events.calendar import whole_months, window_start
from credence.events.log import Event


@dataclass
class Evaluation:
    """The answers about one person from the events that count; equal aggregates are computed once."""

    events: list[Event]
    as_of: date
    columns: dict[str, object] = field(default_factory=dict)
    _done: dict[Aggregate, tuple[Value, tuple[int, ...]]] = field(default_factory=dict)

    def answer(self, answer: Answer) -> Found:
        """The answer to a measure."""
        if isinstance(answer, Column | Derived):
            values = [_column_value(column, self.columns.get(column.name)) for column in columns_in(answer)]
            return Found(derived(answer.way, values) if isinstance(answer, Derived) else values[0])
        if isinstance(answer, Crossing):
            return Found(None)
        used = tuple(sorted({i for a in aggregates_of(answer) for i in self.aggregate(a)[1]}))
        if isinstance(answer, Quotient):
            return self._quotient(answer, used)
        if isinstance(answer, Difference):
            plus, minus = (self.aggregate(side)[0] for side in (answer.plus, answer.minus))
            nothing = plus is None and minus is None
            return Found(None if nothing else whole(plus) - whole(minus), events=used)
        return Found(self._single(answer), events=used)

    def _single(self, answer: Number | Ago | Months | Text) -> Value:
        value = self.aggregate(answer.aggregate)[0]
        if isinstance(answer, Ago):
            return self._ago(value, answer.unit)
        if isinstance(answer, Months):
            return _months(whole(value), longest_run=answer.longest_run)
        return value

    def _quotient(self, answer: Quotient, used: tuple[int, ...]) -> Found:
        top = whole(self.aggregate(answer.numerator)[0])
        bottom = whole(self.aggregate(answer.denominator)[0])
        if bottom <= 0:
            return Found(None)
        # The same order of floating-point steps as in the SQL, so that the shown value is equal to the bit.
        shown = (float(top) * answer.times) / (float(bottom) * answer.over)
        return Found(shown, top * answer.times, bottom * answer.over, used)

    def _ago(self, day: Value, unit: str) -> int | None:
        if not isinstance(day, date):
            return None
        return (self.as_of - day).days if unit == "days" else whole_months(day, self.as_of)

    def aggregate(self, aggregate: Aggregate) -> tuple[Value, tuple[int, ...]]:
        """An aggregate's value, and the places of the events it looked at."""
        if aggregate not in self._done:
            chosen = self._chosen(aggregate)
            if aggregate.field is not None:
                chosen = [i for i in chosen if self.events[i].get(aggregate.field) is not None]
            self._done[aggregate] = _computed(aggregate, [self.events[i] for i in chosen], chosen, self.as_of)
        return self._done[aggregate]

    def _chosen(self, aggregate: Aggregate) -> list[int]:
        events, start = aggregate.events, window_start(self.as_of, aggregate.months)
        inside = [i for i in self._of_kinds(events.kinds) if self.events[i]["occurred_on"] >= start]  # type: ignore[operator]
        if events.latest is not None:
            latest = {event[events.latest]: i for i in inside if events.latest in (event := self.events[i])}
            inside = sorted(latest.values())
        asks = events.currency is not None or events.where
        return [i for i in inside if _passes(events, self.events[i])] if asks else inside

    def _of_kinds(self, kinds: tuple[str, ...]) -> Iterable[int]:
        """The places of events of some kinds; any, if none are named."""
        return (
            sorted(i for kind in kinds for i in self._by_kind.get(kind, ()))
            if kinds
            else range(len(self.events))
        )

    @cached_property
    def _by_kind(self) -> dict[object, list[int]]:
        """Sorted out once: each aggregate asks for a few kinds of many."""
        places: dict[object, list[int]] = {}
        for i, event in enumerate(self.events):
            places.setdefault(event["kind"], []).append(i)
        return places


def _passes(events: Filter, event: Event) -> bool:
    if events.currency is not None and event.get("currency") != events.currency:
        return False
    return all(meets(condition, event.get(condition.field)) for condition in events.where)


def _computed(
    aggregate: Aggregate, events: list[Event], places: list[int], as_of: date
) -> tuple[Value, tuple[int, ...]]:
    used, name = tuple(places), aggregate.field or ""
    if aggregate.function == "count":
        return len(events), used
    if aggregate.function == "months":
        return _mask(events, as_of), used
    values = [event[name] for event in events]
    if aggregate.function == "distinct":
        return len(set(values)), used
    return _of_values(aggregate.function, values, used) if values else (None, ())


def _mask(events: list[Event], as_of: date) -> int:
    mask = 0
    for event in events:
        mask |= 1 << whole_months(event["occurred_on"], as_of)  # type: ignore[arg-type]
    return mask


def _of_values(function: str, values: list[Any], used: tuple[int, ...]) -> tuple[Value, tuple[int, ...]]:
    """The last, the sum or an extreme of values in the order of their events."""
    if function == "last":
        return values[-1], used[-1:]
    if function == "sum":
        return sum(values), used
    extreme = max(values) if function == "greatest" else min(values)
    return extreme, tuple(i for i, value in zip(used, values, strict=True) if value == extreme)


def whole(value: Value) -> int:
    """A number; nothing counts as zero."""
    return value if isinstance(value, int) else 0


def _months(mask: int, *, longest_run: bool) -> int:
    return max(map(len, f"{mask:b}".split("0"))) if longest_run else mask.bit_count()


def _column_value(answer: Column, value: object) -> Value:
    if value is None:
        return None
    return str(value) if answer.text else _number(float(value))  # type: ignore[arg-type]


def _number(number: float) -> float | None:
    return None if number != number else number  # noqa: PLR0124 - NaN is the only number unlike itself


def derived(way: str, numbers: list[Value]) -> float | None:
    """A double made of doubles: the twin of `sql.answers.derived_sql`."""
    known = [number for number in numbers if isinstance(number, float)]
    if way == "ratio":
        there = len(known) == len(numbers) and known[1] != 0
        return _number(known[0] / known[1]) if there else None
    if not known:
        return None
    if way == "average":
        total = 0.0
        # One after the other: `sum` rounds otherwise than a database does.
        for number in known:
            total += number
        return _number(total / len(known))
    return max(known) if way == "greatest" else min(known)
