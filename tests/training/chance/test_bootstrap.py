import numpy as np
import pytest

from credence.training import figures
from credence.training.chance import bootstrap
from credence.training.chance.bootstrap import Counts, Interval, counts_of, drawn, intervals, right_by_chance
from tests.training.test_figures import people

CHANCES = {594.0: 10 / 410, 580.0: 20 / 520, 497.0: 70 / 170}


def three_bins() -> Counts:
    scores, bad = people()
    return counts_of(scores, np.array([CHANCES[score] for score in scores.tolist()]), bad)


def test_figures_of_counts_are_those_of_rows() -> None:
    scores, bad = people()
    chances = np.array([CHANCES[score] for score in scores.tolist()])
    counts = three_bins()
    assert bootstrap.auc(counts)[0] == pytest.approx(figures.auc(scores, bad))
    assert bootstrap.gini(counts)[0] == pytest.approx(0.63)
    assert bootstrap.ks(counts)[0] == pytest.approx(figures.ks(scores, bad))
    assert bootstrap.log_loss(counts)[0] == pytest.approx(figures.log_loss(chances, bad))
    assert bootstrap.brier(counts)[0] == pytest.approx(figures.brier(chances, bad))


def test_chances_that_are_right_have_no_calibration_error() -> None:
    assert bootstrap.calibration_error(three_bins())[0] == pytest.approx(0)


def test_chances_that_are_off_by_a_tenth_everywhere_have_an_error_of_a_tenth() -> None:
    chances = np.arange(1, 101) / 200
    counts = Counts(1000 * (1 - chances)[None], 1000 * chances[None], chances + 0.1)
    assert bootstrap.calibration_error(counts)[0] == pytest.approx(0.1)


def test_as_many_good_and_bad_rows_are_drawn_as_there_are() -> None:
    again = drawn(three_bins(), 5)
    assert again.good.sum(axis=1).tolist() == [1000] * bootstrap.DRAWS
    assert again.bad.sum(axis=1).tolist() == [100] * bootstrap.DRAWS
    assert again.rows.shape == (bootstrap.DRAWS, 3)


def test_the_error_of_an_auc_is_about_what_theory_says() -> None:
    chance = np.random.Generator(np.random.PCG64(3))
    bad = (np.arange(2000) < 500).astype(float)
    scores = np.round(100 * chance.normal(size=2000) - 100 * bad)
    found = intervals(counts_of(scores, np.full(2000, 0.25), bad), 1)["auc"]
    # Hanley and McNeil's.
    area, first, second = found.value, found.value / (2 - found.value), 2 * found.value**2 / (1 + found.value)
    error = (area * (1 - area) + 499 * (first - area**2) + 1499 * (second - area**2)) / (500 * 1500)
    assert found.error == pytest.approx(error**0.5, rel=0.15)
    assert found.low < found.value < found.high
    assert found.high - found.low == pytest.approx(2 * 1.96 * found.error, rel=0.15)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    assert intervals(three_bins(), 1) == intervals(three_bins(), 1)
    assert intervals(three_bins(), 1)["auc"] != intervals(three_bins(), 2)["auc"]
    assert isinstance(intervals(three_bins(), 1)["ks"], Interval)


def test_chances_that_are_right_stay_under_the_calibration_error_of_chance() -> None:
    chance = np.random.Generator(np.random.PCG64(9))
    scores = np.repeat(np.arange(50.0), 40)
    chances = 1 / (1 + np.exp(scores / 10 - 2))
    over = 0
    for _ in range(60):
        bad = (chance.random(2000) < chances).astype(float)
        counts = counts_of(scores, chances, bad)
        over += bootstrap.calibration_error(counts)[0] > right_by_chance(counts, 1)
    assert over <= 9
