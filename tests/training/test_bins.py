from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.training.bins import BINS, fine_bins, shortest
from tests.training.tables import numbers, texts

FINITE = st.floats(-1e12, 1e12, allow_nan=False)


@pytest.mark.parametrize(
    ("left", "right", "limit"),
    [
        (9, 10, "10"),
        (9, 12, "10"),
        (-1, 0, "0"),
        (0.31, 0.329, "0.32"),
        (11_987.3, 12_050.2, "12000"),
        (-9, -8, "-8"),
        (1.0000000000000002, 1.0000000000000004, "1.0000000000000004"),
    ],
)
def test_a_limit_has_the_fewest_decimals_that_tell_two_answers_apart(
    left: float, right: float, limit: str
) -> None:
    assert shortest(left, right) == Fraction(limit)


def test_answers_nearer_than_eighteen_decimals_are_not_told_apart() -> None:
    assert shortest(1e-30, 2e-30) is None
    bins = fine_bins(numbers("x", [1e-30, 2e-30] * 40), ())
    assert bins.limits == ()


@given(FINITE, FINITE)
def test_a_limit_lies_above_one_answer_and_not_above_the_other(one: float, other: float) -> None:
    left, right = sorted([one, other])
    limit = shortest(left, right)
    assert limit is None or left < float(limit) <= right


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=100, max_size=250))
def test_every_answer_is_in_the_bin_whose_limits_are_around_it(values: list[int]) -> None:
    column = numbers("x", [float(value) for value in values])
    bins = fine_bins(column, [Fraction(7)])
    for value, code in zip(values, bins.codes(column).tolist(), strict=True):
        if value == 7:
            assert code == bins.ordered
        else:
            assert code == sum(limit <= value for limit in bins.limits)


def test_bins_are_about_even_and_64_of_them() -> None:
    column = numbers("x", [float(value) for value in range(10_000)])
    bins = fine_bins(column, ())
    counts = np.bincount(bins.codes(column))
    assert len(counts) == bins.ordered == BINS
    assert counts.min() > 100


def test_a_value_that_many_rows_have_is_a_bin_by_itself() -> None:
    values = [0.0] * 500 + [float(value) for value in range(1, 501)]
    column = numbers("x", values)
    codes = fine_bins(column, ()).codes(column)
    assert set(codes[:500].tolist()) == {0}
    assert codes[500] == 1


def test_special_numbers_and_missing_ones_stand_outside_the_order() -> None:
    column = numbers("x", [-9.0] * 50 + [None] * 50 + [float(value) for value in range(100)])
    bins = fine_bins(column, [Fraction(-9), Fraction(-8)])
    codes = bins.codes(column)
    assert (bins.values, bins.missing) == ((Fraction(-9),), True)
    assert set(codes[:50].tolist()) == {bins.ordered}
    assert set(codes[50:100].tolist()) == {bins.ordered + 1}
    assert bins.shape.size == bins.ordered + 2


def test_a_column_of_nothing_but_special_numbers_has_one_empty_bin() -> None:
    column = numbers("x", [-9.0] * 50 + [-8.0] * 50)
    bins = fine_bins(column, [Fraction(-9), Fraction(-8)])
    assert bins.ordered == 1
    assert sorted(set(bins.codes(column).tolist())) == [1, 2]


def test_rare_categories_are_one_attribute() -> None:
    column = texts("x", [*["car"] * 50, *["home"] * 50, "boat", "plane", None])
    bins = fine_bins(column, ())
    assert (bins.values, bins.rest, bins.missing, bins.ordered) == (("car", "home"), True, True, 0)
    assert bins.codes(column)[[0, 50, 100, 101, 102]].tolist() == [0, 1, 2, 2, 3]


def test_categories_that_are_all_usual_have_no_rest() -> None:
    column = texts("x", ["car"] * 50 + ["home"] * 50)
    bins = fine_bins(column, ())
    assert (bins.values, bins.rest, bins.shape.size) == (("car", "home"), False, 2)
