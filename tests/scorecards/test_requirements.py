"""Rules of scorability: one requirement, or alternatives of which one is enough."""

from fractions import Fraction
from pathlib import Path

import pytest

from credence.characteristics.aggregates import can_be_missing
from tests.scorecards.cards import card, faults, lab


def test_a_rule_is_a_measure_that_must_reach_something(tmp_path: Path) -> None:
    more = "scorable_when: [{measure: {count: {}}, months: 24, at_least: 6, code: few, sentence: Too few.}]"
    (rule,) = card(tmp_path, lab(more=more)).scorable_when
    (requirement,) = rule.alternatives
    assert (rule.code, rule.sentence) == ("few", "Too few.")
    assert (requirement.months, requirement.test, requirement.limit) == (24, "at_least", Fraction(6))


@pytest.mark.parametrize("test", ["at_least", "at_most", "below", "above", "equals"])
def test_a_requirement_has_one_of_five_tests(tmp_path: Path, test: str) -> None:
    more = f"scorable_when: [{{measure: {{count: {{}}}}, {test}: 0.5, code: c, sentence: S.}}]"
    (rule,) = card(tmp_path, lab(more=more)).scorable_when
    assert [(r.test, r.limit) for r in rule.alternatives] == [(test, Fraction(1, 2))]


def test_alternatives_stand_under_any(tmp_path: Path) -> None:
    more = """
    scorable_when:
      - code: thin
        sentence: Neither accounts nor bills are known.
        any:
          - {measure: {count: {kind: account.reported}}, at_least: 1}
          - {measure: {age_of_oldest: {kind: bill.paid}}, at_least: 90}
    """
    (rule,) = card(tmp_path, lab(more=more)).scorable_when
    assert [r.measure.name for r in rule.alternatives] == ["count", "age_of_oldest"]
    assert [can_be_missing(r.measure.answer) for r in rule.alternatives] == [False, True]


def test_a_window_is_a_hundred_years_at_most(tmp_path: Path) -> None:
    more = "scorable_when: [{measure: {count: {}}, months: 1201, at_least: 6, code: few, sentence: Few.}]"
    assert faults(tmp_path, lab(more=more)) == ["scorable_when[1].months: must be at most 1200, not 1201."]


def test_a_scorecard_without_rules_scores_everybody(tmp_path: Path) -> None:
    assert card(tmp_path, lab()).scorable_when == ()
