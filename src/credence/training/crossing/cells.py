"""Lines of a crossing: boxes that are kept, their points by cell, and few questions that tell cells apart."""

from dataclasses import dataclass, replace

import numpy as np

from credence.scorecards.scale import Scale
from credence.training.arrays import Codes, Flags, Floats
from credence.training.crossing.crossed import Crossing
from credence.training.merging import DIGITS, FEWEST, Part, Parts
from credence.training.points import Line
from credence.training.solver.design import Design
from credence.training.solver.shape import Grid

Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Drawn:
    """A crossing as a model draws it.

    Attributes:
        crossing: What is crossed.
        shape: Its cells.
        counts: The rows of each cell.
        boxes: For each box that is not left alone those in it, and all others: merged, it is given up.
    """

    crossing: Crossing
    shape: Grid
    counts: Floats
    boxes: Parts

    def lines(self, kept: Parts, scale: Scale) -> Lines:
        """The lines of the boxes that were kept, of which each has both its parts still."""
        values = np.zeros((self.shape.rows, self.shape.columns))
        for inside, *others in kept:
            if others:
                a, b, c, d = self.shape.boxes[inside.attributes[0]]
                values[a:b, c:d] += inside.value
        points = np.floor(0.5 - scale.factor * np.append(values, 0.0)).astype(np.intp)
        return lines_of(self.crossing, points, self.counts)


def drawn_on(crossing: Crossing, design: Design, number: int, model: tuple[Floats, Floats]) -> Drawn:
    """A crossing, the characteristic of a number, as steps and counts of rows draw it."""
    shape, start = design.shapes[number], design.starts[number]
    assert isinstance(shape, Grid), "a crossing has cells"
    steps = model[0][design.unknowns[number] : design.unknowns[number + 1]].round(DIGITS)
    counts = model[1][start : start + shape.size]
    cells, rows = counts[:-1].reshape(shape.rows, shape.columns), float(counts.sum())
    boxes = []
    for box in np.flatnonzero(steps).tolist():
        a, b, c, d = shape.boxes[box]
        inside = max(float(cells[a:b, c:d].sum()), FEWEST)
        boxes.append([Part((box,), float(steps[box]), inside), Part((), 0.0, max(rows - inside, FEWEST))])
    return Drawn(crossing, shape, counts, boxes)


def lines_of(crossing: Crossing, points: Codes, counts: Floats) -> Lines:
    """Lines in the order in which they are asked; the last is asked of all whom no other took."""
    usual, cells, special = _usual(crossing, points), points[:-1], crossing.special
    # What is asked of numbers takes special ones in: asking for these first may save lines, or cost some.
    asked = min((_asked(crossing, cells, usual, first) for first in (special & False, special)), key=len)
    left = ~np.any([np.zeros(len(cells), dtype=bool), *asked], axis=0)
    found = [_line(np.append(taken, [False]), int(cells[taken][0]), counts) for taken in asked]
    found.append(_line(np.append(left, [True]), usual, counts))
    least = min(line.points for line in found)
    return tuple(replace(line, points=line.points - least) for line in found) if asked else ()


def _usual(crossing: Crossing, points: Codes) -> int:
    """The points of what has no name; where everything has, the most usual ones."""
    if crossing.one.bins.text or crossing.other.bins.text:
        return int(points[-1])
    found, cells = np.unique(points[:-1], return_counts=True)
    return int(found[np.argmax(cells)])


def _asked(crossing: Crossing, cells: Codes, usual: int, first: Flags) -> list[Flags]:
    """What each question takes, those of some cells first, until all that are left have the usual points."""
    left, found = np.ones(len(cells), dtype=bool), []
    while (left & (first | (cells != usual))).any():
        free = first if (left & first).any() else left
        found.append(left & _next(crossing.questions, cells, left, (free, cells != usual)))
        left = left & ~found[-1]
    return found


def _next(questions: Flags, cells: Codes, left: Flags, wanted: tuple[Flags, Flags]) -> Flags:
    """The question that takes most cells with equal points, and no others; rather those that are wanted."""
    asked, (free, odd) = questions & left, wanted
    lowest = np.where(asked, cells, cells.max()).min(axis=1)
    alike = lowest == np.where(asked, cells, cells.min()).max(axis=1)
    alike &= asked.any(axis=1) & ~(asked & ~free).any(axis=1)
    size = asked.sum(axis=1) + len(cells) * (asked & odd).any(axis=1)
    found: Flags = questions[np.argmax(np.where(alike, size, -1))]
    return found


def _line(taken: Flags, points: int, counts: Floats) -> Line:
    return Line(tuple(np.flatnonzero(taken).tolist()), points, round(counts[taken].sum()))
