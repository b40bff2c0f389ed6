from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.events.calendar import (
    add_months,
    instant,
    leaves_window_on,
    next_evaluation,
    whole_months,
    window_start,
)

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
months = st.integers(0, 130)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2, 1, 31), -24, date.min),
        (date(9999, 12, 31), 1, date.max),
    ],
)
def test_a_day_that_a_month_lacks_is_moved_to_its_end(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(days, months)
def test_a_window_begins_as_many_months_before_its_end(as_of: date, length: int) -> None:
    start = window_start(as_of, length)
    assert (as_of.year * 12 + as_of.month) - (start.year * 12 + start.month) == length
    assert start.day == as_of.day or (start + timedelta(days=1)).day == 1


def test_a_window_without_months_begins_with_time() -> None:
    assert window_start(date(2026, 11, 6), None) == date.min


@given(days, days)
def test_whole_months_are_the_number_its_definition_says(start: date, end: date) -> None:
    number = whole_months(start, end)
    assert add_months(end, -(number + 1)) <= start < add_months(end, -number)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 10, 6), date(2026, 11, 6), 0),
        (date(2026, 10, 5), date(2026, 11, 6), 1),
        (date(2026, 2, 28), date(2026, 3, 31), 0),
        (date(2026, 2, 27), date(2026, 3, 31), 1),
        (date(2026, 11, 5), date(2026, 11, 6), 0),
    ],
)
def test_a_month_is_whole_once_the_day_itself_is_over(start: date, end: date, expected: int) -> None:
    assert whole_months(start, end) == expected


@given(days, months)
def test_something_leaves_a_window_on_the_first_day_that_no_longer_holds_it(
    occurred_on: date, length: int
) -> None:
    leaves = leaves_window_on(occurred_on, length)
    assert window_start(leaves, length) > occurred_on
    assert window_start(leaves - timedelta(days=1), length) <= occurred_on


@pytest.mark.parametrize(
    ("occurred_on", "expected"),
    [
        (date(2025, 11, 6), date(2026, 11, 7)),
        (date(2024, 2, 28), date(2025, 3, 1)),
        (date(2024, 2, 29), date(2025, 3, 1)),
        (date(2025, 12, 31), date(2027, 1, 1)),
    ],
)
def test_what_happened_a_year_ago_leaves_the_yearly_window_a_day_later(
    occurred_on: date, expected: date
) -> None:
    assert leaves_window_on(occurred_on, 12) == expected


@given(days, st.integers(1, 31))
def test_the_next_evaluation_is_the_first_of_its_days_after_a_day(after: date, day_of_month: int) -> None:
    following = next_evaluation(after, day_of_month)
    between = [after + timedelta(days=n) for n in range(1, (following - after).days)]
    assert following > after
    assert following.day == day_of_month or (following + timedelta(days=1)).day == 1
    assert not [day for day in between if day.day == day_of_month]


@pytest.mark.parametrize(
    ("occurred_on", "counts_on"),
    [
        (date(2026, 11, 5), date(2026, 11, 6)),
        (date(2026, 11, 6), date(2026, 12, 6)),
        (date(2026, 11, 7), date(2026, 12, 6)),
        (date(2026, 12, 7), date(2027, 1, 6)),
    ],
)
def test_what_happened_on_the_5th_counts_on_the_6th_and_later_things_wait_a_month(
    occurred_on: date, counts_on: date
) -> None:
    assert next_evaluation(occurred_on, 6) == counts_on
    assert window_start(counts_on, 12) <= occurred_on < counts_on


def test_an_instant_is_written_in_utc() -> None:
    moment = datetime(2026, 11, 6, 14, 5)  # noqa: DTZ001 - instants known to the log are UTC without a zone
    assert instant(moment) == "2026-11-06T14:05:00Z"
    assert instant(moment.replace(microsecond=1)) == "2026-11-06T14:05:00.000001Z"
