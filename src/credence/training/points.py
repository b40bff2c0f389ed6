"""Whole points: parts of the log odds scaled and rounded one by one, so that the score is their exact sum."""

from dataclasses import dataclass
from itertools import pairwise
from math import floor

import numpy as np

from credence.scorecards.scale import Scale
from credence.training.arrays import Codes, Floats
from credence.training.bins import Bins
from credence.training.merging import Part, Parts, joined
from credence.training.solver.design import Design

# Newton steps that put the base where predicted and seen bad outcomes are equally many.
STEPS = 30


@dataclass(frozen=True)
class Line:
    """Attributes that give the same points."""

    attributes: tuple[int, ...]
    points: int
    rows: int


@dataclass(frozen=True)
class Points:
    """A scorecard's numbers.

    Attributes:
        base: What everyone starts with.
        lines: For each characteristic its lines; none where it moves no points.
        scale: What the scores mean.
    """

    base: int
    lines: tuple[tuple[Line, ...], ...]
    scale: Scale

    @property
    def rows(self) -> int:
        """How many lines there are."""
        return sum(map(len, self.lines))

    def scores(self, design: Design) -> Codes:
        """The score of each row."""
        total = np.full(len(design.folds), self.base, dtype=np.intp)
        for codes, shape, lines in zip(design.codes, design.shapes, self.lines, strict=True):
            if lines:
                total += _by_attribute(lines, shape.size)[codes]
        return total

    def chances(self, scores: Codes | Floats) -> Floats:
        """The chance of a bad outcome that scores stand for."""
        return 1 / (1 + np.exp((scores - self.scale.offset) / self.scale.factor))


def _by_attribute(lines: tuple[Line, ...], size: int) -> Codes:
    found = np.zeros(size, dtype=np.intp)
    for line in lines:
        found[list(line.attributes)] = line.points
    return found


def whole(parts: Parts, scale: Scale) -> Points:
    """Whole points of merged parts: none for the worst answer of each characteristic, and a base of 0."""
    return Points(0, tuple(_lines(mine, scale) for mine in parts), scale)


def _lines(parts: list[Part], scale: Scale) -> tuple[Line, ...]:
    worst = max(part.value for part in parts)
    points = {id(part): floor(scale.factor * (worst - part.value) + 0.5) for part in parts}
    for part in parts:
        while part.alive and part.after is not None and points[id(part.after)] == points[id(part)]:
            joined(part)
    kept = [part for part in parts if part.alive]
    if len({points[id(part)] for part in kept}) == 1:
        return ()
    return tuple(Line(tuple(sorted(p.attributes)), points[id(p)], round(p.rows)) for p in kept)


def unmoved(bins: Bins, counts: Floats) -> tuple[Line, ...]:
    """Lines of what moves no points by itself: its bins, its other attributes, the missing."""
    ends = 0, bins.ordered, bins.shape.size - bins.missing, bins.shape.size
    return tuple(Line(tuple(range(a, b)), 0, round(counts[a:b].sum())) for a, b in pairwise(ends) if a < b)


def based(points: Points, design: Design, bad: Floats, weights: Floats) -> Points:
    """The same with the base at which as many bad outcomes are predicted as were seen."""
    scores = points.scores(design)[weights > 0]
    different, rows = np.unique(scores, return_counts=True)
    share = float(bad @ weights / weights.sum())
    base = points.scale.score_at((1 - share) / share) - float(scores.mean())
    for _ in range(STEPS):
        chances = points.chances(different.astype(np.float64) + base)
        slope = float(rows @ (chances * (1 - chances))) / points.scale.factor
        base += (float(rows @ chances) - share * len(scores)) / slope
    return Points(floor(base + 0.5), points.lines, points.scale)
