import numpy as np
import pytest

from credence.scorecards.scale import Scale
from credence.training.merging import apart
from credence.training.points import Line, based, whole
from credence.training.solver.design import Design
from credence.training.solver.shape import Shape

SCALE = Scale(600, 50, 20)
TWO = (Shape(3, 0, 0), Shape(0, 2, 0))


def test_the_worst_answer_has_no_points_and_others_the_scaled_difference_rounded() -> None:
    parts = apart(np.array([1.0, 0.5, 0.0, 0.1, 0.2]), np.full(5, 10.0), TWO, (False, False))
    first, second = whole(parts, SCALE).lines
    assert [line.points for line in first] == [0, 14, 29]  # 28.8539 x 0.5 and x 1
    assert [line.points for line in second] == [3, 0]


def test_bins_next_to_each_other_with_the_same_points_are_one_line() -> None:
    parts = apart(np.array([1.0, 0.001, 0.0]), np.array([10.0, 20.0, 30.0]), TWO[:1], (False,))
    assert whole(parts, SCALE).lines == ((Line((0,), 0, 10), Line((1, 2), 29, 50)),)


def test_a_characteristic_that_moves_no_points_has_no_lines() -> None:
    parts = apart(np.array([0.01, 0.0, 0.005, 1.0, 0.0]), np.full(5, 10.0), TWO, (False, False))
    points = whole(parts, SCALE)
    assert points.lines[0] == ()
    assert points.rows == 2


def test_the_base_predicts_as_many_bad_outcomes_as_were_seen() -> None:
    chance = np.random.Generator(np.random.PCG64(3))
    codes = chance.integers(0, 3, 5000)
    bad = (chance.random(5000) < np.array([0.5, 0.3, 0.1])[codes]).astype(float)
    design = Design((codes,), TWO[:1], np.zeros(5000, dtype=np.intp))
    parts = apart(np.array([0.0, -0.85, -2.2]), design.sums(np.ones(5000)), TWO[:1], (False,))
    points = based(whole(parts, SCALE), design, bad, np.ones(5000))
    scores = points.scores(design)
    assert points.chances(scores).sum() == pytest.approx(bad.sum(), rel=0.02)
    assert points.chances(scores[:1])[0] == pytest.approx(SCALE.bad_rate_at(float(scores[0])))
    assert sorted(set(scores.tolist())) == sorted(points.base + line.points for line in points.lines[0])
