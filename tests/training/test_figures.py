import numpy as np
import pytest

from credence.scorecards.scale import Scale
from credence.training import figures

GOOD, BAD = np.array([400.0, 500.0, 100.0]), np.array([10.0, 20.0, 70.0])


def people() -> tuple[np.ndarray, np.ndarray]:
    """Everybody in three bins, with the points of the worked case."""
    points = np.repeat([594.0, 580.0, 497.0], [410, 520, 170])
    bad = np.concatenate([np.repeat([0.0, 1.0], pair) for pair in ((400, 10), (500, 20), (100, 70))])
    return points, bad


def test_weights_of_evidence_and_information_value_of_three_bins() -> None:
    assert figures.weights_of_evidence(GOOD, BAD) == pytest.approx([1.386294, 0.916291, -1.945910], abs=1e-6)
    assert figures.information_value(GOOD, BAD) == pytest.approx(1.858322, abs=1e-6)


def test_points_of_one_characteristic_are_its_weights_of_evidence_scaled() -> None:
    scale = Scale(600, 50, 20)
    even = np.log(GOOD.sum() / BAD.sum())
    points = scale.offset + scale.factor * (figures.weights_of_evidence(GOOD, BAD) + even)
    assert np.round(points).tolist() == [594, 580, 497]


def test_auc_gini_and_ks_of_three_bins() -> None:
    points, bad = people()
    area = figures.auc(points, bad)
    assert area == pytest.approx(0.815)
    assert figures.gini(area) == pytest.approx(0.63)
    assert figures.ks(points, bad) == pytest.approx(0.60)


def test_scores_that_are_all_the_same_part_nobody() -> None:
    _, bad = people()
    assert figures.auc(np.zeros(len(bad)), bad) == 0.5
    assert figures.ks(np.zeros(len(bad)), bad) == 0


def test_a_bin_without_bad_outcomes_has_half_of_one() -> None:
    weights = figures.weights_of_evidence(np.array([10.0, 10.0]), np.array([0.0, 5.0]))
    assert weights[0] == pytest.approx(np.log(0.5 / 0.1))


def test_log_loss_and_brier_of_chances_worked_by_hand() -> None:
    chances, bad = np.array([0.5, 0.25, 1.0]), np.array([1.0, 0.0, 1.0])
    assert figures.log_loss(chances, bad) == pytest.approx((np.log(2) + np.log(4 / 3)) / 3)
    assert figures.brier(chances, bad) == pytest.approx((0.25 + 0.0625) / 3)


def test_a_certainty_that_was_wrong_costs_much_and_not_infinitely_much() -> None:
    assert 30 < figures.log_loss(np.array([0.0]), np.array([1.0])) < 40


def test_tenths_run_from_the_greatest_chance_to_the_least() -> None:
    chances = np.arange(100) / 100
    tenths = figures.calibration(chances, (chances >= 0.5).astype(float))
    assert [tenth.rows for tenth in tenths] == [10] * 10
    assert tenths[0].predicted == pytest.approx(0.945)
    assert [tenth.seen for tenth in tenths] == [1.0] * 5 + [0.0] * 5


def test_wilsons_interval_of_a_share_stays_between_none_and_all() -> None:
    assert figures.wilson(5, 20) == pytest.approx((0.1119, 0.4687), abs=1e-4)
    assert figures.wilson(0, 10)[0] == 0
    assert figures.wilson(10, 10)[1] == pytest.approx(1)
