from dataclasses import replace

import numpy as np
import pytest

from credence.training.columns import Column
from credence.training.crossing.boxes import shape_of, signs_of
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import side
from credence.training.fit import Fit, Wishes, fit
from credence.training.pairing.missed import ADDED, left_over, missed
from tests.training.tables import table

ROWS = 4000


def found(*, harm: bool) -> tuple[Fit, Crossing, np.ndarray]:
    """People whose odds change where both answers are high, the fit without that, and their cells."""
    chance = np.random.Generator(np.random.PCG64(6))
    one, other = (chance.integers(0, 6, ROWS).astype(float) for _ in range(2))
    logits = (one + other) / 8 - 1.5 + (2.0 if harm else -2.0) * ((one > 2) & (other > 2))
    bad = (chance.random(ROWS) < 1 / (1 + np.exp(-logits))).astype(float)
    made = table([Column("one", one), Column("other", other)], bad.tolist())
    plain = fit(made, Wishes(stated={"one": "falling", "other": "falling"}, method="fused"))
    codes = plain.design.codes
    sides = [side(bins, mine) for bins, mine in zip(plain.bins, codes, strict=True)]
    groups = [np.array(each.groups)[mine] for each, mine in zip(sides, codes, strict=True)]
    crossing = Crossing(sides[0], sides[1])
    return plain, crossing, crossing.places(*groups)


def test_what_both_answers_do_together_is_missed_where_directions_let_it() -> None:
    gains = []
    for harm in (True, False):
        plain, crossing, cells = found(harm=harm)
        rests = [left_over(plain, model) for model in plain.chosen.models]
        gains.append(missed(plain, crossing, cells, rests))
        free = [
            replace(model, rising=model.rising | True, falling=model.falling | True)
            for model in plain.chosen.models
        ]
        freely = replace(plain, chosen=replace(plain.chosen, models=tuple(free)))
        assert min(missed(freely, crossing, cells, rests)) >= min(gains[-1])
    assert min(gains[0]) > 3 * max(gains[1])


def test_a_gain_is_that_of_the_box_that_gains_most() -> None:
    plain, crossing, cells = found(harm=True)
    shape, gains = shape_of(crossing), []
    rest, weights = left_over(plain, plain.chosen.models[-1])
    for (a, b, c, d), signs in zip(shape.boxes, signs_of(crossing, plain.directions), strict=True):
        mine = np.zeros((shape.rows, shape.columns), dtype=bool)
        mine[a:b, c:d] = True
        inside = np.append(mine.reshape(-1), [False])[cells]
        slope, size = rest[inside].sum(), weights[inside].sum()
        if (signs >= 0).all() if slope > 0 else (signs <= 0).all():
            gains.append(slope**2 / (size * (1 - size / weights.sum()) + ADDED) / 2)
    told = missed(plain, crossing, cells, [(rest, weights)] * 6)
    assert told[-1] == pytest.approx(max(gains))
