"""Dates the way every engine counts them: windows, whole months, and when evidence ends.

A day that a month lacks is moved to the month's last day (31 March minus one month is 28 February).
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

DAYS_EVERY_MONTH = 28


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier), moved to the month's end where it is missing.

    Beyond the calendar's ends it is the calendar's first or last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    last = day.day if day.day <= DAYS_EVERY_MONTH else monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between a day, once it is over, and the first moment of another.

    A month is whole when the later day has reached the earlier one's `end.day`-th, counted back from
    `end`: the number k such that add_months(end, -(k + 1)) <= start < add_months(end, -k).
    """
    apart = (end.year - start.year) * 12 + end.month - start.month
    turn = min(end.day, monthrange(start.year, start.month)[1])
    return apart - 1 if start.day >= turn else apart


def window_start(as_of: date, months: int | None) -> date:
    """The first day that counts in a window of so many months; the beginning of time without one."""
    return date.min if months is None else add_months(as_of, -months)


def leaves_window_on(occurred_on: date, months: int) -> date:
    """The first `as_of` at which something of that day is out of a window of so many months."""
    day = add_months(occurred_on, months)
    while add_months(day, -months) <= occurred_on:
        day += timedelta(days=1)
    return day


def next_evaluation(after: date, day_of_month: int) -> date:
    """The next monthly evaluation strictly after a day (Zhima's is on the 6th of each month)."""
    this_month = after.replace(day=min(day_of_month, monthrange(after.year, after.month)[1]))
    if this_month > after:
        return this_month
    first = add_months(after.replace(day=1), 1)
    return first.replace(day=min(day_of_month, monthrange(first.year, first.month)[1]))


def instant(moment: datetime) -> str:
    """An instant as RFC 3339 text in UTC."""
    return moment.replace(tzinfo=UTC).isoformat(timespec="auto").replace("+00:00", "Z")
