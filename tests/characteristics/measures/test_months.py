"""months_with an event and the longest_run of them; none is 0, never missing."""

import pytest

from credence.characteristics.aggregates import Months, can_be_missing
from tests.characteristics.reading import aggregate, faults, good


@pytest.mark.parametrize(("name", "longest_run"), [("months_with", False), ("longest_run", True)])
def test_months_are_those_of_a_mask(name: str, *, longest_run: bool) -> None:
    measure = good(f"{{{name}: {{kind: rent.paid}}}}", months=63)
    assert measure.answer == Months(aggregate("months", "rent.paid", months=63), longest_run=longest_run)
    assert measure.unit == "months"
    assert not can_be_missing(measure.answer)


@pytest.mark.parametrize("months", [None, 64])
def test_months_are_counted_in_a_window_of_63_at_most(months: int | None) -> None:
    assert faults("{longest_run: {kind: rent.paid}}", months) == [
        "'longest_run' looks back at most 63 months: give the characteristic 'months'."
    ]
