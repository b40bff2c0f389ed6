"""Range, bands and gauge: bands include their lower limit and not their upper."""

from fractions import Fraction
from pathlib import Path

import pytest

from credence.scorecards.bands import gauge_percent
from credence.scorecards.model import Scorecard
from tests.scorecards.cards import card, faults, lab

ZHIMA = """
range: [350, 950]
bands:
  - {below: 550, name: poor}
  - {below: 600, name: fair}
  - {below: 650, name: good}
  - {below: 700, name: excellent}
  - {name: outstanding}
"""
# Nobody has fewer than 350 or more than 950 points.
POINTS = """
one:
  measure: {count: {}}
  attributes: [{below: 1, points: 350}, {points: 950}]
"""


@pytest.fixture
def zhima(tmp_path: Path) -> Scorecard:
    return card(tmp_path, lab(POINTS, ZHIMA))


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (350, "poor"),
        (549, "poor"),
        (550, "fair"),
        (599, "fair"),
        (600, "good"),
        (650, "excellent"),
        (699, "excellent"),
        (700, "outstanding"),
        (950, "outstanding"),
    ],
)
def test_a_band_begins_at_its_lower_limit(zhima: Scorecard, score: int, band: str) -> None:
    assert zhima.band_of(score) == band


@pytest.mark.parametrize(
    ("score", "percent"),
    [(350, "0"), (550, "20"), (554, "21.6"), (722, "81.76"), (950, "100")],
)
def test_every_band_has_the_same_width_on_the_gauge(zhima: Scorecard, score: int, percent: str) -> None:
    assert gauge_percent(zhima, score) == Fraction(percent)


def test_without_bands_the_gauge_is_even(tmp_path: Path) -> None:
    assert gauge_percent(card(tmp_path, lab(more="range: [0, 10]")), 3) == 30


def test_a_scorecard_without_bands_names_none(tmp_path: Path) -> None:
    assert card(tmp_path, lab()).band_of(5) is None


@pytest.mark.parametrize("limits", ["[0]", "[10, 0]", "[0, 0]", "[0, 5, 10]", "[]"])
def test_a_range_is_two_rising_numbers(tmp_path: Path, limits: str) -> None:
    assert faults(tmp_path, lab(more=f"range: {limits}")) == [
        "range: 'range' is the lowest and the highest score possible, like [350, 950]."
    ]


def test_a_range_that_is_no_list_is_one_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, lab(more="range: 950")) == ["range: must be a list, not '950'."]


RISE = "Bands rise: each 'below' is greater than the one above it, and only the last has none."


@pytest.mark.parametrize(
    ("bands", "told"),
    [
        ("[{below: 5, name: a}, {below: 5, name: b}, {name: c}]", f"bands[2]: {RISE}"),
        ("[{name: a}, {name: b}]", f"bands[2]: {RISE}"),
        ("[{below: 5, name: a}]", "bands: The last band has no 'below': it takes the highest scores."),
        ("[{below: 5}, {name: b}]", "bands[1]: 'name' is missing."),
    ],
)
def test_bands_rise_and_the_last_takes_the_rest(tmp_path: Path, bands: str, told: str) -> None:
    assert faults(tmp_path, lab(more=f"bands: {bands}")) == [told]
