"""distinct: how many different values of a field; none is 0, never missing."""

from credence.characteristics.aggregates import Number, can_be_missing
from tests.characteristics.reading import aggregate, faults, good


def test_different_values_of_a_field_are_counted() -> None:
    answer = good("{distinct: {kind: payment.settled, field: counterparty}}").answer
    assert answer == Number(aggregate("distinct", "payment.settled", "counterparty"), none=0)
    assert not can_be_missing(answer)


def test_a_field_must_be_named() -> None:
    assert faults("{distinct: {kind: payment.settled}}") == ["'field' is missing: different values of what?"]


def test_numbers_are_not_told_apart() -> None:
    assert faults("{distinct: {kind: bill.paid, field: days_late}}") == [
        "'days_late' is of the type integer; this needs one of: text, choice, currency."
    ]
