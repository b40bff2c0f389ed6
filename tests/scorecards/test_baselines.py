"""A baseline that the file states, and reasons that are told against it."""

from pathlib import Path

import pytest

from credence.scorecards.reasons import rank, usual
from tests.scorecards.cards import card, faults, lab

TWO = """
first:
  measure: {count: {kind: bill.unpaid}}
  attributes: [{below: 1, points: 10, reason: A}, {points: 0, reason: A}]
second:
  measure: {count: {kind: bill.paid}}
  attributes: [{below: 1, points: 2, reason: B}, {points: 8, reason: B}]
"""
REASONS = "reasons: {A: The first, B: The second}\n"
STATED = "baseline: {method: mean, points: {first: 6}}\n"


def test_what_the_file_states_is_compared_with_and_the_rest_with_the_most_possible(tmp_path: Path) -> None:
    baseline = usual(card(tmp_path, lab(TWO, REASONS + STATED)))
    assert (baseline.name, baseline.totals) == ("stated", {"first": 6, "second": 8})
    best = usual(card(tmp_path, lab(TWO, REASONS)))
    assert (best.name, best.totals) == ("best", {"first": 10, "second": 8})


def test_a_mean_need_not_be_whole(tmp_path: Path) -> None:
    text = REASONS + "baseline: {method: mean, points: {first: 9.5, second: 0.25}}"
    scorecard = card(tmp_path, lab(TWO, text))
    baseline = usual(scorecard)
    assert (baseline.totals, baseline.people) == ({"first": 38, "second": 1}, 4)
    told = rank(scorecard, baseline, {"first": (0, "A"), "second": (2, "B")})
    assert [f"{reason.code} {reason.points}" for reason in told] == ["A 19/2"]


@pytest.mark.parametrize(("side", "codes"), [("below", ["B 6"]), ("above", ["A 4"])])
def test_reasons_tell_what_lies_below_or_above(tmp_path: Path, side: str, codes: list[str]) -> None:
    scorecard = card(tmp_path, lab(TWO, f"{REASONS}{STATED}reason_points: {side}"))
    told = rank(scorecard, usual(scorecard), {"first": (10, "A"), "second": (2, "B")})
    assert [f"{reason.code} {reason.points}" for reason in told] == codes


def test_what_is_wrong_with_a_baseline_is_told_at_once(tmp_path: Path) -> None:
    more = "baseline: {method: median, points: {frist: 6}}\nreasons_always: [C]\nreason_points: beside"
    assert faults(tmp_path, lab(TWO, REASONS + more)) == [
        "baseline: 'frist' is no characteristic. Did you mean 'first'?",
        "baseline.method: 'median' is not one of: max, min, mean, neutral, other. Did you mean 'mean'?",
        "reasons_always: No attribute has the reason 'C'.",
        "reason_points: 'beside' is not one of: below, above.",
    ]
    assert faults(tmp_path, lab(TWO, REASONS + "baseline: {}")) == [
        "baseline: 'method' is missing.",
        "baseline: 'points' is missing.",
    ]
