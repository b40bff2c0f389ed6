import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.training.merging import apart, merge, merge_alike
from credence.training.solver.shape import Shape

ORDER = (Shape(4, 3, 0),)
COUNTS = np.full(7, 100.0)
VALUES = np.array([0.0, 0.01, 1.0, 1.0, 5.0, 1.0, 0.0])


def places(parts: list[list[object]]) -> list[tuple[int, ...]]:
    return [part.attributes for part in parts[0]]  # type: ignore[attr-defined]


def test_bins_merge_with_bins_next_to_them_and_others_by_value() -> None:
    parts = merge(apart(VALUES, COUNTS, ORDER, (False,)), 700, 0.0)
    assert places(parts) == [(0,), (1,), (2, 3), (4,), (5,), (6,)]  # type: ignore[arg-type]
    parts = merge(apart(VALUES, COUNTS, ORDER, (False,)), 700, 0.001)
    assert places(parts) == [(0, 1), (2, 3), (4,), (5,), (6,)]  # type: ignore[arg-type]
    assert parts[0][0].value == pytest.approx(0.005)


def test_the_missing_merge_with_nobody() -> None:
    parts = merge(apart(VALUES, COUNTS, ORDER, (True,)), 700, 0.0, 3)
    assert sorted(places(parts)) == [(0, 1, 2, 3), (5, 4), (6,)]  # type: ignore[arg-type]


def test_the_budget_is_left_behind_where_fewer_lines_are_asked_for() -> None:
    for most in (6, 5, 4, 3, 2):
        parts = merge(apart(VALUES, COUNTS, ORDER, (False,)), 700, 0.0, most)
        assert len(parts[0]) == most


def test_a_characteristic_whose_parts_have_no_neighbours_left_is_given_up() -> None:
    shapes = (Shape(1, 1, 0), Shape(1, 1, 0))
    values, counts = np.array([0.0, 0.1, 0.0, 9.0]), np.full(4, 10.0)
    parts = merge(apart(values, counts, shapes, (False, False)), 20, 0.0, 2)
    assert [len(mine) for mine in parts] == [1, 2]
    assert parts[0][0].attributes == (0, 1)
    assert parts[0][0].value == pytest.approx(0.05)


def test_a_characteristic_of_one_part_has_no_lines_to_count() -> None:
    shapes = (Shape(2, 0, 0), Shape(2, 0, 0))
    parts = merge(apart(np.array([0.0, 0.1, 0.0, 9.0]), np.full(4, 10.0), shapes, (False, False)), 20, 0.0, 2)
    assert [len(mine) for mine in parts] == [1, 2]


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=30), st.integers(2, 10))
def test_merged_bins_stay_in_order_and_keep_the_mean(values: list[float], most: int) -> None:
    shape, counts = Shape(len(values), 0, 0), np.arange(1.0, len(values) + 1)
    (parts,) = merge(apart(np.array(values), counts, (shape,), (False,)), 100, 0.0, most)
    assert [place for part in parts for place in part.attributes] == list(range(len(values)))
    assert len(parts) <= max(most, 1)
    assert sum(p.value * p.rows for p in parts) == pytest.approx(np.array(values) @ counts, abs=1e-4)


def test_only_what_is_alike_is_merged_and_what_tells_nothing_given_up() -> None:
    values = np.array([0.0, 0.01, 1.0, 0.5, 0.5, 0.01])
    parts = apart(values, np.full(6, 100.0), (Shape(4, 0, 1), Shape(0, 2, 0)), (False, False))
    found = merge_alike(parts, 1.0)
    assert [part.attributes for part in found[0]] == [(0, 1), (2,), (3,)]
    assert len(found[1]) == 2
    few = merge_alike(apart(values, np.full(6, 1.0), (Shape(4, 0, 1), Shape(0, 2, 0)), (False, False)), 1.0)
    assert [len(mine) for mine in few] == [1, 1]
