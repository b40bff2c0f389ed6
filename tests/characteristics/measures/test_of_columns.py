"""ratio, greatest_of, least_of, average_of: a number made of several columns of a table of people."""

import pytest

from credence.characteristics.aggregates import (
    Column,
    Derived,
    aggregates_of,
    can_be_missing,
    columns_in,
    is_text,
)
from tests.characteristics.reading import faults, good

A, B, C = (Column(name, text=False) for name in "abc")


def test_a_ratio_names_what_is_divided_and_by_what() -> None:
    measure = good("{ratio: a, to: b, context: credit}")
    assert measure.answer == Derived("ratio", (A, B))
    assert (measure.unit, measure.context) == ("number", "credit")


@pytest.mark.parametrize("way", ["greatest", "least", "average"])
def test_others_name_some_columns(way: str) -> None:
    measure = good(f"{{{way}_of: [c, a, b]}}")
    assert measure.answer == Derived(way, (C, A, B))
    assert measure.name == f"{way}_of"


def test_it_is_a_number_of_columns_that_may_be_missing() -> None:
    answer = good("{ratio: a, to: b}").answer
    assert columns_in(answer) == (A, B)
    assert columns_in(A) == (A,)
    assert columns_in(good("{count: {}}").answer) == ()
    assert aggregates_of(answer) == ()
    assert can_be_missing(answer)
    assert not is_text(answer)


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("{ratio: a}", "'to' is missing: by which column is it divided?"),
        ("{ratio: a, to: a}", "'a' by itself is 1, whatever it is: name another column under 'to'."),
        ("{ratio: [a], to: b}", "must be a text, not a list."),
        ("{least_of: [a]}", "must name 2 to 60 different columns, like [delay_1, delay_2]."),
        ("{least_of: [a, b, a]}", "must name 2 to 60 different columns, like [delay_1, delay_2]."),
        ("{average_of: a}", "must be a list, not 'a'."),
        ("{greatest_of: [a, b], to: c}", "'to' belongs to 'ratio'."),
    ],
)
def test_what_is_wrong_is_told(measure: str, said: str) -> None:
    assert faults(measure) == [said]
