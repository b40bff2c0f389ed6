"""Ranking reasons: PMML's pointsBelow, with exact averages."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from credence.scorecards.model import Scorecard
from credence.scorecards.reasons import Baseline, best, rank
from tests.scorecards.cards import card, lab

# The sample of PMML 4.4 (dmg.org): of each attribute the points, and one reason a characteristic.
SAMPLE = """
department:
  measure: {column: department, type: text}
  attributes:
    - {in: [marketing], points: 19, reason: RC1}
    - {in: [engineering], points: 3, reason: RC1}
    - {in: [business], points: 6, reason: RC1}
    - {points: 0, reason: RC1}
  missing: {points: -9, reason: RC1}
age:
  measure: {column: age}
  attributes:
    - {below: 19, points: -3, reason: RC2}
    - {below: 30, points: 0, reason: RC2}
    - {below: 40, points: 12, reason: RC2}
    - {points: 18, reason: RC2}
  missing: {points: -1, reason: RC2}
income:
  measure: {column: income}
  attributes:
    - {below: 1001, points: 26, reason: RC3}
    - {below: 2501, points: 5, reason: RC3}
    - {points: -3, reason: RC3}
  missing: {points: 5, reason: RC3}
"""
SENTENCES = "reasons: {RC1: The department, RC2: The age, RC3: The income, X: Something else}"
BASELINE = Baseline("sample", {"department": 19, "age": 18, "income": 10})
# An engineer of 25 with an income of 500.
GOT: dict[str, tuple[int, str | None]] = {
    "department": (3, "RC1"),
    "age": (0, "RC2"),
    "income": (26, "RC3"),
}


@pytest.fixture
def sample(tmp_path: Path) -> Scorecard:
    return card(tmp_path, lab(SAMPLE, SENTENCES))


def told(scorecard: Scorecard, baseline: Baseline, got: dict[str, tuple[int, str | None]]) -> list[str]:
    return [f"{reason.code} {reason.points}" for reason in rank(scorecard, baseline, got)]


def test_the_greatest_difference_is_told_first_and_gains_are_not(sample: Scorecard) -> None:
    assert sum(points for points, _ in GOT.values()) == 29
    assert told(sample, BASELINE, GOT) == ["RC2 18", "RC1 16"]


def test_differences_of_one_code_are_added_up_losses_and_gains(tmp_path: Path) -> None:
    merged = card(tmp_path, lab(SAMPLE.replace("RC2", "X").replace("RC3", "X"), SENTENCES))
    got = GOT | {"age": (0, "X"), "income": (26, "X")}
    assert told(merged, BASELINE, got) == ["RC1 16", "X 2"]


def test_equal_differences_are_told_in_document_order(sample: Scorecard) -> None:
    got = GOT | {"department": (1, "RC1")}
    assert told(sample, BASELINE, got) == ["RC1 18", "RC2 18"]
    backwards = dict(reversed(got.items()))
    assert told(sample, BASELINE, backwards) == ["RC1 18", "RC2 18"]


def test_a_difference_of_nothing_is_no_reason(sample: Scorecard) -> None:
    assert (
        told(sample, best(sample), {"department": (19, "RC1"), "age": (18, None), "income": (5, None)}) == []
    )


def test_a_reason_comes_with_its_sentence(sample: Scorecard) -> None:
    assert [reason.sentence for reason in rank(sample, BASELINE, GOT)] == ["The age", "The department"]


def test_an_average_is_exact(sample: Scorecard) -> None:
    averages = Baseline("average", {"department": 11, "age": 1, "income": 77}, people=3)
    (first, second) = rank(sample, averages, GOT)
    assert (first.code, first.points) == ("RC1", Fraction(2, 3))
    assert (second.code, second.points) == ("RC2", Fraction(1, 3))


def test_the_best_baseline_is_the_most_points_of_each(sample: Scorecard) -> None:
    assert best(sample) == Baseline("best", {"department": 19, "age": 18, "income": 26})


def test_where_nothing_limits_the_best_nothing_is_below_it(sample: Scorecard) -> None:
    open_ended = replace(BASELINE, totals={**BASELINE.totals, "age": None})
    assert told(sample, open_ended, GOT) == ["RC1 16"]
