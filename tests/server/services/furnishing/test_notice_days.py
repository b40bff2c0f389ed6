"""Days of notice are data: every jurisdiction has the usual ones, and some kinds have others."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError
from credence.events.vocabulary import shipped
from credence.server.services.furnishing.notice_days import notice_rules, read_rules

TODAY = date(2026, 11, 6)
AGAINST = [kind.name for kind in shipped().kinds.values() if kind.speaks == "against"]


@given(st.sampled_from(AGAINST), st.sampled_from(["us", "eu", "elsewhere"]))
def test_nothing_that_speaks_against_a_person_counts_within_two_weeks(kind: str, where: str) -> None:
    assert notice_rules().counts_from(kind, where, TODAY) >= TODAY + timedelta(days=14)


def test_where_nothing_is_said_the_longest_notice_holds() -> None:
    rules = notice_rules()
    days = [
        (rules.counts_from("bill.unpaid", where, TODAY) - TODAY).days for where in ("us", "eu", "elsewhere")
    ]
    assert days == [30, 28, 30]


def test_only_kinds_that_speak_against_somebody_have_days_of_their_own() -> None:
    assert {kind for days in notice_rules().days.values() for kind in days.kinds} <= set(AGAINST)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1", "evidence"),
        ("version: 1\nevidence: 20\ndays: {us: {}}", "usual"),
        ("version: 1\nevidence: 0\ndays: {us: {usual: -1}}", "at least 1"),
        ("version: 1\nevidence: 20\ndays: {us: {usual: 3, kinds: {bill.payd: 1}}}", "no kind 'bill.payd'"),
    ],
)
def test_faults_of_the_file_are_told(text: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        read_rules(text, "notices.yaml")
