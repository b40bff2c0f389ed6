"""days_since the last event and age_of_oldest event; missing where there is none."""

import pytest

from credence.characteristics.aggregates import Ago, can_be_missing
from tests.characteristics.reading import aggregate, faults, good


@pytest.mark.parametrize(("name", "function"), [("days_since", "greatest"), ("age_of_oldest", "least")])
def test_an_age_is_taken_from_the_day_of_an_event(name: str, function: str) -> None:
    measure = good(f"{{{name}: {{kind: bill.unpaid}}}}", months=None)
    assert measure.answer == Ago(aggregate(function, "bill.unpaid", "occurred_on", months=None), "days")
    assert measure.unit == "days"
    assert can_be_missing(measure.answer)


def test_an_age_may_be_that_of_a_date_in_months() -> None:
    measure = good("{age_of_oldest: {kind: account.reported, date: opened_on, unit: months}}")
    assert measure.answer == Ago(aggregate("least", "account.reported", "opened_on"), "months")
    assert measure.unit == "months"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{unit: years}", "'years' is not one of: days, months."),
        ("{date: amount}", "'amount' is of the type money; this needs one of: date."),
        ("3", "must be a mapping (name: value), not '3'."),
    ],
)
def test_an_age_is_that_of_a_date_in_days_or_months(body: str, sentence: str) -> None:
    assert faults(f"{{days_since: {body}}}") == [sentence]
