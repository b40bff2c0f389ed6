"""Scores and odds: good : bad everywhere, higher is better."""

import pytest

from credence.scorecards.scale import Scale


@pytest.mark.parametrize(
    ("score", "odds", "points", "factor", "offset", "at_one_percent"),
    [
        (600, 30, 20, 28.853901, 501.862188, 634.449),
        (600, 50, 20, 28.853901, 487.122876, 619.710),
        (600, 60, 20, 28.853901, 481.862188, 614.449),
        (600, 19, 50, 72.134752, 387.603624, 719.071),
    ],
)
def test_factor_and_offset_are_those_of_the_table(
    score: int, odds: float, points: int, factor: float, offset: float, at_one_percent: float
) -> None:
    scale = Scale(score, odds, points)
    assert scale.factor == pytest.approx(factor, abs=1e-6)
    assert scale.offset == pytest.approx(offset, abs=1e-6)
    assert scale.score_at(99) == pytest.approx(at_one_percent, abs=1e-3)


def test_the_points_to_double_the_odds_double_them() -> None:
    scale = Scale(600, 50, 20)
    assert scale.offset == pytest.approx(487.1229, abs=1e-4)
    assert scale.score_at(100) == pytest.approx(620)
    assert scale.odds_at(620) == pytest.approx(100)


def test_a_score_stands_for_a_share_of_bad_outcomes() -> None:
    scale = Scale(600, 30, 20)
    assert scale.odds_at(640) == pytest.approx(120)
    assert scale.bad_rate_at(640) == pytest.approx(0.00826, abs=1e-5)


def test_a_scale_in_words_is_read_again() -> None:
    for scale in (Scale(600, 50, 20), Scale(-12, 0.333333, 57.125), Scale(0, 1e-05, 1)):
        assert Scale.read(f"{scale}, read off these rows") == scale
    assert Scale.read("points as in the file") is None
