"""Points of crossings' cells: few lines, and totals that keep the directions of both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from credence.training.arrays import Codes, Flags, Floats
from credence.training.bins import ROWS_LEAST
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import Side
from credence.training.directions import EITHER, RISING, monotone
from credence.training.merging import Part, joined
from credence.training.points import Line

# Log odds of a cell that count for nothing: half a point, where 20 double the odds.
NOTHING = 0.017
# Turns between both sides, after which the nearest points in order are near enough.
TURNS = 60
Lines = tuple[Line, ...]


def cells_apart(parts: list[Part], guarded: Flags) -> list[Part]:
    """Every cell by itself, but what is rare or counts for nothing: that joins what has no name, the last.

    Cells that are guarded do not: without a line of their own, they would fall in another's.
    """
    usual = parts[-1]
    for part in parts:
        part.before = part.after = None
    for other, kept in zip(parts[:-1], guarded.tolist(), strict=True):
        if not kept and (other.rows < ROWS_LEAST or abs(other.value) < NOTHING):
            usual.after = other
            joined(usual)
    return [part for part in parts if part.alive]


@dataclass
class Totals:
    """What crossings may still bend: for each column with a direction, from group to group.

    Attributes:
        directions: The direction of columns.
        lines: The lines of each column that is crossed.
        slack: For each column the points by which a total may still go against the direction there.
    """

    directions: Mapping[str, str]
    lines: Mapping[str, Lines]
    slack: dict[str, Codes] = field(default_factory=dict)

    def kept(self, crossing: Crossing, counts: Floats, lines: Lines) -> Lines:
        """The lines of a crossing, its points moved to near ones with which totals keep the directions.

        `counts` has the rows of each cell. None where a side moves no points.
        """
        sides = crossing.one, crossing.other
        if not lines or not all(self.lines[each.bins.column] for each in sides):
            return ()
        size = crossing.one.count, crossing.other.count
        points = np.zeros(len(counts), dtype=np.intp)
        for line in lines:
            points[list(line.attributes)] = line.points
        signs, slacks = zip(*(self._bounds(each) for each in sides), strict=True)
        weights = np.maximum(counts[:-1], 1e-3).reshape(size)
        near = nearest(points[:-1].reshape(size).astype(np.float64), weights, signs, slacks)
        cells = settled(np.floor(near + 0.5).astype(np.intp), signs, slacks)
        for axis, each in enumerate(sides):
            if signs[axis]:
                steps = signs[axis] * np.diff(cells if axis == 0 else cells.T, axis=0)[: each.ordered - 1]
                self.slack[each.bins.column] = slacks[axis] + steps.min(axis=1)
        return _lines(counts, np.append(cells.reshape(-1), points[-1]), crossing.guarded)

    def _bounds(self, side: Side) -> tuple[int, Codes]:
        """The sign of a side's direction (0 for none), and how far each group may be bent."""
        column = side.bins.column
        way = self.directions.get(column, EITHER)
        sign = 0 if way == EITHER else 1 if way == RISING else -1
        if column not in self.slack:
            points = {place: line.points for line in self.lines[column] for place in line.attributes}
            edges = [
                (side.members(group)[-1], side.members(group + 1)[0]) for group in range(side.ordered - 1)
            ]
            steps = [sign * (points[after] - points[before]) for before, after in edges]
            self.slack[column] = np.array(steps, dtype=np.intp)
        return sign, self.slack[column]


def nearest(points: Floats, weights: Floats, signs: Sequence[int], slacks: Sequence[Codes]) -> Floats:
    """The nearest points that keep the bounds along both sides (Dykstra's turns between them)."""
    found, left = points, [np.zeros_like(points), np.zeros_like(points)]
    for turn in range(TURNS):
        axis = turn % 2
        tried = found + left[axis]
        found = (
            _along(tried, weights, signs[axis], slacks[axis])
            if axis == 0
            else (_along(tried.T, weights.T, signs[axis], slacks[axis]).T)
        )
        left[axis] = tried - found
    return found


def _along(points: Floats, weights: Floats, sign: int, slack: Codes) -> Floats:
    """The nearest points that keep the bounds down each column."""
    if not sign:
        return points
    found, ordered = points.copy(), len(slack) + 1
    bent = np.concatenate([[0], np.cumsum(slack)])
    for column in range(points.shape[1]):
        tried = sign * points[:ordered, column] + bent
        found[:ordered, column] = sign * (monotone(tried, weights[:ordered, column]) - bent)
    return found


def settled(points: Codes, signs: Sequence[int], slacks: Sequence[Codes]) -> Codes:
    """Whole points that keep the bounds: halfway between raising what is too low and lowering the others."""
    raised, lowered = points.copy(), points.copy()
    for _ in range(points.size):
        for axis, (sign, slack) in enumerate(zip(signs, slacks, strict=True)):
            up, down = (raised, lowered) if axis == 0 else (raised.T, lowered.T)
            for group, room in enumerate(slack.tolist() if sign else []):
                low, high = (group, group + 1) if sign > 0 else (group + 1, group)
                up[high] = np.maximum(up[high], up[low] - room)
                down[low] = np.minimum(down[low], down[high] + room)
    # Whole numbers that keep whole differences keep them halfway, too, if all are rounded down.
    return (raised + lowered) // 2


def _lines(counts: Floats, points: Codes, guarded: Flags) -> Lines:
    """A line for each cell, and the last for all that give as many points as what has no name."""
    points = points - points.min()
    usual = int(points[-1])
    apart = np.append(guarded | (points[:-1] != usual), False)
    same = np.flatnonzero(~apart).tolist()
    lines = [
        Line((place,), int(points[place]), round(counts[place])) for place in np.flatnonzero(apart).tolist()
    ]
    last = Line(tuple(same), usual, round(counts[same].sum()))
    return (*lines, last) if points.any() else ()
