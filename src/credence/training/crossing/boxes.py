"""Boxes of cells that a fit may move: corners of the table, with which totals keep both directions.

More bad outcomes where both answers are bad, or fewer where both are good, is in order along both sides; so
is any sum of such boxes, and nothing has to be put right afterwards.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np

from credence.training.arrays import Codes, Flags
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import Side
from credence.training.directions import EITHER, RISING, Directions
from credence.training.solver.design import Design
from credence.training.solver.shape import Grid, grid

# From a group up to another; 1 for the high end of those in order, -1 for the low end, 0 for one by itself.
Part = tuple[int, int, int]
# What signs boxes may have, by model: above zero, and below.
Allowed = Sequence[tuple[Flags, Flags]]


def parts_of(side: Side) -> list[Part]:
    """The parts of a side that boxes are made of."""
    high = [(group, side.ordered, 1) for group in range(1, side.ordered)]
    low = [(0, group, -1) for group in range(1, side.ordered)]
    return [*high, *low, *((group, group + 1, 0) for group in range(side.ordered, side.count))]


def both(crossing: Crossing) -> list[tuple[Part, Part]]:
    """Each box, as a part of one side and a part of the other."""
    return list(product(parts_of(crossing.one), parts_of(crossing.other)))


def shape_of(crossing: Crossing) -> Grid:
    """The cells, with all boxes."""
    boxes = tuple((one[0], one[1], other[0], other[1]) for one, other in both(crossing))
    return grid(crossing.one.count, crossing.other.count, boxes)


def allow(
    crossings: Sequence[Crossing], design: Design, directions: Sequence[Directions], allowed: Allowed
) -> None:
    """Leave each model the boxes of crossings (the last characteristics) that it picked, in order."""
    first = len(design.shapes) - len(crossings)
    for number, crossing in enumerate(crossings, first):
        mine = slice(design.unknowns[number], design.unknowns[number + 1])
        for uses, stated, (rising, falling) in zip(crossing.picked, directions, allowed, strict=True):
            signs = signs_of(crossing, stated)
            rising[mine] = uses & (signs.min(axis=1) >= 0)
            falling[mine] = uses & (signs.max(axis=1) <= 0)


def signs_of(crossing: Crossing, stated: Directions) -> Codes:
    """For each box and side the sign that keeps its direction; 0 for any."""
    ways = [_way(stated.get(side.bins.column, EITHER)) for side in (crossing.one, crossing.other)]
    return np.array([[part[2] * way for part, way in zip(box, ways, strict=True)] for box in both(crossing)])


def _way(direction: str) -> int:
    """1 where outcomes turn worse with the answer, -1 where they turn better."""
    return 0 if direction == EITHER else -1 if direction == RISING else 1
