"""The county's table of 2010: grades at their edges, and sums without a cap."""

import pytest

from credence.scorecards.load import load_scorecard
from credence.scorecards.model import PointsEach

CARD = load_scorecard("suining")


@pytest.mark.parametrize(
    ("score", "grade"),
    [(1000, "A"), (970, "A"), (969, "B"), (850, "B"), (849, "C"), (600, "C"), (599, "D"), (-420, "D")],
)
def test_a_grade_includes_its_lower_limit(score: int, grade: str) -> None:
    assert CARD.band_of(score) == grade


def test_every_rule_gives_points_for_each_event_and_none_has_a_cap() -> None:
    for characteristic in CARD.characteristics:
        assert isinstance(characteristic.each, PointsEach)
        assert characteristic.each.cap is None
    assert CARD.range is None


def test_a_good_deed_told_by_the_media_is_worth_half_as_much_again() -> None:
    quiet, told = (CARD.characteristic(name).each for name in ("good_deeds", "good_deeds_in_media"))
    assert quiet is not None
    assert told is not None
    assert (quiet.points, told.points) == (10, 15)
