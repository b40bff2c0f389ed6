"""Lines of cells: whatever points cells have, each falls in the line that gives them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.scorecards.scale import Scale
from credence.training.arrays import Codes
from credence.training.bins import Bins
from credence.training.crossing.boxes import shape_of
from credence.training.crossing.cells import Drawn, drawn_on, lines_of
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import Side
from credence.training.merging import merge
from credence.training.points import Line
from credence.training.solver.design import Design

# The special number lies above 2, so that being 2 or more takes it in.
ONE = Side(Bins("late", limits=(Fraction(1), Fraction(2)), values=(Fraction(98),)), (0, 1, 2, 3))
OTHER = Side(Bins("age", limits=(Fraction(30),), missing=True), (0, 1, 2))
CROSSING = Crossing(ONE, OTHER)
KIND = Side(Bins("kind", text=True, values=("a", "b"), rest=True), (0, 1, -1))
COUNTS = np.append(np.arange(12.0), 0.0)
SCALE = Scale(600, 50, 20)


def by_question(crossing: Crossing, found: tuple[Line, ...]) -> Codes:
    """The points of each cell by what lines ask, the first that takes it in; the last is asked nothing."""
    points = np.full(crossing.one.count * crossing.other.count, found[-1].points, dtype=np.intp)
    for line in reversed(found[:-1]):
        sides = zip((crossing.one, crossing.other), crossing.asked(line.attributes), strict=True)
        one, other = (np.array(side.questions[1][side.questions[0].index(span)]) for side, span in sides)
        points[(one[:, None] & other).reshape(-1)] = line.points
    return points


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=13, max_size=13), st.booleans())
def test_each_cell_gets_its_points_from_the_first_line_that_takes_it_in(told: list[int], text: bool) -> None:  # noqa: FBT001 - as Hypothesis gives it
    crossing = Crossing(ONE, KIND) if text else CROSSING
    points = np.array(told[: crossing.one.count * crossing.other.count + 1])
    found = lines_of(crossing, points, COUNTS[: len(points)])
    mattering = points if text else points[:-1]
    if not found:
        assert len(set(mattering.tolist())) == 1
        return
    assert by_question(crossing, found).tolist() == (points[:-1] - mattering.min()).tolist()
    assert sorted(place for line in found for place in line.attributes) == list(range(len(points)))
    assert all(len(line.attributes) for line in found)
    assert not text or found[-1].points == points[-1] - points.min()


def test_a_corner_needs_few_lines() -> None:
    points = np.array([5, 5, 5, 0, 5, 5, 0, 5, 5, 5, 5, 5, 0])
    found = lines_of(CROSSING, points, COUNTS)
    assert [CROSSING.words(line.attributes) for line in found[:-1]] == ["98 / any", "1 or more / below 30"]
    assert [(line.points, line.rows) for line in found] == [(5, 30), (0, 9), (5, 27)]


def drawn(steps: dict[int, float]) -> Drawn:
    """A crossing of which some boxes are moved."""
    shape = shape_of(CROSSING)
    design = Design((), (shape,), np.zeros(0, dtype=np.intp))
    made = np.zeros(len(shape.boxes))
    made[list(steps)] = list(steps.values())
    return drawn_on(CROSSING, design, 0, (made, np.append(np.full(12, 10.0), 0.0)))


def test_boxes_that_are_moved_stand_apart_from_all_others() -> None:
    found = drawn({1: 0.5, 4: -0.25, 7: 1e-9})
    assert [[(part.value, part.rows) for part in box] for box in found.boxes] == [
        [(0.5, 20.0), (0.0, 100.0)],
        [(-0.25, 10.0), (0.0, 110.0)],
    ]


def test_points_of_boxes_that_are_kept_add_up() -> None:
    found = drawn({1: 0.5, 4: 0.25})
    points = {line.attributes: line.points for line in found.lines(found.boxes, SCALE)}
    # Late and young is bad; 2 or more and young worse.
    assert points[(6,)] == 0
    assert points[(3,)] == 8
    assert max(points.values()) == round(0.75 * SCALE.factor)


def test_a_box_that_is_given_up_moves_nothing() -> None:
    found = drawn({1: 0.5})
    assert found.lines(merge(found.boxes, 120, budget=1e9), SCALE) == ()


def test_what_counts_for_less_than_half_a_point_has_no_lines() -> None:
    found = drawn({1: 0.4 / SCALE.factor})
    assert found.lines(found.boxes, SCALE) == ()
    assert len(drawn({1: 0.6 / SCALE.factor}).boxes) == pytest.approx(1)
