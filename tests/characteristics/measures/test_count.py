"""count: how many events; none is 0, never missing."""

from credence.characteristics.aggregates import Aggregate, Number, can_be_missing
from credence.characteristics.filters import Filter
from tests.characteristics.reading import aggregate, faults, good


def test_a_count_of_a_kind_is_a_number_of_events() -> None:
    measure = good("{count: {kind: bill.unpaid}}")
    assert measure.answer == Number(aggregate("count", "bill.unpaid"), none=0)
    assert measure.unit == "events"


def test_a_count_without_a_kind_counts_everything() -> None:
    assert good("{count: {}}", months=None).answer == Number(Aggregate("count", Filter(), None), none=0)


def test_a_count_of_nothing_is_zero_and_never_missing() -> None:
    assert not can_be_missing(good("{count: {kind: bill.unpaid}}").answer)


def test_a_count_needs_a_mapping() -> None:
    assert faults("{count: bill.unpaid}") == ["must be a mapping (name: value), not 'bill.unpaid'."]


def test_nothing_stands_beside_a_count() -> None:
    (sentence,) = faults("{count: {}, of: {}}")
    assert sentence.startswith("'of' is not known here.")
