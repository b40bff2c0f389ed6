"""cross: the attribute depends on the answers of two or three other characteristics."""

import pytest

from credence.characteristics.aggregates import Crossing, aggregates_of, can_be_missing
from tests.characteristics.reading import faults, good


def test_a_crossing_names_two_and_has_no_answer_of_its_own() -> None:
    answer = good("{cross: [a, b]}").answer
    assert answer == Crossing(("a", "b"))
    assert aggregates_of(answer) == ()
    assert not can_be_missing(answer)
    assert good("{cross: [a, b, c]}").answer == Crossing(("a", "b", "c"))


@pytest.mark.parametrize("names", ["[a]", "[a, a]", "[a, b, c, d]", "[a, a, b]", "[]"])
def test_a_crossing_names_different_ones(names: str) -> None:
    assert faults(f"{{cross: {names}}}") == [
        "must name two or three different characteristics, like [bills_on_time, oldest_account]."
    ]


def test_a_crossing_needs_a_list() -> None:
    assert faults("{cross: a}") == ["must be a list, not 'a'."]
