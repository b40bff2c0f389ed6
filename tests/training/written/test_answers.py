from fractions import Fraction

import pytest

from credence.training.bins import Bins
from credence.training.points import Line
from credence.training.written.answers import answer, cases
from credence.training.written.definition import Asked

ONE = Bins("x", values=(Fraction(0),), missing=True)
TWO = Bins("x", limits=(Fraction(5), Fraction(9)), values=(Fraction(5), Fraction(4)))
TEXTS = Bins("x", text=True, values=("a", "another"), rest=True)


@pytest.mark.parametrize(
    ("bins", "places", "found"),
    [
        (ONE, (0,), Fraction(1, 2)),
        (ONE, (1,), Fraction(0)),
        (ONE, (2,), None),
        (TWO, (0,), Fraction(9, 2)),
        (TWO, (1,), Fraction(7)),
        (TWO, (2,), Fraction(9)),
        (TEXTS, (1,), "another"),
        (TEXTS, (2,), "another one"),
        (TEXTS, (0, 2), "a"),
    ],
)
def test_an_answer_falls_in_its_line(
    bins: Bins, places: tuple[int, ...], found: str | Fraction | None
) -> None:
    line = Line(places, 1, 1)
    asked = Asked("x", bins, (line,), "either")
    assert answer(asked, line) == found


def test_a_case_adds_up_and_has_no_column_where_nothing_is_known() -> None:
    lines = (Line((0,), 0, 10), Line((1,), 7, 2), Line((2,), 3, 90))
    made = cases(400, [Asked("it", ONE, lines, "either")])["cases"]
    assert [case["score"] for case in made] == [400, 407, 403]  # type: ignore[attr-defined]
    assert [case["columns"] for case in made] == [{"x": Fraction(1, 2)}, {"x": Fraction(0)}, {}]  # type: ignore[attr-defined]
