"""What models without a crossing miss of it, on their own rows."""

from collections.abc import Sequence

import numpy as np

from credence.training.arrays import Codes, Floats, totals
from credence.training.crossing.boxes import shape_of, signs_of
from credence.training.crossing.crossed import Crossing
from credence.training.directions import EITHER, FALLING, RISING, Directions
from credence.training.fit import Fit
from credence.training.solver.newton import Model, chance
from credence.training.solver.shape import Shape

# Weight that is added to each box, so that small ones do not look like finds.
ADDED = 5.0
Rest = tuple[Floats, Floats]


def missed(fit: Fit, crossing: Crossing, cells: Codes, rests: Sequence[Rest]) -> list[float]:
    """For each model what a Newton step on the box that it misses most would gain, in its directions.

    `cells` has the cell of each row, `rests` what each model leaves over.
    """
    shape = shape_of(crossing)
    return [
        _gain(_boxes(shape, cells, rest), signs_of(crossing, _directions(fit, model)))
        for model, rest in zip(fit.chosen.models, rests, strict=True)
    ]


def left_over(fit: Fit, model: Model) -> Rest:
    """What a model leaves over of each row that it learnt from, and the weight of the row."""
    probable = chance(model.logits)
    return (fit.bad - probable) * model.rows, probable * (1 - probable) * model.rows


def _boxes(shape: Shape, cells: Codes, rest: Rest) -> tuple[Floats, Floats]:
    """For each box the slope and the curvature, where everybody else moves the other way."""
    corners, signs, _ = zip(*shape.runs, strict=True)
    slopes, sizes = (
        (shape.running(totals(cells, each, shape.size))[np.array(corners)] * np.array(signs)).sum(axis=1)
        for each in rest
    )
    return slopes, sizes * (1 - sizes / rest[1].sum())


def _gain(boxes: tuple[Floats, Floats], signs: Codes) -> float:
    slopes, sizes = boxes
    free = np.where(slopes > 0, signs.min(axis=1) >= 0, signs.max(axis=1) <= 0)
    return float((free * slopes**2 / (sizes + ADDED)).max()) / 2


def _directions(fit: Fit, model: Model) -> Directions:
    """The direction of each column as a model has it."""
    found = {}
    for bins, unknown in zip(fit.bins, fit.design.unknowns, strict=False):
        if bins.ordered > 1:
            rises, falls = bool(model.rising[unknown]), bool(model.falling[unknown])
            found[bins.column] = EITHER if rises == falls else FALLING if rises else RISING
    return found
