"""The card in Zhima's shape: what was reported of its weights, bands and gauge."""

from fractions import Fraction

import pytest

from credence.scorecards.bands import gauge_percent
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Characteristic

CARD = load_scorecard("zhima")
WEIGHTS = {"credit_history": 210, "fulfilment": 150, "behaviour": 120, "identity": 90, "connections": 30}


def reachable(characteristic: Characteristic) -> set[int]:
    """The points that somebody can have for a question."""
    if characteristic.each is None:
        return {row.points for row in characteristic.rows() if isinstance(row.points, int)}
    each, cap = characteristic.each.points, characteristic.each.cap or 0
    return {min(each * times, cap) for times in range(cap + 1)}


@pytest.mark.parametrize(("category", "points"), WEIGHTS.items())
def test_a_weight_is_a_share_of_the_range(category: str, points: int) -> None:
    most = [c.points_most or 0 for c in CARD.characteristics if c.category == category]
    least = [c.points_least for c in CARD.characteristics if c.category == category]
    assert (sum(most), set(least)) == (points, {0})


def test_every_question_can_be_answered_by_half() -> None:
    for characteristic in CARD.characteristics:
        half = Fraction(characteristic.points_most or 0, 2)
        assert half in reachable(characteristic), characteristic.name


def test_several_questions_make_a_category_but_for_connections() -> None:
    asked = [c.category for c in CARD.characteristics if c.points_most]
    assert {name: asked.count(name) > 1 for name in WEIGHTS} == {n: n != "connections" for n in WEIGHTS}


@pytest.mark.parametrize(
    ("score", "band"),
    [(549, "poor"), (550, "fair"), (599, "fair"), (600, "good"), (650, "excellent"), (700, "outstanding")],
)
def test_a_band_includes_its_lower_limit(score: int, band: str) -> None:
    assert CARD.band_of(score) == band


@pytest.mark.parametrize(("score", "percent"), [(550, "20"), (554, "21.6"), (722, "81.76"), (950, "100")])
def test_the_gauge_has_five_equal_bands(score: int, percent: str) -> None:
    assert gauge_percent(CARD, score) == Fraction(percent)


def test_722_and_eight_more_stay_in_the_band() -> None:
    assert CARD.band_of(722) == CARD.band_of(722 + 8) == "outstanding"


def test_it_speaks_chinese() -> None:
    card = load_scorecard("zhima", language="zh")
    assert [band.name for band in card.bands] == ["较差", "中等", "良好", "优秀", "极好"]
    assert card.definition_hash == CARD.definition_hash


def test_it_is_made_on_the_sixth() -> None:
    assert (CARD.evaluated_on_day, CARD.jurisdiction) == (6, "cn")
