import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.training import figures
from credence.training.against.paired import (
    auc_difference,
    loss_difference,
    mean_auc,
    points_said,
    sound,
)
from credence.training.arrays import Codes, Floats


def drawn(rows: int, seed: int = 2) -> tuple[Floats, Floats, Floats, Codes]:
    """A good score, a worse one, outcomes, folds."""
    chance = np.random.Generator(np.random.PCG64(seed))
    bad = (chance.random(rows) < 0.3).astype(np.float64)
    good = np.round(chance.normal(size=rows) * 30 - 40 * bad)
    return good, np.round(good + chance.normal(size=rows) * 40), bad, np.arange(rows) % 5


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_the_difference_is_that_of_both_figures(seed: int) -> None:
    one, other, bad, folds = drawn(300, seed)
    found = auc_difference(one, other, bad, folds)
    assert found.mean == pytest.approx(mean_auc(one, bad, folds) - mean_auc(other, bad, folds), abs=3e-5)
    assert found.low <= found.mean <= found.high


def test_a_score_beside_itself_differs_by_nothing() -> None:
    one, _, bad, folds = drawn(300)
    found = auc_difference(one, one, bad, folds)
    assert (found.mean, found.error, found.low, found.high, found.by_chance) == (0, 0, 0, 0, True)


def test_the_interval_is_as_wide_as_draws_of_rows_say() -> None:
    one, other, bad, _ = drawn(1500)
    whole = np.zeros(1500, dtype=np.intp)
    found = auc_difference(one, other, bad, whole)
    chance = np.random.Generator(np.random.PCG64(9))
    draws = []
    for _ in range(300):
        rows = chance.integers(0, 1500, 1500)
        draws.append(figures.auc(one[rows], bad[rows]) - figures.auc(other[rows], bad[rows]))
    assert found.error is None
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * np.std(draws), rel=0.15)
    assert not found.by_chance


def test_a_loss_is_less_where_chances_are_better() -> None:
    bad = np.array([1.0, 0, 1, 0, 1, 0, 1, 0])
    right, unsure = np.where(bad == 1, 0.9, 0.1), np.full(8, 0.5)
    found = loss_difference(right, unsure, bad, np.arange(8) // 4)
    assert found.mean == pytest.approx(np.log(0.5) - np.log(0.9), abs=1e-5)
    assert loss_difference(right, unsure, bad, np.arange(8)).low == found.low == found.mean


def test_folds_with_one_outcome_alone_are_one_fold() -> None:
    bad = np.array([1.0, 0, 1, 1])
    assert sound(np.array([0, 0, 1, 1]), bad).tolist() == [0, 0, 0, 0]
    assert sound(np.array([0, 0, 1, 1]), np.array([1.0, 0, 0, 1])).tolist() == [0, 0, 1, 1]


def test_a_difference_is_told_in_points_of_a_hundred() -> None:
    one, other, bad, folds = drawn(1500)
    assert points_said(auc_difference(one, other, bad, folds)).startswith("+1")
    assert points_said(auc_difference(one, one, bad, folds)) == (
        "+0.00 AUC points (95 % interval +0.00 to +0.00)"
    )
