"""Within what time somebody answers is data, by jurisdiction."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError
from credence.server.services.contesting.rules.holidays import is_business_day
from credence.server.services.deciding.clocks import days_of, due_on, read_spans, spans
from credence.yaml_file import parse

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(st.sampled_from(sorted(spans())), DAYS)
def test_an_answer_is_due_on_a_business_day_within_31_days(jurisdiction: str, asked_on: date) -> None:
    due = due_on(jurisdiction, asked_on)
    assert is_business_day(due, jurisdiction)
    days = days_of(jurisdiction, asked_on)
    assert asked_on <= days.remind_on <= days.escalate_on <= days.due_on == due
    assert 10 <= (due - asked_on).days <= 31


def test_a_month_after_the_request_is_the_last_day_in_the_eu() -> None:
    assert due_on("eu", date(2026, 11, 6)) == date(2026, 12, 4)
    assert due_on("us", date(2026, 11, 6)) == date(2026, 11, 20)


def test_a_file_with_faults_tells_them_all() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_spans(parse("us: {answer: {}}\neu: {reply: {days: 1}}\n", "clocks.yaml"))
    assert [fault.path for fault in caught.value.faults] == ["us", "eu", "eu", "eu.reply"]
