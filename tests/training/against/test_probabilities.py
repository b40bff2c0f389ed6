from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from credence.scorecards.scale import Scale
from credence.training.against.probabilities import Probabilities, measured, probabilities
from credence.training.evidence import Evidence
from credence.training.sample import Sample
from tests.training.against.worlds import sample

SCALE = Scale(600, 50, 20)


def drawn(scale: Scale, rows: int = 20_000, middle: float = 560) -> Sample:
    """People whose outcomes are as one scale says, with scores that are read on another."""
    chance = np.random.Generator(np.random.PCG64(8))
    scores = np.round(chance.normal(middle, 25, rows))
    bad = chance.random(rows) < 1 / (1 + np.exp((scores - scale.offset) / scale.factor))
    return sample(scores, bad.astype(np.float64), SCALE)


def test_chances_that_are_right_are_found_to_be() -> None:
    found = measured(drawn(SCALE), SCALE)
    assert found.slope_low < 1 < found.slope_high
    inside = [spot.holds for spot in found.scores if spot.rows >= 30]
    assert np.mean(inside) > 0.9


def test_every_score_has_its_chance_and_what_was_seen() -> None:
    people = drawn(SCALE, 500)
    found = measured(people, SCALE)
    assert sum(spot.rows for spot in found.scores) == 500
    assert sum(spot.bad for spot in found.scores) == people.bad.sum()
    for spot in found.scores:
        assert spot.predicted == pytest.approx(SCALE.bad_rate_at(spot.score), abs=1e-5)
        assert spot.low <= spot.seen <= spot.high


def test_bands_rise_and_their_chances_halve() -> None:
    found = measured(drawn(SCALE), SCALE).bands
    assert [band.name for band in found] == sorted((band.name for band in found), reverse=True)
    assert found[-1].name == "A"
    limits = [band.below for band in found[:-1]]
    assert found[-1].below is None
    for one, other in pairwise(limits):
        assert one is not None
        assert other is not None
        chances = SCALE.bad_rate_at(one), SCALE.bad_rate_at(other)
        assert chances[0] / chances[1] == pytest.approx(2, rel=0.15)
    assert sum(band.seen.rows for band in found) == 20_000
    assert min(band.seen.rows for band in found) >= 50


def test_people_who_are_all_alike_are_one_band() -> None:
    found = measured(drawn(SCALE, 80), SCALE).bands
    assert [(band.name, band.below) for band in found] == [("A", None)]


def test_odds_that_rise_otherwise_than_the_scale_says_are_found() -> None:
    found = measured(drawn(Scale(600, 50, 60)), SCALE)
    assert found.slope == pytest.approx(1 / 3, abs=0.05)


def test_scores_that_stand_for_something_else_warn(evidence: Evidence) -> None:
    plain = probabilities(evidence)
    assert not plain.warns
    assert isinstance(plain.facts, Probabilities)
    assert f"odds rise {plain.facts.slope:.2f} times as fast" in plain.says[0]
    assert "<svg" in plain.pictures[0].svg
    assert plain.says[2].startswith("Bands in which the chance halves")
    turned = replace(evidence.table, bad=1 - evidence.table.bad)
    assert probabilities(Evidence(evidence.order, turned, evidence.fit)).warns
