import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.training import figures
from credence.training.fairness.counts import Counts
from credence.training.fairness.measures import Ground, banded, measured, ratio
from tests.training.fairness.grouped import groups_of, rows

CHANCES = np.array([0.5, 0.25, 0.125])


def ground(counts: Counts, chances: np.ndarray | None = None, sign: int = 1) -> Ground:
    accepted = (counts.scores >= 2).astype(np.float64)
    return Ground(counts.scores, accepted, banded(counts), 0, chances, sign)


def counted() -> Counts:
    scores, bad, sides = rows()
    return Counts.of(scores, bad, groups_of(sides, bad).codes, 2)


def test_figures_of_accepted_and_refused_are_those_counted_by_hand() -> None:
    found = measured(counted().rows, ground(counted()))
    assert found["bad_rate"].tolist() == [60 / 200, 80 / 200]
    assert found["accepted"].tolist() == [120 / 200, 80 / 200]
    assert found["adverse_impact_ratio"] == pytest.approx([1, 80 / 120])
    assert found["false_positive_rate"] == pytest.approx([40 / 140, 60 / 120])
    assert found["false_negative_rate"] == pytest.approx([20 / 60, 20 / 80])
    assert found["equal_opportunity_difference"] == pytest.approx([0, 60 / 120 - 100 / 140])
    assert found["bad_among_refused"] == pytest.approx([40 / 80, 60 / 120])
    assert found["bad_among_accepted"] == pytest.approx([20 / 120, 20 / 80])


def test_figures_of_scores_are_those_counted_by_hand() -> None:
    found = measured(counted().rows, ground(counted()))
    # A: 80 ones, 70 twos, 50 threes; B: 120, 50, 30.
    assert found["mean_score"] == pytest.approx([370 / 200, 310 / 200])
    spread = np.std([1.0] * 200 + [2.0] * 120 + [3.0] * 80)
    assert found["standardised_mean_difference"] == pytest.approx([0, -0.3 / spread])
    # A: good 40, 60, 40 and bad 40, 10, 10 at 1, 2, 3.
    assert found["auc"][0] == pytest.approx((40 * 20 + 60 * 45 + 40 * 55) / (140 * 60))


def test_at_equal_score_each_group_is_compared_with_everybody() -> None:
    found = measured(counted().rows, ground(counted()))
    # Everybody: bad 100 of 200 ones, 20 of 120 twos, 20 of 80 threes.
    expected = 80 * 100 / 200 + 70 * 20 / 120 + 50 * 20 / 80
    assert found["excess_at_equal_score"][0] == pytest.approx((60 - expected) / 200)
    assert found["excess_at_equal_score"].sum() == pytest.approx(0)


def test_chances_are_compared_with_what_came() -> None:
    found = measured(counted().rows, ground(counted(), CHANCES))
    predicted = (80 * 0.5 + 70 * 0.25 + 50 * 0.125) / 200
    assert found["calibration_gap"][0] == pytest.approx(predicted - 0.3)
    lost = -(
        80 * np.log(0.5) + 10 * np.log(0.25) + 60 * np.log(0.75) + 10 * np.log(0.125) + 40 * np.log(0.875)
    )
    assert found["log_loss"][0] == pytest.approx(lost / 200)
    assert "log_loss" not in measured(counted().rows, ground(counted()))


def test_scores_turned_round_are_told_in_their_own_direction() -> None:
    plain, turned = (measured(counted().rows, ground(counted(), sign=sign)) for sign in (1, -1))
    assert turned["mean_score"].tolist() == (-plain["mean_score"]).tolist()
    assert turned["auc"].tolist() == plain["auc"].tolist()


def test_several_draws_are_measured_like_one() -> None:
    (drawn,) = counted().drawn(3, 5)
    together = measured(drawn, ground(counted(), CHANCES))
    for number, draw in enumerate(drawn):
        alone = measured(draw, ground(counted(), CHANCES))
        assert all(found[number] == pytest.approx(alone[name]) for name, found in together.items())


def test_a_part_of_nothing_is_no_number() -> None:
    assert np.isnan(ratio(np.array([1.0, 0.0]), np.array([2.0, 0.0]))).tolist() == [False, True]


def test_many_scores_lie_in_ten_bands_of_about_as_many_rows() -> None:
    counts = Counts.of(np.arange(1000.0), np.arange(1000.0) % 2, np.zeros(1000, dtype=np.intp), 1)
    bands = banded(counts)
    assert bands.sum(axis=0).tolist() == [100.0] * 10
    assert (np.diff(bands.argmax(axis=1)) >= 0).all()


def test_few_scores_are_a_band_each() -> None:
    assert banded(counted()).tolist() == np.eye(3).tolist()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4))
def test_whatever_the_rows_figures_of_counts_are_those_of_rows(seed: int, groups: int) -> None:
    chance = np.random.Generator(np.random.PCG64(seed))
    scores = np.floor(chance.normal(size=300) * 4)
    bad = (chance.random(300) < 0.5).astype(np.float64)
    codes = chance.integers(-1, groups, 300)
    counts = Counts.of(scores, bad, codes, groups)
    accepted = (counts.scores >= 0).astype(np.float64)
    found = measured(counts.rows, Ground(counts.scores, accepted, banded(counts), 0))
    spread = float(scores.std())
    for group in range(groups):
        mine = codes == group
        assert found["auc"][group] == pytest.approx(figures.auc(scores[mine], bad[mine]))
        assert found["accepted"][group] == pytest.approx((scores[mine] >= 0).mean())
        gap = scores[mine].mean() - scores[codes == 0].mean()
        assert found["standardised_mean_difference"][group] == pytest.approx(gap / spread)
        assert found["false_positive_rate"][group] == pytest.approx((scores[mine & (bad == 0)] < 0).mean())
