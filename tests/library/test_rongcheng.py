"""The city's table: grades at their edges."""

import pytest

from credence.scorecards.load import load_scorecard

CARD = load_scorecard("rongcheng")


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (1050, "AAA"),
        (1049, "AA"),
        (1030, "AA"),
        (1029, "A"),
        (960, "A"),
        (959, "B"),
        (850, "B"),
        (849, "C"),
        (600, "C"),
        (599, "D"),
    ],
)
def test_a_grade_includes_its_lower_limit(score: int, grade: str) -> None:
    assert CARD.band_of(score) == grade
