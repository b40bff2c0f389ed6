from collections.abc import Callable

import numpy as np
import pytest

from credence.training.arrays import Floats
from credence.training.columns import Column
from credence.training.fairness.compared import (
    AtShare,
    Compared,
    Figure,
    Rated,
    compare,
    cut_offs,
    everybody,
    share_of,
    short,
)
from credence.training.fairness.groups import grouping
from tests.training.fairness.grouped import groups_of, rows
from tests.training.tables import texts

SCORES, BAD, SIDES = rows()


def compared(column: Column = SIDES, chance: Callable[[Floats], Floats] | None = None) -> Compared:
    return compare(Rated(SCORES, BAD, 2, chance=chance, seed=1), groups_of(column, BAD))


def test_the_group_that_is_accepted_most_is_the_one_to_compare_with() -> None:
    found = compared()
    assert (found.column, found.reference, found.why) == ("side", "A", "")
    assert [(group.name, group.rows, group.bad) for group in found.groups] == [
        ("A", 200, 60),
        ("B", 200, 80),
    ]
    assert found.groups[1].figures["adverse_impact_ratio"].value == pytest.approx(2 / 3, abs=1e-6)


def test_another_group_can_be_named_to_compare_with() -> None:
    found = compare(Rated(SCORES, BAD, 2), groups_of(SIDES, BAD), reference=1)
    assert found.reference == "B"
    assert found.groups[0].figures["adverse_impact_ratio"].value == 1.5


def test_intervals_hold_what_they_are_of_and_are_as_wide_as_chance_makes_them() -> None:
    found = compared().groups[0].figures["accepted"]
    error = (0.6 * 0.4 / 200) ** 0.5
    assert found.value == 0.6
    assert found.low == pytest.approx(0.6 - 1.96 * error, abs=0.02)
    assert found.high == pytest.approx(0.6 + 1.96 * error, abs=0.02)


def test_where_high_is_bad_the_cut_off_is_the_first_that_is_refused() -> None:
    turned = compare(Rated(4 - SCORES, BAD, 3, high_is_bad=True, seed=1), groups_of(SIDES, BAD))
    plain = compared()
    for group, other in zip(turned.groups, plain.groups, strict=True):
        for name in ("accepted", "false_positive_rate", "false_negative_rate", "auc", "bad_among_refused"):
            assert group.figures[name] == other.figures[name]
    assert turned.groups[0].figures["mean_score"].value == pytest.approx(4 - 1.85)
    smd = [group.figures["standardised_mean_difference"].value for group in turned.groups]
    assert smd[1] == -(plain.groups[1].figures["standardised_mean_difference"].value or 0)
    assert [(at.share, at.last) for at in turned.by_share] == [(1.0, 3.0), (0.5, 2.0), (0.2, 1.0)]
    assert [at.least for at in turned.at_equal_score] == [1.0, 2.0, 3.0]


def test_every_cut_off_is_compared() -> None:
    # 80 threes, 120 twos, 200 ones.
    assert compared().by_share == [
        AtShare(1.0, 1.0, [1.0, 1.0], [1.0, 1.0]),
        AtShare(0.5, 2.0, [0.6, 0.4], [1.0, 0.666667]),
        AtShare(0.2, 3.0, [0.25, 0.15], [1.0, 0.6]),
    ]


def test_those_with_equal_scores_are_compared() -> None:
    first = compared().at_equal_score[0]
    assert (first.least, first.most, first.rows) == (1.0, 1.0, [80, 120])
    assert [rate.value for rate in first.bad_rates] == [0.5, 0.5]


def test_chances_are_compared_where_scores_stand_for_some() -> None:
    found = compared(chance=lambda scores: 1 / (1 + scores)).groups[0].figures
    assert found["calibration_gap"].value == pytest.approx((80 / 2 + 70 / 3 + 50 / 4) / 200 - 0.3, abs=1e-6)
    assert "calibration_gap" not in compared().groups[0].figures


def test_rows_in_no_group_count_among_everybody_alone() -> None:
    sides = [None if number % 5 == 0 else side for number, side in enumerate(SIDES.texts.tolist())]  # type: ignore[union-attr]
    found = compared(texts("side", sides))
    assert found.unknown == 80
    assert sum(group.rows for group in found.groups) == 320
    assert [at.share for at in found.by_share] == [1.0, 0.5, 0.2]


def test_nothing_is_compared_where_there_are_no_groups() -> None:
    found = compare(Rated(SCORES, BAD, 2), grouping(texts("side", ["a"] * 400), BAD))
    assert (found.groups, found.by_share) == ([], [])
    assert found.why == "fewer than two groups have enough rows"


def test_a_figure_that_no_row_has_a_part_in_is_none() -> None:
    found = compare(Rated(SCORES, BAD, 9), groups_of(SIDES, BAD)).groups[0].figures
    assert found["adverse_impact_ratio"] == Figure(None, None, None)
    assert found["accepted"] == Figure(0.0, 0.0, 0.0)


def test_a_cut_off_is_the_highest_score_that_accepts_at_least_a_share() -> None:
    found = cut_offs(np.array([1.0, 2.0, 3.0]), np.array([50.0, 30.0, 20.0]), (0.2, 0.21, 0.5, 0.9))
    assert found == [(1.0, 1.0), (0.5, 2.0), (0.2, 3.0)]


def test_wilsons_interval_is_that_of_the_books() -> None:
    # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    known = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (some, many), (low, high) in known.items():
        found = share_of(some, many)
        assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)
    assert share_of(0, 0) == Figure(None, None, None)


def test_everybody_together_is_one_group() -> None:
    found = everybody(Rated(SCORES, BAD, 2, chance=lambda scores: 1 / (1 + scores)), 50)
    assert found["bad_rate"].value == 140 / 400
    assert found["accepted"].value == 0.5
    assert found["log_loss"].value is not None


def test_figures_are_short_and_never_minus_nothing() -> None:
    assert str(short(-1e-9)) == "0.0"
    assert short(1 / 3) == 0.333333
    assert short(float("nan")) is None
