"""From a table to whole points: bins, directions, path, merging, rounding; and the same for each fold."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from credence.scorecards.scale import Scale
from credence.training.arrays import Flags, Floats
from credence.training.bins import Bins, fine_bins
from credence.training.columns import Table
from credence.training.crossing.boxes import allow, shape_of
from credence.training.crossing.cells import drawn_on
from credence.training.crossing.crossed import Crossing
from credence.training.directions import Directions, settled, signs
from credence.training.merging import BUDGET, apart, merge
from credence.training.methods.choice import BEST, learnt
from credence.training.methods.lesson import Lesson
from credence.training.points import Points, based, unmoved, whole
from credence.training.solver.design import Design
from credence.training.solver.newton import Model
from credence.training.solver.path import Chosen

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Wishes:
    """What the analyst asks for.

    Attributes:
        scale: Which score stands for which odds.
        lines_most: At most so many lines of points; None for as many as the error budget leaves.
        specials: Numbers that are codes and no amounts.
        stated: Directions of columns; the data propose those of the others.
        method: fused, woe, average, or the best of them.
        crossings: Pairs that are crossed; their columns are the table's last ones.
    """

    scale: Scale = field(default_factory=lambda: Scale(600, 50, 20))
    lines_most: int | None = None
    specials: tuple[Fraction, ...] = ()
    stated: Directions = field(default_factory=dict)
    method: str = BEST
    crossings: tuple[Crossing, ...] = ()


@dataclass(frozen=True)
class Fit:
    """A fit: that of all rows, and what it takes to see how it does on rows that it has not seen.

    `method` is the one that was chosen, `losses` the log-loss out of fold of each that was tried.
    """

    bins: tuple[Bins, ...]
    design: Design
    bad: Floats
    directions: Directions
    chosen: Chosen
    wishes: Wishes
    method: str = ""
    losses: dict[str, float] = field(default_factory=dict)

    @property
    def points(self) -> Points:
        """The points of the scorecard."""
        return self.cut(self.chosen.models[-1], BUDGET, self.wishes.lines_most)

    @property
    def mains(self) -> int:
        """How many characteristics are asked; those after them cross two of them."""
        return len(self.bins) - len(self.wishes.crossings)

    def cut(self, model: Model, budget: float, lines_most: int | None) -> Points:
        """A model's values merged and rounded, its base put right on its own rows."""
        rows = model.rows.astype(np.float64)
        counts, asked = self.design.sums(rows), lines_most
        points = self._merged(model, counts, budget, asked)
        # How many lines boxes of cells come to is known when they are drawn.
        while lines_most is not None and asked is not None and points.rows > lines_most:
            asked -= points.rows - lines_most
            points = self._merged(model, counts, budget, asked)
        return based(points, self.design, self.bad, rows)

    def _merged(self, model: Model, counts: Floats, budget: float, lines_most: int | None) -> Points:
        design, mains = self.design, self.mains
        values, missing = design.values(model.steps), tuple(each.missing for each in self.bins)
        parts = apart(values, counts, design.shapes[:mains], missing[:mains])
        drawn = [
            drawn_on(crossing, design, number, (model.steps, counts))
            for number, crossing in enumerate(self.wishes.crossings, mains)
        ]
        boxes = [box for each in drawn for box in each.boxes]
        merged = merge([*parts, *boxes], round(model.rows.sum()), budget, lines_most)
        points = whole(merged[:mains], self.wishes.scale)
        kept = iter(merged[mains:])
        crossed = [each.lines([next(kept) for _ in each.boxes], points.scale) for each in drawn]
        sides = {
            side for each, lines in zip(drawn, crossed, strict=True) if lines for side in each.crossing.sides
        }
        # What is crossed is asked, though it may move nothing by itself.
        asked = [
            lines or (unmoved(each, counts[start:]) if each.column in sides else ())
            for each, lines, start in zip(self.bins, points.lines, design.starts, strict=False)
        ]
        return replace(points, lines=(*asked, *crossed))


def fit(table: Table, wishes: Wishes, told: Told = lambda _done, _total: None) -> Fit:
    """Fit a scorecard to a table."""
    crossed = {crossing.name: crossing.bins for crossing in wishes.crossings}
    bins = tuple(crossed.get(each.name) or fine_bins(each, wishes.specials) for each in table.columns)
    codes = tuple(each.codes(column) for each, column in zip(bins, table.columns, strict=True))
    mains = len(bins) - len(wishes.crossings)
    shapes = (*(each.shape for each in bins[:mains]), *map(shape_of, wishes.crossings))
    design = Design(codes, shapes, table.folds)
    folds = int(table.folds.max()) + 1
    seen: list[Flags] = [table.folds != fold for fold in range(folds)]
    seen.append(np.ones(len(table.bad), dtype=bool))
    directions = [settled(design, bins, table.bad, rows, wishes.stated) for rows in seen]
    allowed = [signs(design, bins, each) for each in directions]
    allow(wishes.crossings, design, directions, allowed)
    missing = tuple(each.missing for each in bins)
    lesson = Lesson(design, table.bad, allowed, missing, mains)
    found = learnt(wishes.method, lesson, told)
    return Fit(bins, design, table.bad, directions[-1], found.chosen, wishes, found.method, found.losses)
