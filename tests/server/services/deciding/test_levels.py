"""What a policy tells by its outcome is known before anybody is looked at."""

from hypothesis import given
from hypothesis import strategies as st

from credence.server.services.deciding.levels import limits
from tests.server.services.deciding.policies_at_hand import limit, policy

ANSWER = """
rows:
  - {when: {answers: {paid_on_time: {at_least: 0.9}}}, outcome: accept, reason: On time.}
otherwise: {outcome: decline, reason: Late.}
unknown: {outcome: refer, reason: Not known.}
"""
CODE = """
rows:
  - {when: {score: {at_least: 350}}, outcome: accept, reason: There is a score.}
  - {when: {unscorable: [too_new]}, outcome: decline, reason: Too new.}
unknown: {outcome: refer, reason: Not known.}
"""
SCORED = """
rows:
  - {when: {scored: true}, outcome: accept, reason: There is a score.}
  - {when: {scored: false}, outcome: decline, reason: There is none.}
"""


def test_one_limit_is_a_threshold_and_its_number_is_the_one_that_consent_must_name() -> None:
    found = limit(600)
    assert (found.level, found.at_least) == ("threshold", 600)


def test_a_limit_is_the_first_score_on_its_upper_side_however_it_is_written() -> None:
    rows = """
rows:
  - {when: {score: {above: 649}}, outcome: accept, reason: Above.}
  - {when: {score: {up_to: 649}}, outcome: decline, reason: Not above.}
unknown: {outcome: refer, reason: No score.}
"""
    assert limits(policy(rows).policy) == [650]


def test_several_limits_are_bands() -> None:
    found = limit(500, 600)
    assert (found.level, found.at_least, found.card) == ("band", None, "everyday@1")


def test_why_there_is_no_score_is_a_reason_but_whether_there_is_one_is_not() -> None:
    assert policy(CODE).level == "reasons"
    assert policy(SCORED).level == "threshold"


def test_an_answer_of_the_scorecard_is_a_line_of_the_statement() -> None:
    assert policy(ANSWER).level == "statement"


@given(st.sets(st.integers(352, 949), min_size=1, max_size=6))
def test_the_limits_are_those_that_the_rows_have(scores: set[int]) -> None:
    assert limits(limit(*sorted(scores)).policy) == sorted(scores)
