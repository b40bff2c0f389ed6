from fractions import Fraction

import numpy as np

from credence.training.bins import Bins
from credence.training.crossing.boxes import allow, both, parts_of, shape_of
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import Side
from credence.training.solver.design import Design
from credence.training.solver.shape import Shape

LATE = Side(Bins("late", limits=(Fraction(1), Fraction(2)), values=(Fraction(-9),)), (0, 1, 2, 3))
AGE = Side(Bins("age", limits=(Fraction(30),), missing=True), (0, 1, 2))
CROSSING = Crossing(LATE, AGE, (True, False))


def test_a_side_has_its_ends_and_what_stands_by_itself() -> None:
    assert parts_of(LATE) == [(1, 3, 1), (2, 3, 1), (0, 1, -1), (0, 2, -1), (3, 4, 0)]
    assert parts_of(AGE) == [(1, 2, 1), (0, 1, -1), (2, 3, 0)]


def test_every_part_of_one_side_makes_a_box_with_every_part_of_the_other() -> None:
    shape = shape_of(CROSSING)
    assert (shape.rows, shape.columns, shape.size, len(shape.boxes)) == (4, 3, 13, 15)
    assert shape.boxes[:2] == ((1, 3, 1, 2), (1, 3, 0, 1))


def allowed(directions: dict[str, str]) -> dict[tuple[int, int], str]:
    """For each kind of box (the ends of both sides) the signs that the model which picked it may use."""
    design = Design((), (Shape(3, 0, 1), shape_of(CROSSING)), np.zeros(0, dtype=np.intp))
    models = [(np.ones(17, dtype=bool), np.ones(17, dtype=bool)) for _ in range(2)]
    allow([CROSSING], design, [directions, directions], models)
    (rising, falling), other = models
    assert other[0].tolist() == other[1].tolist() == [True] * 2 + [False] * 15
    assert rising[:2].all()
    signs = [int(up) * "+" + int(down) * "-" for up, down in zip(rising[2:], falling[2:], strict=True)]
    return {(one[2], two[2]): sign for (one, two), sign in zip(both(CROSSING), signs, strict=True)}


def test_boxes_may_move_only_as_both_directions_say() -> None:
    found = allowed({"late": "falling", "age": "rising"})
    # Late and young is bad: more where both are so, less where neither is, and nothing else.
    assert (found[1, -1], found[-1, 1], found[1, 1], found[-1, -1]) == ("+", "-", "", "")
    assert (found[1, 0], found[-1, 0], found[0, 1], found[0, -1], found[0, 0]) == ("+", "-", "-", "+", "+-")


def test_boxes_may_move_either_way_where_no_direction_is_stated() -> None:
    assert set(allowed({}).values()) == {"+-"}
    assert allowed({"age": "either", "late": "falling"})[1, 1] == "+"
