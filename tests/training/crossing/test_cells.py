"""Points of cells: whatever they are, totals keep the directions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.training.arrays import Codes
from credence.training.bins import Bins
from credence.training.crossing.cells import Totals, cells_apart, nearest, settled
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import Side
from credence.training.merging import apart
from credence.training.points import Line
from credence.training.solver.design import Shape

ONE = Side(Bins("late", limits=(Fraction(1), Fraction(2)), values=(Fraction(-9),)), (0, 1, 2, 3))
OTHER = Side(Bins("age", limits=(Fraction(30),), missing=True), (0, 1, 2))
CROSSING = Crossing(ONE, OTHER)
MAINS = {
    "late": (Line((0,), 30, 1), Line((1, 2), 10, 1), Line((3,), 0, 1)),
    "age": (Line((0,), 0, 1), Line((1,), 5, 1), Line((2,), 3, 1)),
}
BOTH = {"late": "falling", "age": "rising"}
COUNTS = np.append(np.full(12, 100.0), 0.0)


def lines(points: list[int]) -> tuple[Line, ...]:
    """Each of twelve cells by itself, and what has no name, with 0."""
    cells = [Line((place,), points[place], 100) for place in range(12)]
    return (*cells, Line((12,), 0, 0))


def by_cell(found: tuple[Line, ...]) -> Codes:
    """The points of each cell."""
    points = np.zeros(13, dtype=np.intp)
    for line in found:
        points[list(line.attributes)] = line.points
    return points[:12].reshape(4, 3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-40, 40), min_size=12, max_size=12), st.lists(st.integers(-40, 40), min_size=12))
def test_totals_keep_directions_whatever_crossings_say(points: list[int], more: list[int]) -> None:
    totals = Totals(BOTH, MAINS)
    first = totals.kept(CROSSING, COUNTS, lines(points))
    second = totals.kept(CROSSING, COUNTS, lines(more[:12]))
    whole = by_cell(first)[:, None, :, None] + by_cell(second)[:, None, None, :]
    late = np.array([30, 10, 10])
    # The second is crossed with other answers of the other side: totals must hold for any two of them.
    along = late[:, None, None] + whole[:3, 0]
    assert (np.diff(along, axis=0) <= 0).all()
    age = np.array([0, 5])
    across = age[:, None, None] + by_cell(first).T[:2, :, None] + by_cell(second).T[:2, None, :]
    assert (np.diff(across, axis=0) >= 0).all()


def test_points_that_keep_the_directions_stay_as_they_are() -> None:
    points = [9, 7, 0, 2, 4, 3, 1, 2, 3, 8, 8, 1]
    assert by_cell(Totals({}, MAINS).kept(CROSSING, COUNTS, lines(points))).reshape(-1).tolist() == points
    assert by_cell(Totals(BOTH, MAINS).kept(CROSSING, COUNTS, lines(points))).reshape(-1).tolist() == points


def test_a_cell_with_few_rows_moves_before_one_with_many() -> None:
    points, rows = np.array([[0.0], [10.0]]), np.array([[1.0], [99.0]])
    found = nearest(points, rows, (-1, 0), (np.array([0]), np.array([], dtype=np.intp)))
    assert found.reshape(-1) == pytest.approx([9.9, 9.9])


def test_whole_points_are_settled_halfway() -> None:
    nothing = np.array([], dtype=np.intp)
    assert settled(np.array([[0], [10]]), (-1, 0), (np.array([2]), nothing)).reshape(-1).tolist() == [4, 6]
    assert settled(np.array([[0, 10]]), (0, 1), (nothing, np.array([0]))).reshape(-1).tolist() == [0, 10]


def test_a_crossing_of_a_side_without_points_has_none() -> None:
    assert Totals(BOTH, MAINS | {"age": ()}).kept(CROSSING, COUNTS, lines([5] * 12)) == ()
    assert Totals(BOTH, MAINS).kept(CROSSING, COUNTS, ()) == ()


def test_cells_that_all_give_the_same_have_no_lines() -> None:
    assert Totals({}, MAINS).kept(CROSSING, COUNTS, lines([0] * 12)) == ()


def test_cells_that_count_for_nothing_share_a_line_with_what_has_no_name() -> None:
    values = np.array([0.5, 0.0, 0.01, 0.5, 0.0, 0.0])
    counts = np.array([100.0, 100.0, 100.0, 10.0, 100.0, 0.0])
    parts = apart(values, counts, (Shape(0, 6, 0),), (False,))[0]
    found = cells_apart(parts, np.array([False, True, False, False, False]))
    assert sorted(part.attributes for part in found) == [(0,), (1,), (5, 2, 3, 4)]
