"""Points that follow the answer: reading, rounding, limits."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.scorecards.lines import points_at, points_said, said
from credence.scorecards.model import Attribute, Line, PointsEach, Rest
from tests.scorecards.cards import card, faults, lab, of

LIMITED = Line(Fraction(2), Fraction(-1, 2), "floor", 0, 9)
INCOME = Line(Fraction(3, 100), Fraction(11), "half_up")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Fraction(3), "3"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(1, 10**7), "0.0000001"),
        (Fraction(100), "100"),
    ],
)
def test_a_number_is_said_without_a_fraction_bar(number: Fraction, words: str) -> None:
    assert said(number) == words


def test_points_follow_the_answer(tmp_path: Path) -> None:
    points = "{times: 0.03, plus: 11, rounding: half_up}"
    row = (
        card(tmp_path, lab(of("{count: {}}", f"[{{points: {points}}}]"))).characteristic("one").attributes[0]
    )
    assert row.points == INCOME
    assert (row.points_least, row.points_most) == (None, None)
    assert points_at(INCOME, Fraction(1000)) == points_at(INCOME, 1000.0) == 41


@pytest.mark.parametrize(
    ("rounding", "answer", "points"),
    [
        ("floor", Fraction(-1, 2), -1),
        ("floor", Fraction(3, 2), 1),
        ("ceiling", Fraction(-1, 2), 0),
        ("ceiling", Fraction(1, 3), 1),
        ("half_up", Fraction(-1, 2), 0),
        ("half_up", Fraction(-3, 2), -1),
        ("half_up", Fraction(1, 2), 1),
    ],
)
def test_rounding_is_as_declared(rounding: str, answer: Fraction, points: int) -> None:
    line = Line(Fraction(1), Fraction(0), rounding)
    assert points_at(line, answer) == points
    assert points_at(line, float(answer)) == points


@given(
    answer=st.floats(allow_nan=False),
    times=st.fractions(-9, 9, max_denominator=8).filter(bool),
    rounding=st.sampled_from(["floor", "ceiling", "half_up"]),
)
def test_points_never_leave_their_limits(answer: float, times: Fraction, rounding: str) -> None:
    line = Line(times, Fraction(1, 2), rounding, -7, 12)
    assert -7 <= points_at(line, answer) <= 12
    assert -1_000_000 <= points_at(Line(times, Fraction(0), rounding), answer) <= 1_000_000


def test_what_is_wrong_with_a_rule_is_told_at_once(tmp_path: Path) -> None:
    points = "{times: 0, plus: 0.1234567, rounding: up, at_least: 3, at_most: 2}"
    at = "characteristics.one.attributes[1].points"
    assert faults(tmp_path, lab(of("{count: {}}", f"[{{points: {points}}}]"))) == [
        f"{at}: 'at_least: 3' is over 'at_most: 2'.",
        f"{at}.plus: 0.1234567 must lie within a million of zero and have at most six decimals.",
        f"{at}.rounding: 'up' is not one of: floor, ceiling, half_up.",
        f"{at}.times: is zero, so that the answer would not matter: give a whole number of points.",
    ]
    assert faults(tmp_path, lab(of("{count: {}}", "[{points: {}}]"))) == [
        f"{at}: '{key}' is missing." for key in ("times", "plus", "rounding")
    ]


def test_points_follow_numbers_alone(tmp_path: Path) -> None:
    points = "{times: 1, plus: 0, rounding: floor}"
    text = of("{column: region, type: text}", f"[{{points: {points}}}]", f"missing: {{points: {points}}}")
    sentence = "Points can follow a number alone, and there is none here: give a whole number."
    assert faults(tmp_path, lab(text)) == [
        f"characteristics.one.attributes[1].points: {sentence}",
        f"characteristics.one.missing.points: {sentence}",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Attribute(Rest(), 3, "any"), "3"),
        (Attribute(Rest(), 0, "any", unscorable="U"), "no score"),
        (Attribute(Rest(), INCOME, "any"), "0.03 x answer + 11, rounded, halves up"),
        (Attribute(Rest(), LIMITED, "any"), "2 x answer - 0.5, rounded down, at least 0, at most 9"),
        (PointsEach(-5, None), "-5"),
    ],
)
def test_points_are_said(row: Attribute | PointsEach, words: str) -> None:
    assert points_said(row) == words
