"""One person: what is decided, each clause met or not met, how far off, and why."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from credence.decisions.decide import CheckedClause, decide, distance
from credence.decisions.model import Policy
from credence.engines.found import Value
from credence.engines.policies.clauses import SCORE, Clause, Range, Ranges, Subject
from credence.errors import PolicyNotValidError
from tests.decisions.policies import TWO, decided, facts, policy

COURT = """
hit: first
lists: {court: {title: the court's list}}
columns: {income: {title: income}}
rows:
  - {when: {lists: {court: present}}, outcome: decline, reason: You are listed.}
  - when: {score: {at_least: 50}, lists: {court: absent}, columns: {income: {at_least: 10.5}}}
    outcome: accept
    reason: Welcome.
otherwise: {outcome: decline, reason: Your score or your income is too low.}
unknown: {outcome: refer, reason: Something is not known.}
"""


@pytest.fixture
def two(tmp_path: Path) -> Policy:
    return policy(tmp_path)


@pytest.fixture
def court(tmp_path: Path) -> Policy:
    return policy(tmp_path, COURT)


def clause(rules: Policy, place: int, number: int, value: Value) -> int | float | None:
    return distance(rules.rows[place].asks.clauses[number], value)


def test_more_than_leaves_the_limit_itself_out(two: Policy) -> None:
    assert [decided(two, score).outcome for score in (49, 50, 51)] == ["decline", "decline", "accept"]


def test_a_decision_says_what_it_rests_on(two: Policy) -> None:
    decision = decided(two, 60)
    assert (decision.policy, decision.version, decision.row, decision.meaning) == ("trial", 1, "1", "accept")
    assert (decision.scorecard, decision.scorecard_version) == ("small", 1)
    assert decision.terms == {"limit": 500}
    assert decision.reason == "Your score is more than 50."
    assert decision.definition_hash == two.definition_hash


def test_each_clause_is_met_or_not_with_answer_limit_and_distance(two: Policy) -> None:
    first, second, third = (row.clauses[0] for row in decided(two, 50).rows)
    assert first == CheckedClause("score", "score more than 50", met=False, answer=50, distance=1)
    assert second == CheckedClause("score", "score at most 50", met=True, answer=50, distance=None)
    assert third == CheckedClause("score", "no score", met=False, answer=50, distance=None)


@pytest.mark.parametrize(
    ("ranges", "value", "missing"),
    [
        ([Range(low=Fraction(50), low_inside=False)], 30, 21),
        ([Range(low=Fraction(50))], 30, 20),
        ([Range(high=Fraction(50), high_inside=False)], 60, -11),
        ([Range(high=Fraction(50))], 60, -10),
        ([Range(Fraction("60.5"), Fraction(70))], 60, 1),
        ([Range(Fraction("60.5"), Fraction("69.5"))], 90, -21),
        ([Range(Fraction(10), Fraction(10)), Range(Fraction(40), Fraction(40))], 20, -10),
        ([Range(Fraction(10), Fraction(10)), Range(Fraction(40), Fraction(40))], 30, 10),
        ([Range(Fraction("10.5"), Fraction("10.5")), Range(Fraction(40), Fraction(40))], 11, 29),
        ([Range(Fraction("10.5"), Fraction("10.5"))], 11, None),
    ],
)
def test_a_score_lacks_whole_points(ranges: list[Range], value: int, missing: int | None) -> None:
    asked = Clause(Subject(SCORE, whole=True), Ranges(tuple(ranges)), "score")
    assert distance(asked, value) == missing


def test_other_numbers_lack_what_is_between_them_and_the_limit(court: Policy) -> None:
    assert clause(court, 1, 2, 10.2) == 0.3
    assert clause(court, 1, 2, float("inf")) is None


def test_who_has_no_answer_or_a_text_is_at_no_distance(court: Policy) -> None:
    assert clause(court, 1, 0, None) is None
    assert clause(court, 1, 1, "present") is None


def test_an_unknown_status_is_never_taken_for_an_absent_one(court: Policy) -> None:
    assert decided(court, 60, court="absent", income=20.0).outcome == "accept"
    assert decided(court, 60, court="unknown", income=20.0).outcome == "refer"
    assert decided(court, 60, court="present", income=20.0).outcome == "decline"


def test_a_missing_column_is_never_taken_for_a_number(court: Policy) -> None:
    assert decided(court, 60, court="absent", income=None).row == "unknown"
    assert decided(court, 60, court="absent", income=0.0).row == "otherwise"


def test_somebody_without_a_score_is_not_declined_by_the_rest(court: Policy) -> None:
    assert decided(court, None, court="absent", income=20.0).row == "unknown"


def test_a_score_that_is_too_low_is_explained_by_its_reasons(two: Policy, court: Policy) -> None:
    assert [reason.code for reason in decided(two, 40).reasons] == ["R1", "R2"]
    assert decided(two, 40).reasons[0].sentence == "Bills were late"
    assert [r.code for r in decided(court, 40, court="absent", income=20.0).reasons] == ["R1", "R2"]


def test_no_reason_of_the_score_is_told_where_a_higher_one_would_not_help(court: Policy) -> None:
    assert decided(court, 60, court="present", income=20.0).reasons == ()
    assert decided(court, 60, court="absent", income=0.0).reasons == ()


def test_nobody_who_passes_is_told_reasons(two: Policy) -> None:
    assert decided(two, 60).reasons == ()
    assert decided(two, None).reasons == ()


def test_a_policy_is_not_asked_about_a_day_on_which_it_does_not_hold(tmp_path: Path) -> None:
    rules = policy(tmp_path, f"valid_from: 2026-01-01\nvalid_to: 2026-12-31\n{TWO}")
    assert decide(rules, facts(rules, as_of=date(2026, 12, 31))).outcome == "accept"
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(PolicyNotValidError, match=f"holds from 2026-01-01 to 2026-12-31.*as of {day}"):
            decide(rules, facts(rules, as_of=day))
