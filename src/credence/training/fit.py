"""From a table to whole points: bins, directions, path, merging, rounding; and the same for each fold."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from credence.scorecards.scale import Scale
from credence.training.arrays import Flags, Floats
from credence.training.bins import Bins, fine_bins
from credence.training.columns import Table
from credence.training.directions import Directions, settled, signs
from credence.training.merging import BUDGET, apart, merge
from credence.training.points import Points, based, whole
from credence.training.solver.design import Design
from credence.training.solver.newton import Model
from credence.training.solver.path import Chosen, choose

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Wishes:
    """What the analyst asks for.

    Attributes:
        scale: Which score stands for which odds.
        lines_most: At most so many lines of points; None for as many as the error budget leaves.
        specials: Numbers that are codes and no amounts.
        stated: Directions of columns; the data propose those of the others.
    """

    scale: Scale = field(default_factory=lambda: Scale(600, 50, 20))
    lines_most: int | None = None
    specials: tuple[Fraction, ...] = ()
    stated: Directions = field(default_factory=dict)


@dataclass(frozen=True)
class Fit:
    """A fit: that of all rows, and what it takes to see how it does on rows that it has not seen."""

    bins: tuple[Bins, ...]
    design: Design
    bad: Floats
    directions: Directions
    chosen: Chosen
    wishes: Wishes

    @property
    def points(self) -> Points:
        """The points of the scorecard."""
        return self.cut(self.chosen.models[-1], BUDGET, self.wishes.lines_most)

    def cut(self, model: Model, budget: float, lines_most: int | None) -> Points:
        """A model's values merged and rounded, its base put right on its own rows."""
        rows = model.rows.astype(np.float64)
        missing = tuple(each.missing for each in self.bins)
        values = self.design.values(model.steps)
        parts = apart(values, self.design.sums(rows), self.design.shapes, missing)
        points = whole(merge(parts, int(rows.sum()), budget, lines_most), self.wishes.scale)
        return based(points, self.design, self.bad, rows)


def fit(table: Table, wishes: Wishes, told: Told = lambda _done, _total: None) -> Fit:
    """Fit a scorecard to a table."""
    bins = tuple(fine_bins(column, wishes.specials) for column in table.columns)
    codes = tuple(each.codes(column) for each, column in zip(bins, table.columns, strict=True))
    design = Design(codes, tuple(each.shape for each in bins), table.folds)
    folds = int(table.folds.max()) + 1
    seen: list[Flags] = [table.folds != fold for fold in range(folds)]
    seen.append(np.ones(len(table.bad), dtype=bool))
    directions = [settled(design, bins, table.bad, rows, wishes.stated) for rows in seen]
    allowed = [signs(design, bins, each) for each in directions]
    chosen = choose(design, table.bad, allowed, told)
    return Fit(bins, design, table.bad, directions[-1], chosen, wishes)
