"""last_value: what the last event said in a field; missing where none says it."""

import pytest

from credence.characteristics.aggregates import Answer, Number, Text, can_be_missing
from tests.characteristics.reading import aggregate, faults, good

REPORTED = "account.reported"


@pytest.mark.parametrize(
    ("field", "answer", "unit"),
    [
        ("status", Text(aggregate("last", REPORTED, "status")), "text"),
        ("days_past_due", Number(aggregate("last", REPORTED, "days_past_due")), "number"),
        ("account", Text(aggregate("last", REPORTED, "account")), "text"),
    ],
)
def test_the_last_value_is_a_text_or_a_number_as_its_field_is(field: str, answer: Answer, unit: str) -> None:
    measure = good(f"{{last_value: {{kind: {REPORTED}, field: {field}}}}}")
    assert (measure.answer, measure.unit) == (answer, unit)
    assert can_be_missing(measure.answer)


def test_the_last_amount_has_a_currency() -> None:
    measure = good(f"{{last_value: {{kind: {REPORTED}, field: balance, currency: EUR}}}}")
    assert measure.answer == Number(aggregate("last", REPORTED, "balance", currency="EUR"))
    assert (measure.unit, measure.currency) == ("money", "EUR")


def test_a_field_must_be_named() -> None:
    assert faults(f"{{last_value: {{kind: {REPORTED}}}}}") == ["'field' is missing: the last value of what?"]


def test_a_date_is_asked_for_by_its_age_instead() -> None:
    (sentence,) = faults(f"{{last_value: {{kind: {REPORTED}, field: opened_on}}}}")
    assert sentence.startswith("'opened_on' is of the type date;")
