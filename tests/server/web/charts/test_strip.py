"""Strips of points."""

import pytest

from credence.server.web.charts.strip import strip


@pytest.mark.parametrize(
    ("points", "most", "share"), [(45, 90, "50.0%"), (-5, 90, "0.0%"), (99, 90, "100.0%"), (0, 0, "0.0%")]
)
def test_a_strip_is_filled_by_the_share_of_the_most_possible(points: int, most: int, share: str) -> None:
    assert f'class="got" x="0" y="2" width="{share}"' in str(strip(points, most))


def test_what_is_typical_is_a_tick() -> None:
    assert 'class="tick" x="25.0%"' in str(strip(90, 100, 25))
    assert "tick" not in str(strip(0, 0, 25))
