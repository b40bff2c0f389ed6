from fractions import Fraction

import numpy as np

from credence.training.bins import Bins
from credence.training.crossing.crossed import OTHERWISE, Crossing, only_picked
from credence.training.crossing.sides import Side
from credence.training.solver.design import Shape
from tests.training.tables import numbers, table, texts

ONE = Side(Bins("late", limits=(Fraction(1),), values=(Fraction(-9),)), (0, 1, 2))
OTHER = Side(Bins("kind", text=True, values=("a", "b"), rest=True), (0, 1, -1))
CROSSING = Crossing(ONE, OTHER, (True, False))


def test_each_row_falls_in_the_cell_of_both_answers() -> None:
    columns = [numbers("late", [0, 3, -9, 0, None]), texts("kind", ["a", "b", "a", "other", "a"])]
    found = CROSSING.column(table(columns, [0, 1, 0, 1, 0]))
    assert found.name == "late x kind"
    assert found.texts is not None
    assert found.texts.tolist() == ["below 1 / 'a'", "1 or more / 'b'", "-9 / 'a'", OTHERWISE, OTHERWISE]
    assert CROSSING.bins.codes(found).tolist() == [0, 3, 4, 6, 6]


def test_cells_of_special_numbers_must_have_lines_of_their_own() -> None:
    assert CROSSING.guarded.tolist() == [False, False, False, False, True, True]


def test_a_model_uses_only_the_crossings_that_it_picked() -> None:
    allowed = [(np.ones(9, dtype=bool), np.ones(9, dtype=bool)) for _ in range(2)]
    only_picked([CROSSING], [Shape(3, 0, 1), Shape(0, 7, 0)], allowed)
    assert allowed[0][0].all()
    assert allowed[1][0].tolist() == allowed[1][1].tolist() == [True] * 2 + [False] * 7
