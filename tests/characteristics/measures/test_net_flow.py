"""net_flow: what came in minus what went out; missing only where neither happened."""

import pytest

from credence.characteristics.aggregates import Difference, can_be_missing
from tests.characteristics.reading import aggregate, faults, good


def side(kind: str, currency: str = "CNY") -> str:
    return f"{{kind: {kind}, field: amount, currency: {currency}}}"


def test_a_flow_is_one_sum_minus_another() -> None:
    measure = good(f"{{net_flow: {{in: {side('income.received')}, out: {side('payment.settled')}}}}}")
    plus = aggregate("sum", "income.received", "amount", currency="CNY")
    assert measure.answer == Difference(plus, aggregate("sum", "payment.settled", "amount", currency="CNY"))
    assert (measure.unit, measure.currency) == ("money", "CNY")
    assert can_be_missing(measure.answer)


def test_two_currencies_are_not_subtracted() -> None:
    text = f"{{net_flow: {{in: {side('income.received')}, out: {side('payment.settled', 'EUR')}}}}}"
    assert faults(text) == [
        "'in' and 'out' must name the same currency: amounts of two cannot be subtracted."
    ]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (f"{{in: {side('income.received')}}}", ["'out' is missing."]),
        ("{}", ["'in' is missing.", "'out' is missing."]),
        ("3", ["must be a mapping (name: value), not '3'."]),
    ],
)
def test_both_sides_are_needed(body: str, sentences: list[str]) -> None:
    assert faults(f"{{net_flow: {body}}}") == sentences


def test_each_side_names_its_field() -> None:
    text = f"{{net_flow: {{in: {{kind: income.received}}, out: {side('payment.settled')}}}}}"
    assert "'field' is missing: which number of the events is meant?" in faults(text)
