import numpy as np
import pytest

from credence.training.against.odds import chances_of_others, odds_line
from credence.training.arrays import Floats


def drawn(slope: float, rows: int = 20_000) -> tuple[Floats, Floats]:
    chance = np.random.Generator(np.random.PCG64(4))
    scores = chance.normal(600, 40, rows)
    bad = chance.random(rows) < 1 / (1 + np.exp(1 + slope * (scores - 600)))
    return scores, bad.astype(np.float64)


def test_the_line_that_made_the_outcomes_is_found() -> None:
    line = odds_line(*drawn(0.03))
    assert line.slope == pytest.approx(0.03, abs=3 * line.error)
    assert line.intercept + line.slope * 600 == pytest.approx(1, abs=0.06)
    assert line.error < 0.001


def test_chances_are_as_many_as_bad_outcomes_were() -> None:
    scores, bad = drawn(0.02)
    assert odds_line(scores, bad).chances(scores).mean() == pytest.approx(bad.mean(), abs=1e-6)


def test_a_score_that_parts_without_error_still_has_a_line() -> None:
    line = odds_line(np.array([1.0, 2, 3, 4]), np.array([1.0, 1, 0, 0]))
    assert 0 < line.slope < 1e6
    assert line.chances(np.array([1.0, 4])).round(3).tolist() == [1, 0]


def test_a_score_that_is_the_same_for_all_has_a_flat_line() -> None:
    line = odds_line(np.full(8, 500.0), np.array([1.0, 0] * 4))
    assert (line.slope, line.chances(np.array([500.0])).tolist()) == (0, [0.5])


def test_the_chance_of_a_row_is_that_of_the_other_folds() -> None:
    scores, bad = drawn(0.03, 400)
    folds = np.arange(400) % 2
    found = chances_of_others(scores, bad, folds)
    assert found[folds == 0].tolist() == odds_line(scores[1::2], bad[1::2]).chances(scores[::2]).tolist()
    alone = chances_of_others(scores, bad, np.zeros(400, dtype=np.intp))
    assert alone.tolist() == odds_line(scores, bad).chances(scores).tolist()
