"""The everyday scorecard: its worked cases on both engines, and what it promises."""

from collections import Counter

import pytest

from credence.characteristics.aggregates import aggregates_of
from credence.scorecards.load import find, load_scorecard
from credence.scorecards.model import Scorecard
from credence.scoring.cases import load_cases, run_cases

CARD = load_scorecard("everyday")
CASES = find("everyday").with_name("cases.yaml")


def points_by_category(scorecard: Scorecard) -> Counter[str]:
    """The most points of each category."""
    most: Counter[str] = Counter()
    for characteristic in scorecard.characteristics:
        most[str(characteristic.category)] += characteristic.points_most or 0
    return most


def test_the_worked_cases_come_out_alike_on_both_engines() -> None:
    assert run_cases(CARD, load_cases(CASES)) == []


def test_the_cases_show_a_score_in_every_band_that_they_name_and_both_ways_of_having_none() -> None:
    expected = [case.expected for case in load_cases(CASES)]
    assert {case.get("unscorable") for case in expected} == {None, "few_events", "too_new"}
    assert {case["band"] for case in expected if case["score"] is not None} >= {
        "building",
        "good",
        "outstanding",
    }


def test_scores_reach_from_350_to_950() -> None:
    assert sum(points_by_category(CARD).values()) == 600
    assert [characteristic.points_least for characteristic in CARD.characteristics] == [0] * 14
    assert (CARD.points_base, CARD.range) == (350, (350, 950))


def test_credit_history_weighs_most() -> None:
    assert points_by_category(CARD) == {
        "credit_history": 210,
        "behaviour": 150,
        "fulfilment": 150,
        "identity": 90,
    }


def test_no_contacts_and_no_conduct_are_looked_at() -> None:
    kinds = {
        kind
        for measure, _ in CARD.measures()
        for a in aggregates_of(measure.answer)
        for kind in a.events.kinds
    }
    assert not kinds & set(CARD.barred_kinds)
    assert CARD.barred_kinds != ()


def test_no_amount_of_money_is_looked_at() -> None:
    aggregates = [a for measure, _ in CARD.measures() for a in aggregates_of(measure.answer)]
    looked_at = {a.field for a in aggregates} | {c.field for a in aggregates for c in a.events.where}
    assert looked_at == {None, "days_late", "occurred_on", "counterparty", "cover_days"}
    assert all(measure.unit != "money" for measure, _ in CARD.measures())


def test_every_reason_can_be_told_and_every_loss_has_one() -> None:
    assert set(CARD.reason_codes()) == set(CARD.reasons)
    for characteristic in CARD.characteristics:
        costly = [row for row in characteristic.rows() if row.points != characteristic.points_most]
        assert all(row.reason for row in costly)


@pytest.mark.parametrize("name", ["paid_on_time", "lowest_cover"])
def test_who_is_not_known_here_gets_half_of_the_points(name: str) -> None:
    characteristic = CARD.characteristic(name)
    assert characteristic.missing is not None
    assert isinstance(characteristic.missing.points, int)
    assert characteristic.missing.points * 2 == characteristic.points_most


def test_the_model_card_has_the_points_and_bands_of_the_scorecard() -> None:
    text = find("everyday").with_name("README.md").read_text(encoding="utf-8")
    for name, points in points_by_category(CARD).items():
        assert f"| {CARD.categories[name].title} | {points} |" in text
    for band in CARD.bands:
        assert f"| {band.name} |" in text
    assert len(text.splitlines()) < 100
