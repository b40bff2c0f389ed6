"""Columns of people with those who pass."""

import re

from credence.server.web.charts.passing import passing

HEIGHT = re.compile(r'class="(\w+)"[^>]*height="([\d.]+)"')


def test_those_who_pass_are_a_part_of_their_band() -> None:
    drawn = passing(["low", "<high>"], [10, 20], [0, 15])
    heights = [(kind, float(high)) for kind, high in HEIGHT.findall(drawn)]
    assert heights == [("base", 71.0), ("column", 0.0), ("base", 142.0), ("column", 106.5)]
    assert "&lt;high&gt;" in drawn


def test_nobody_is_drawn_as_nothing() -> None:
    assert "rect" not in passing([], [], [])
    assert 'height="0.0"' in passing(["low"], [0], [0])
