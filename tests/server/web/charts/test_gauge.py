"""The gauge: where a score stands among its bands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.server.web.charts.gauge import gauge, place

BOUNDS = (350, 550, 600, 650, 700, 950)


@pytest.mark.parametrize(
    ("score", "where"), [(350, 0), (450, 0.1), (550, 0.2), (575, 0.3), (688, 0.752), (700, 0.8)]
)
def test_every_band_takes_an_equal_part_and_a_score_stands_linear_in_its_own(
    score: int, where: float
) -> None:
    assert place(score, BOUNDS) == pytest.approx(where)


@given(st.lists(st.integers(0, 1200), min_size=2, max_size=20))
def test_a_higher_score_never_stands_further_left_and_none_outside(scores: list[int]) -> None:
    places = [place(score, BOUNDS) for score in sorted(scores)]
    assert all(first <= second for first, second in pairwise(places))
    assert all(0 <= one < 1 for one in places)


def test_the_band_of_the_score_alone_is_lit() -> None:
    drawn = str(gauge(688, BOUNDS))
    assert drawn.count("segment lit") == 1
    assert "band4" not in drawn
    assert drawn.count("<path") == 5
