from dataclasses import replace
from fractions import Fraction

import pytest

from credence.characteristics.aggregates import Column, Derived
from credence.events.vocabulary import shipped
from credence.training.bins import Bins
from credence.training.deriving.made import Made
from credence.training.points import Line
from credence.training.questions import load_questions
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


def made_of_two(missing: bool) -> Asked:  # noqa: FBT001 - what the case is about
    """A question about x by y, in two lines below and from 1 on, and one of the missing where it is asked."""
    ratio = Made("used", Derived("ratio", (Column("x", text=False), Column("y", text=False))), "How much?")
    bins = Bins("used", limits=(Fraction(1),), missing=missing)
    lines = (Line((0,), 9, 50), Line((1,), 4, 30), *([Line((2,), 1, 20)] if missing else []))
    return Asked("used", bins, lines, "either", ratio.characteristic)


def test_what_is_made_of_columns_follows_their_answers() -> None:
    """The second column is not asked by itself, so that any number stands there."""
    lines = (Line((0,), 0, 10), Line((1,), 7, 2), Line((2,), 3, 90))
    made = cases(400, [Asked("it", ONE, lines, "either"), made_of_two(missing=True)])["cases"]
    found = [(case["columns"], case["points"]) for case in made]  # type: ignore[attr-defined]
    assert found == [
        ({"x": Fraction(1, 2), "y": 1}, {"it": 0, "used": 9}),
        ({"x": Fraction(0), "y": 1}, {"it": 7, "used": 9}),
        ({"y": 1}, {"it": 3, "used": 1}),
    ]


def test_where_nobody_missed_what_is_made_its_case_has_no_score() -> None:
    made = cases(400, [Asked("it", ONE, (Line((2,), 3, 90),), "either"), made_of_two(missing=False)])["cases"]
    assert made[0] == {  # type: ignore[index]
        "sentence": "The fewest points to every question",
        "events": [],
        "columns": {"y": 1},
        "unscorable": "used_unknown",
    }


def test_where_events_are_asked_the_case_is_of_somebody_to_whom_nothing_happened() -> None:
    """A count is 0, and the usual answer stands in a column that is asked beside it."""
    everyday = load_questions("everyday", shipped())
    count = everyday.characteristic("payments_missed")
    bins = Bins("payments_missed", limits=(Fraction(1),))
    counted = Asked("payments_missed", bins, (Line((0,), 9, 5), Line((1,), 0, 90)), "falling", count)
    column = Asked("x", ONE, (Line((0, 2), 0, 1), Line((1,), 7, 8)), "either")
    made = cases(400, [counted, column])["cases"]
    assert made == [
        {
            "sentence": "Somebody to whom nothing ever happened",
            "events": [],
            "columns": {"x": Fraction(0)},
            "score": 416,
            "points": {"payments_missed": 9, "x": 7},
        }
    ]
    share = Asked("paid_on_time", bins, counted.lines, "either", everyday.characteristic("paid_on_time"))
    assert cases(400, [share])["cases"][0]["unscorable"] == "paid_on_time_unknown"  # type: ignore[index]
    missing = replace(share, bins=replace(bins, missing=True), lines=(Line((0, 1), 3, 9), Line((2,), 4, 9)))
    assert cases(400, [missing])["cases"][0]["score"] == 404  # type: ignore[index]
