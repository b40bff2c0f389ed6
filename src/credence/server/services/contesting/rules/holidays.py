"""Holidays, as data per jurisdiction: which days are no business days though they are no weekend."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from credence.yaml_file import Node, parse, settle

FILE = "holidays.yaml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SATURDAY, SUNDAY = 5, 6
OFF = {SATURDAY: timedelta(days=-1), SUNDAY: timedelta(days=1)}


@dataclass(frozen=True)
class Holiday:
    """A day of every year: one of a month, or the nth weekday of it."""

    name: str
    month: int
    day: int | None
    weekday: int
    nth: int

    def kept(self, year: int) -> date:
        """The day on which it is kept: Friday or Monday, where it is on a weekend."""
        if self.day is not None:
            day = date(year, self.month, self.day)
            return day + OFF.get(day.weekday(), timedelta(0))
        weeks = Calendar().monthdatescalendar(year, self.month)
        days = [week[self.weekday] for week in weeks if week[self.weekday].month == self.month]
        return days[self.nth if self.nth < 0 else self.nth - 1]


def is_business_day(day: date, where: str) -> bool:
    """Whether a day is neither on a weekend nor a holiday of a jurisdiction."""
    return day.weekday() < SATURDAY and day not in kept_in(where, day.year)


@cache
def kept_in(where: str, year: int) -> frozenset[date]:
    """The holidays of a jurisdiction that are kept in a year; the next New Year's Day may be among them."""
    days = (holiday.kept(one) for holiday in holidays()[where] for one in (year, year + 1))
    return frozenset(day for day in days if day.year == year)


@cache
def holidays() -> dict[str, tuple[Holiday, ...]]:
    """The holidays of every jurisdiction.

    Raises:
        DefinitionError: The file has faults.
    """
    return read_holidays(parse((files(__package__ or "") / FILE).read_text(encoding="utf-8"), FILE))


def read_holidays(node: Node) -> dict[str, tuple[Holiday, ...]]:
    """The holidays of a file.

    Raises:
        DefinitionError: It has faults.
    """
    found = {name: tuple(map(_holiday, child.items())) for name, child in node.entries().items()}
    settle(node, FILE)
    return found


def _holiday(node: Node) -> Holiday:
    entries = node.keyed(("name", "month"), ("day", "weekday", "nth"))
    dated, nth = "day" in entries, {"weekday", "nth"} & entries.keys()
    if dated == bool(nth) or len(nth) == 1:
        node.fault("Say either a day, or a weekday and which of the month it is (nth).")
    weekday = entries["weekday"].choice(WEEKDAYS) if "weekday" in entries else ""
    return Holiday(
        name=entries["name"].text() if "name" in entries else "",
        month=entries["month"].integer(1, 12) if "month" in entries else 1,
        day=entries["day"].integer(1, 31) if dated else None,
        weekday=WEEKDAYS.index(weekday) if weekday in WEEKDAYS else 0,
        nth=entries["nth"].integer(-1, 4) if "nth" in entries else 1,
    )
