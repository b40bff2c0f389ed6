from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from credence.scorecards.scale import Scale
from credence.training.applied import applied, label, placed
from credence.training.bins import Bins
from credence.training.fit import Fit
from credence.training.points import Line, Points
from tests.training.tables import fitted, numbers, people, table, texts

SCALE = Scale(600, 50, 20)
AGE = Bins("age", limits=(Fraction(30),), values=(Fraction(-9),), missing=True)
JOB = Bins("job", text=True, values=("cook", "smith"), missing=True)
LINES = (Line((0,), 3, 10), Line((1, 2), 7, 20), Line((3,), 1, 5))
JOBS = (Line((0,), 2, 10), Line((1,), 5, 20), Line((2,), 0, 50))

DEBT = Bins("Debt", limits=(Fraction(5), Fraction(19, 2)), values=(Fraction(-9), Fraction(-8)), missing=True)
KIND = Bins("kind", text=True, values=("car", "home"), rest=True, missing=True)


def fit_of(*bins: Bins) -> Fit:
    return replace(fitted(), bins=bins)


def test_rows_of_the_fit_score_as_the_fit_scores_them() -> None:
    found = fitted()
    scores, known = applied(found, found.points, people())
    assert scores.tolist() == found.points.scores(found.design).tolist()
    assert known.all()


def test_each_answer_falls_in_its_line_and_a_new_text_in_the_most_usual_one() -> None:
    ages = numbers("age", [29.0, 30.0, -9.0, None])
    jobs = texts("job", ["cook", "baker", None, "smith"])
    points = Points(100, (LINES, JOBS), SCALE)
    rows = table([jobs, ages], [0.0, 1.0, 0.0, 1.0])
    scores, known = applied(fit_of(AGE, JOB), points, rows)
    assert scores.tolist() == [100 + 3 + 2, 100 + 7 + 5, 100 + 7 + 0, 100 + 1 + 5]
    assert known.all()
    assert [places.tolist() for places in placed(fit_of(AGE, JOB), points, rows)] == [
        [0, 1, 1, 2],
        [0, 1, 2, 1],
    ]


def test_rare_texts_of_the_fit_have_a_line_for_new_ones() -> None:
    bins = Bins("job", text=True, values=("cook",), rest=True)
    points = Points(0, ((Line((0,), 2, 90), Line((1,), 9, 3)),), SCALE)
    scores, _ = applied(fit_of(bins), points, table([texts("job", ["cook", "baker"])], [0.0, 1.0]))
    assert scores.tolist() == [2, 9]


def test_an_answer_that_nobody_missed_before_gives_no_score() -> None:
    never = Bins("age", limits=(Fraction(30),))
    named = Bins("job", text=True, values=("cook", "smith"))
    points = Points(
        0, ((Line((0,), 3, 10), Line((1,), 7, 20)), (Line((0,), 2, 10), Line((1,), 5, 20))), SCALE
    )
    rows = table([numbers("age", [20.0, None, 40.0]), texts("job", ["cook", "cook", None])], [0.0, 1.0, 1.0])
    scores, known = applied(fit_of(never, named), points, rows)
    assert known.tolist() == [True, False, False]
    assert scores[0] == 5


def test_a_question_without_lines_is_not_asked() -> None:
    points = Points(50, ((), JOBS), SCALE)
    rows = table([texts("job", ["cook", None]), numbers("age", [None, 1.0])], [0.0, 1.0])
    places = placed(fit_of(AGE, JOB), points, rows)
    assert places[0].tolist() == [-1, -1]
    assert applied(fit_of(AGE, JOB), points, rows)[0].tolist() == [52, 50]


def test_a_column_of_texts_that_are_all_missing_is_known_where_some_missed_it() -> None:
    rows = table([texts("job", [None, None])], [0.0, 1.0])
    scores, known = applied(fit_of(JOB), Points(1, (JOBS,), SCALE), rows)
    assert (scores.tolist(), known.all()) == ([1, 1], np.True_)


@pytest.mark.parametrize(
    ("bins", "places", "said"),
    [
        (DEBT, (0,), "below 5"),
        (DEBT, (1,), "5 to below 9.5"),
        (DEBT, (1, 2), "5 or more"),
        (DEBT, (0, 1, 2), "any number"),
        (DEBT, (3, 4), "-9, -8"),
        (DEBT, (0, 3), "below 5, -9"),
        (DEBT, (5,), "not known"),
        (KIND, (0, 2), "car, another"),
        (KIND, (3,), "not known"),
    ],
)
def test_a_line_is_called_by_its_answers(bins: Bins, places: tuple[int, ...], said: str) -> None:
    assert label(bins, Line(places, 1, 1)) == said
