"""sum, average, greatest, least: of a number in the events; missing where no event says it."""

import pytest

from credence.characteristics.aggregates import Aggregate, Number, Quotient, can_be_missing
from credence.characteristics.filters import Condition, Filter
from tests.characteristics.reading import aggregate, faults, good

INCOME = "{kind: income.received, field: amount, currency: CNY}"


@pytest.mark.parametrize("name", ["sum", "greatest", "least"])
def test_an_amount_is_an_aggregate_of_its_field(name: str) -> None:
    measure = good(f"{{{name}: {INCOME}}}")
    assert measure.answer == Number(aggregate(name, "income.received", "amount", currency="CNY"))
    assert (measure.unit, measure.currency) == ("money", "CNY")


def test_an_average_divides_by_the_events_that_say_something() -> None:
    saying = Filter(("income.received",), (Condition("amount", "present", (True,)),), "CNY")
    assert good(f"{{average: {INCOME}}}").answer == Quotient(
        aggregate("sum", "income.received", "amount", currency="CNY"), Aggregate("count", saying, 12)
    )


def test_a_number_that_is_no_money_needs_no_currency() -> None:
    measure = good("{greatest: {kind: bill.paid, field: days_late}}")
    assert (measure.unit, measure.currency) == ("number", None)


def test_an_amount_may_be_missing() -> None:
    assert can_be_missing(good(f"{{sum: {INCOME}}}").answer)
    assert can_be_missing(good(f"{{average: {INCOME}}}").answer)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{kind: bill.paid}", "'field' is missing: which number of the events is meant?"),
        (
            "{kind: bill.paid, field: due_date}",
            "'due_date' is of the type date; this needs one of: integer, money.",
        ),
        ("{kind: bill.paid, field: rating}", "'bill.paid' has no field 'rating'."),
        ("{kind: bill.paid, field: dayslate}", "There is no field 'dayslate'. Did you mean 'days_late'?"),
        ("{kind: bill.paid, field: []}", "must be a text, not a list."),
        (
            "{kind: bill.paid, field: amount}",
            "An amount of money is looked at: name its 'currency'. Other currencies do not count.",
        ),
        ("bill.paid", "must be a mapping (name: value), not 'bill.paid'."),
    ],
)
def test_an_amount_names_a_number_of_its_events(body: str, sentence: str) -> None:
    assert faults(f"{{sum: {body}}}") == [sentence]
