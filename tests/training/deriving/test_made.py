"""Numbers made of columns: in arrays as the engines make them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.characteristics.aggregates import Column, Derived
from credence.engines.answering import derived
from credence.training.deriving.made import Made, with_columns
from tests.training.tables import numbers, table

Parts = list[list[float | None]]
cells = st.none() | st.sampled_from([0.0, -0.0, 1.0, 0.1, 1e300, -1e300]) | st.floats(-1e6, 1e6)


def made(way: str, names: str) -> Made:
    """A number made of columns of one letter."""
    return Made("made", Derived(way, tuple(Column(name, text=False) for name in names)), "What is it?")


@settings(max_examples=150)
@given(
    way=st.sampled_from(["ratio", "greatest", "least", "average"]),
    rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8),
)
def test_every_number_is_that_of_the_engines(way: str, rows: list[tuple[float | None, ...]]) -> None:
    names = "ab" if way == "ratio" else "abc"
    columns = [numbers(name, [row[n] for row in rows]) for n, name in enumerate(names)]
    found = made(way, names).column(table(columns, [0.0] * len(rows))).numbers
    assert found is not None
    told = [None if np.isnan(number) else number for number in found.tolist()]
    assert told == [derived(way, list(row[: len(names)])) for row in rows]


def test_rows_held_out_get_the_columns_too() -> None:
    held = table([numbers("a", [1.0, 2.0]), numbers("b", [4.0, 4.0])], [0.0, 1.0])
    wider = with_columns(replace(held, later=held), [made("ratio", "ab")])
    assert wider.later is not None
    for each in (wider, wider.later):
        assert [column.name for column in each.columns] == ["a", "b", "made"]
        assert each.columns[-1].numbers is not None
        assert each.columns[-1].numbers.tolist() == [0.25, 0.5]


@pytest.mark.parametrize(
    ("way", "name", "words"),
    [("ratio", "ratio", "'a' by 'b'"), ("least", "least_of", "the least of 'a', 'b'")],
)
def test_it_is_a_measure_and_says_what_it_is_made_of(way: str, name: str, words: str) -> None:
    each = made(way, "ab")
    assert (each.measure.name, each.measure.answer, each.words) == (name, each.answer, words)
