"""Three digits of recency, frequency and money, and capacity apart."""

from itertools import product

from credence.scorecards.load import load_scorecard

CARD = load_scorecard("donor")
FIFTHS = {1, 2, 3, 4, 5}


def test_points_are_digits() -> None:
    for name, place in (("recency", 100), ("frequency", 10), ("money", 1)):
        points = {row.points for row in CARD.characteristic(name).rows()}
        assert points == {digit * place for digit in FIFTHS}


def test_the_band_is_the_digit_of_recency() -> None:
    names = [band.name for band in CARD.bands]
    for recency, frequency, money in product(FIFTHS, repeat=3):
        assert CARD.band_of(recency * 100 + frequency * 10 + money) == names[recency - 1]


def test_propensity_and_capacity_look_at_nothing_in_common() -> None:
    propensity, capacity = (
        {c.measure.name for c in load_scorecard(name).characteristics} for name in ("donor", "donor_capacity")
    )
    assert propensity == {"days_since", "count", "sum"}
    assert capacity == {"column"}
