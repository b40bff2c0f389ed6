"""The clocks of disputes: the two acceptance cases, and what holds on every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError
from credence.server.services.contesting.rules.clocks import (
    Clock,
    add_business_days,
    clock_for,
    clock_named,
    clocks,
    due,
    read_clocks,
    results_by,
)
from credence.server.services.contesting.rules.holidays import holidays, is_business_day
from credence.server.services.contesting.rules.reasons import REASONS
from credence.yaml_file import parse

ALL = [clock for some in clocks().values() for clock in some]
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
MONDAY = date(2026, 3, 2)
SPANS = "tell_furnisher: {days: 1, months: 2}, decide: {days: 1}, tell_results: {days: 1}"


def test_a_dispute_of_a_monday_runs_as_the_fair_credit_reporting_act_has_it() -> None:
    clock = clock_named("us")
    assert due(clock, MONDAY).tell_by == date(2026, 3, 9)
    assert due(clock, MONDAY).due_on == date(2026, 4, 1)
    assert due(clock, MONDAY, extended=True).due_on == date(2026, 4, 16)
    assert results_by(clock, date(2026, 4, 1)) == date(2026, 4, 8)


def test_a_court_removes_who_paid_in_three_working_days_and_decides_a_correction_in_fifteen() -> None:
    kinds = ["list.entry_added"]
    assert due(clock_for("cn", kinds, "paid"), MONDAY).due_on == date(2026, 3, 5)
    assert due(clock_for("cn", kinds, "inaccurate"), MONDAY).due_on == date(2026, 3, 17)
    assert clock_for("cn", ["payment.missed"], "paid").name == "cn"


def test_of_events_with_several_clocks_the_one_that_ends_first_holds() -> None:
    assert clock_for("cn", ["payment.missed", "list.entry_added"], "paid").name == "cn_court_paid"


def test_a_month_is_a_month_whatever_its_days() -> None:
    assert due(clock_named("eu"), date(2026, 1, 30)).due_on == date(2026, 2, 27)
    assert due(clock_named("eu"), date(2026, 1, 30), extended=True) == due(
        clock_named("eu"), date(2026, 1, 30)
    )


def test_fraud_stops_an_event_from_counting_at_once_and_a_wrong_date_does_not() -> None:
    assert clock_named("us").stops_counting("identity_fraud")
    assert not clock_named("us").stops_counting("dates")
    assert clock_named("eu").stops_counting("dates")


def test_every_reason_that_a_clock_names_is_one() -> None:
    named = [names for clock in ALL for names in (clock.suspends, clock.reasons) if names]
    assert {name for names in named for name in names} <= set(REASONS)


@given(clock=st.sampled_from(ALL), day=DAYS, extended=st.booleans())
def test_nothing_is_ever_due_on_a_day_off_nor_later_than_the_law_has_it(
    clock: Clock, day: date, *, extended: bool
) -> None:
    days = due(clock, day, extended=extended)
    assert is_business_day(days.due_on, clock.where)
    assert is_business_day(days.tell_by, clock.where)
    assert is_business_day(results_by(clock, day), clock.where)
    assert day <= days.remind_on <= days.escalate_on <= days.due_on
    assert day < days.tell_by <= days.due_on
    if clock.decide.unit == "days":
        more = clock.more.count if extended and clock.more else 0
        law = day + timedelta(days=clock.decide.count + more)
        # A weekend with a holiday before or after it.
        assert law - timedelta(days=3) <= days.due_on <= law


@given(clock=st.sampled_from(ALL), day=DAYS, later=st.integers(0, 400), extended=st.booleans())
def test_who_disputes_later_is_never_due_earlier(
    clock: Clock, day: date, later: int, *, extended: bool
) -> None:
    first = due(clock, day, extended=extended)
    second = due(clock, day + timedelta(days=later), extended=extended)
    assert first.due_on <= second.due_on
    assert first.tell_by <= second.tell_by
    assert first.due_on <= due(clock, day, extended=True).due_on


@given(DAYS, st.integers(1, 60), st.sampled_from(sorted(holidays())))
def test_between_a_day_and_the_nth_business_day_after_it_lie_n_of_them(
    day: date, count: int, where: str
) -> None:
    last = add_business_days(day, count, where)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(is_business_day(one, where) for one in between) == count
    assert is_business_day(last, where)


def test_a_holiday_within_the_days_gives_a_day_more_and_one_at_their_end_a_day_less() -> None:
    clock = clock_named("us")
    # Thanksgiving is the 26th of November; the 25th of December a Friday.
    assert due(clock, date(2026, 11, 20)).tell_by == date(2026, 11, 30)
    assert due(clock, date(2026, 11, 25)).due_on == date(2026, 12, 24)


def test_only_where_the_law_has_it_is_a_dispute_found_frivolous() -> None:
    assert [clock.name for clock in ALL if clock.frivolous is not None] == ["us"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("us: [{name: a}]", "'title' is missing"),
        (f"us: [{{name: a, title: b, {SPANS}, suspends: all}}]", "Say one of: business_days, days, months"),
        ("us: 5", "must be a list"),
    ],
)
def test_a_file_of_clocks_with_faults_is_refused(text: str, fault: str) -> None:
    with pytest.raises(DefinitionError, match=fault):
        read_clocks(parse(text, "clocks.yaml"))
