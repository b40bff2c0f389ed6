from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from credence.scorecards.importing.additive import Axis, Effect
from credence.scorecards.importing.answers import meets, place_of
from credence.scorecards.importing.crossed import crossed_rows
from credence.scorecards.importing.points import Whole
from credence.scorecards.model import Below, Cell, OneOf, Rest, Test, When

NUMBERS = Axis("x", (OneOf((Fraction(3),)), Below(Fraction(1)), Below(Fraction(5), inclusive=True), Rest()))
TEXTS = Axis("y", (OneOf(("a",)), OneOf(("b", "c")), Rest()), text=True)
ANSWERS = {"x": (None, *map(Fraction, (0, 1, 3, 4, 5, 6))), "y": (None, "a", "b", "c", "z")}
CELLS = len(NUMBERS.places) * len(TEXTS.places)


def holds(cell: Cell, answer: str | Fraction | None) -> bool:
    if cell.missing or answer is None:
        return cell.missing and answer is None
    if cell.one_of is not None:
        return meets(cell.one_of, answer)
    limit = Below(cell.below) if cell.below is not None else Below(cell.up_to or Fraction(0), inclusive=True)
    return meets(limit, answer)


def true(test: Test, answers: dict[str, str | Fraction | None]) -> bool:
    return not isinstance(test, When) or all(holds(cell, answers[cell.name]) for cell in test.cells)


@settings(max_examples=100)
@given(st.lists(st.integers(0, 2), min_size=CELLS, max_size=CELLS))
def test_the_first_row_that_is_true_gives_the_points_of_the_table(given: list[int]) -> None:
    places = [(a, b) for a in NUMBERS.places for b in TEXTS.places]
    table = Whole(Effect((NUMBERS, TEXTS), {}), dict(zip(places, given, strict=True)), Fraction(0))
    rows = list(crossed_rows(table, ("x", "y")))
    assert [test for test, _points in rows if not isinstance(test, When)] == [rows[-1][0]] == [Rest()]
    for x in ANSWERS["x"]:
        for y in ANSWERS["y"]:
            first = next(points for test, points in rows if true(test, {"x": x, "y": y}))
            assert first == table.points[place_of(NUMBERS, x), place_of(TEXTS, y)]
