"""The clocks of disputes: pure functions of days, from data per jurisdiction.

What must be done within calendar days is due on the last business day in them: never late, never on a day on
which nobody works.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from credence.events.calendar import add_months
from credence.server.services.contesting.rules.holidays import is_business_day
from credence.yaml_file import Node, parse, settle

FILE = "clocks.yaml"
UNITS = ("business_days", "days", "months")
REQUIRED = ("name", "title", "tell_furnisher", "decide", "tell_results", "suspends")
OPTIONAL = ("kinds", "reasons", "more", "frivolous")
ALL = "all"
# Of the days that there are to decide: when the furnisher is reminded, and when a reviewer takes it up.
REMIND, ESCALATE = 2, 4


@dataclass(frozen=True)
class Span:
    """So many business days, days or months."""

    unit: str
    count: int

    def after(self, day: date, where: str) -> date:
        """The last business day of a jurisdiction on which what must be done within the span is in time."""
        if self.unit == "business_days":
            return add_business_days(day, self.count, where)
        last = add_months(day, self.count) if self.unit == "months" else day + timedelta(days=self.count)
        return on_or_before(last, where)


@dataclass(frozen=True)
class Clock:
    """What must be done within what time; for which kinds of events and reasons (None: all).

    Attributes:
        where: The jurisdiction, whose business days hold.
        frivolous: Within what time a person knows that theirs was found to be frivolous; None where that is
            no finding.
    """

    where: str
    name: str
    title: str
    tell_furnisher: Span
    decide: Span
    tell_results: Span
    more: Span | None
    frivolous: Span | None
    suspends: frozenset[str] | None
    kinds: frozenset[str] | None
    reasons: frozenset[str] | None

    def fits(self, kind: str, reason: str) -> bool:
        """Whether it holds for an event of a kind that is contested for a reason."""
        return (self.kinds is None or kind in self.kinds) and (self.reasons is None or reason in self.reasons)

    def stops_counting(self, reason: str) -> bool:
        """Whether an event does not count while it is contested for a reason."""
        return self.suspends is None or reason in self.suspends


@dataclass(frozen=True)
class Due:
    """The days of one dispute."""

    tell_by: date
    remind_on: date
    escalate_on: date
    due_on: date


def add_business_days(day: date, count: int, where: str) -> date:
    """The so-manieth business day after a day."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day, where)
    return day


def on_or_before(day: date, where: str) -> date:
    """The last business day up to a day."""
    while not is_business_day(day, where):
        day -= timedelta(days=1)
    return day


def due(clock: Clock, opened_on: date, *, extended: bool = False) -> Due:
    """The days of a dispute that was opened on a day; `extended` where the person added information."""
    due_on = clock.decide.after(opened_on, clock.where)
    if extended and clock.more is not None:
        more = Span(clock.decide.unit, clock.decide.count + clock.more.count)
        due_on = more.after(opened_on, clock.where)
    remind, escalate = (part_before(opened_on, due_on, part, clock.where) for part in (REMIND, ESCALATE))
    tell_by = min(clock.tell_furnisher.after(opened_on, clock.where), due_on)
    return Due(tell_by, remind, escalate, due_on)


def part_before(opened_on: date, due_on: date, part: int, where: str) -> date:
    """The last business day on which one of so many parts of the time is left."""
    left = timedelta(days=(due_on - opened_on).days // part)
    return max(on_or_before(due_on - left, where), opened_on)


def results_by(clock: Clock, decided_on: date) -> date:
    """The day by which the person must know what was decided on a day."""
    return clock.tell_results.after(decided_on, clock.where)


def clock_for(jurisdiction: str, events: Iterable[str], reason: str) -> Clock:
    """The clock of a dispute on events of these kinds: of those that fit them, the one that ends first."""
    start = date(2024, 1, 1)
    found = [next(clock for clock in clocks()[jurisdiction] if clock.fits(kind, reason)) for kind in events]
    return min(found, key=lambda clock: clock.decide.after(start, jurisdiction))


def clock_named(name: str) -> Clock:
    """The clock of a name, which is one of the file's."""
    return next(clock for some in clocks().values() for clock in some if clock.name == name)


@cache
def clocks() -> dict[str, tuple[Clock, ...]]:
    """The clocks of every jurisdiction.

    Raises:
        DefinitionError: The file has faults.
    """
    text = (files(__package__ or "") / FILE).read_text(encoding="utf-8")
    return read_clocks(parse(text, FILE))


def read_clocks(node: Node) -> dict[str, tuple[Clock, ...]]:
    """The clocks of a file.

    Raises:
        DefinitionError: It has faults.
    """
    found = {
        where: tuple(_clock(child, where) for child in some.items()) for where, some in node.entries().items()
    }
    settle(node, FILE)
    return found


def _clock(node: Node, where: str) -> Clock:
    entries = node.keyed(REQUIRED, OPTIONAL)
    spans = {name: _span(entries.get(name)) for name in ("tell_furnisher", "decide", "tell_results")}
    suspends = entries.get("suspends")
    everything = suspends is None or suspends.value == ALL
    return Clock(
        where=where,
        name=entries["name"].text() if "name" in entries else "",
        title=entries["title"].text() if "title" in entries else "",
        more=_span(entries["more"]) if "more" in entries else None,
        frivolous=_span(entries["frivolous"]) if "frivolous" in entries else None,
        suspends=None if everything else _names(suspends),
        kinds=_names(entries.get("kinds")),
        reasons=_names(entries.get("reasons")),
        **spans,
    )


def _span(node: Node | None) -> Span:
    entries = {} if node is None else node.keyed((), UNITS)
    if len(entries) != 1:
        if node is not None:
            node.fault(f"Say one of: {', '.join(UNITS)}.")
        return Span("days", 1)
    ((unit, count),) = entries.items()
    return Span(unit, count.integer(1, 400))


def _names(node: Node | None) -> frozenset[str] | None:
    return None if node is None else frozenset(child.text() for child in node.items())
