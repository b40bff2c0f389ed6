"""Holidays are data: the federal ones of the United States, and none that would have to be guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError
from credence.server.services.contesting.rules.clocks import clocks
from credence.server.services.contesting.rules.holidays import (
    holidays,
    is_business_day,
    kept_in,
    read_holidays,
)
from credence.yaml_file import parse

# As the Office of Personnel Management published them.
OF_2026 = {
    date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 16), date(2026, 5, 25), date(2026, 6, 19),
    date(2026, 7, 3), date(2026, 9, 7), date(2026, 10, 12), date(2026, 11, 11), date(2026, 11, 26),
    date(2026, 12, 25),
}  # fmt: skip


def test_the_federal_holidays_of_2026_are_those_that_were_published() -> None:
    assert kept_in("us", 2026) == OF_2026


def test_new_years_day_on_a_saturday_is_kept_in_the_year_before_and_a_sunday_on_monday() -> None:
    assert date(2021, 12, 31) in kept_in("us", 2021)
    assert date(2022, 1, 1) not in kept_in("us", 2022)
    assert date(2023, 1, 2) in kept_in("us", 2023)


def test_what_is_not_known_is_a_business_day() -> None:
    assert is_business_day(date(2026, 10, 1), "cn")
    assert not is_business_day(date(2026, 10, 3), "cn")


def test_every_jurisdiction_with_clocks_has_holidays_or_none() -> None:
    assert holidays().keys() == clocks().keys()


@given(st.integers(1990, 2100))
def test_no_holiday_is_kept_on_a_weekend(year: int) -> None:
    assert {day.weekday() for day in kept_in("us", year)} <= set(range(5))
    assert 10 <= len(kept_in("us", year)) <= 12


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("us: [{name: a, month: 1}]", "either a day, or a weekday"),
        ("us: [{name: a, month: 1, day: 1, weekday: monday, nth: 1}]", "either a day, or a weekday"),
        ("us: [{name: a, month: 1, weekday: monday}]", "either a day, or a weekday"),
        ("us: [{day: 1}]", "'name' is missing"),
        ("us: [{name: a, month: 13, weekday: moonday, nth: 1}]", "is not one of: monday"),
    ],
)
def test_a_file_of_holidays_with_faults_is_refused(text: str, fault: str) -> None:
    with pytest.raises(DefinitionError, match=fault):
        read_holidays(parse(text, "holidays.yaml"))
