"""A partner is told what consent allows, and no more; the person is told everything."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from credence.server.services.deciding.told import Told, for_partner, for_person
from credence.server.services.reading.levels import LEVELS
from tests.server.services.deciding.policies_at_hand import decided, limit, policy

BOTH = """
columns: {income: {title: Income, context: payments}}
rows:
  - {when: {score: {at_least: 600}, columns: {income: {at_least: 1000}}}, outcome: accept, reason: Enough.}
otherwise: {outcome: decline, reason: Not enough.}
unknown: {outcome: refer, reason: Not known.}
"""
ANSWER = """
rows:
  - {when: {answers: {paid_on_time: {at_least: 0.9}}}, outcome: accept, reason: On time.}
otherwise: {outcome: decline, reason: Late.}
unknown: {outcome: refer, reason: Not known.}
"""


@given(st.integers(350, 599), st.integers(350, 599))
def test_at_a_threshold_two_people_on_one_side_of_it_are_told_alike(one: int, other: int) -> None:
    ready = limit(600)
    shown = [for_partner(decided(ready, score), "threshold") for score in (one, other)]
    assert shown[0] == shown[1]


def test_the_distance_is_told_from_where_the_score_is() -> None:
    kept = decided(limit(600), 577)
    for level in LEVELS:
        found = for_partner(kept, level)
        row = next(row for row in found["rows"] if row["outcome"] == "accept")
        told = level in ("score", "reasons", "statement")
        assert ("score" in found) == told
        assert ("distance" in row["clauses"][0]) == told
        assert ("reasons" in found) == (level in ("reasons", "statement"))


def test_a_partner_hears_its_own_facts_again_and_an_answer_only_with_the_statement() -> None:
    found = for_partner(decided(policy(BOTH), 700, income=800.0), "threshold")
    score, income = found["rows"][0]["clauses"]
    assert "answer" not in score
    assert (income["answer"], income["distance"]) == (800.0, 200.0)
    kept = decided(policy(ANSWER), 700, paid_on_time=0.5)
    assert "answer" not in for_partner(kept, "reasons")["rows"][0]["clauses"][0]
    assert for_partner(kept, "statement")["rows"][0]["clauses"][0]["answer"] == 0.5


def test_the_person_sees_all_of_it_and_it_is_kept_whole() -> None:
    kept = decided(limit(600), 577, reasons=("H1", "H4"), always=("L1",))
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Told) == kept
    found = for_person(kept)
    assert (found["score"], found["band"], found["reference"]) == (577, "fair", "A-1")
    assert [reason["code"] for reason in found["reasons"]] == ["H1", "H4", "L1"]
    assert found["rows"][1]["clauses"][0] == {
        "subject": "score", "asks": "score at least 600 and less than 951", "met": False, "answer": 577,
        "distance": 23,
    }  # fmt: skip


def test_a_reason_beside_the_four_is_told_only_where_the_score_was_the_cause() -> None:
    assert decided(limit(600), 700, always=("L1",)).reasons == ()


def test_why_there_is_no_score_is_told_in_a_sentence() -> None:
    kept = decided(limit(600), None)
    assert (kept.score, kept.unscorable, kept.meaning) == (None, "few_events", "refer")
    assert kept.unscorable_sentence == "Fewer than six things are known about you from the last two years."
    assert decided(limit(600), 700).unscorable_sentence is None
