"""share: how much of some events are others; missing where there are none."""

import pytest

from credence.characteristics.aggregates import Aggregate, Quotient, can_be_missing
from credence.characteristics.filters import Condition, Filter
from tests.characteristics.reading import aggregate, faults, good


def test_a_share_is_an_exact_quotient_of_two_counts() -> None:
    text = (
        "{share: {kind: bill.paid, where: {days_late: {at_most: 0}}}, of: {kind: [bill.unpaid, bill.paid]}}"
    )
    measure = good(text)
    on_time = Filter(("bill.paid",), (Condition("days_late", "at_most", (0,)),))
    assert measure.answer == Quotient(
        Aggregate("count", on_time, 12), Aggregate("count", Filter(("bill.paid", "bill.unpaid")), 12)
    )
    assert measure.unit == "share"
    assert can_be_missing(measure.answer)


def test_a_share_of_amounts_adds_up_both_sides() -> None:
    part = "{kind: cash.withdrawn, field: amount, currency: EUR}"
    whole = "{kind: payment.settled, field: amount, currency: EUR}"
    assert good(f"{{share: {part}, of: {whole}}}").answer == Quotient(
        aggregate("sum", "cash.withdrawn", "amount", currency="EUR"),
        aggregate("sum", "payment.settled", "amount", currency="EUR"),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{share: {kind: bill.paid}}", "'of' is missing: a share of which events?"),
        (
            "{share: {kind: bill.paid, field: days_late}, of: {kind: bill.paid}}",
            "Both sides are counted, or both add up a 'field': name it on both, or on neither.",
        ),
        (
            "{share: {kind: bill.paid, currency: EUR}, of: {kind: bill.paid}}",
            "Both sides must name the same currency, or neither.",
        ),
        ("{share: 1, of: {}}", "must be a mapping (name: value), not '1'."),
    ],
)
def test_both_sides_of_a_share_can_be_compared(text: str, sentence: str) -> None:
    assert faults(text) == [sentence]
