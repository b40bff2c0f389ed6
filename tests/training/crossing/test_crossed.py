from fractions import Fraction

from credence.training.bins import Bins
from credence.training.crossing.crossed import OTHERWISE, Crossing
from credence.training.crossing.sides import Side
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


def test_the_narrowest_question_takes_cells_in() -> None:
    assert CROSSING.asked([0]) == ((0, 0), (0, 0))
    assert CROSSING.words([0, 2]) == "any / 'a'"
    assert CROSSING.words([5]) == "-9 / 'b'"
    assert CROSSING.sides == ("late", "kind")
