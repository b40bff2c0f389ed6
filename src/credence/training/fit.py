"""From a table to whole points: bins, directions, path, merging, rounding; and the same for each fold."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from credence.scorecards.scale import Scale
from credence.training.arrays import Flags, Floats
from credence.training.bins import Bins, fine_bins
from credence.training.columns import Table
from credence.training.crossing.cells import Totals, cells_apart
from credence.training.crossing.crossed import Crossing, only_picked
from credence.training.directions import Directions, settled, signs
from credence.training.merging import BUDGET, apart, merge
from credence.training.methods.choice import BEST, learnt
from credence.training.methods.lesson import Lesson
from credence.training.points import Points, based, whole
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

    def cut(self, model: Model, budget: float, lines_most: int | None) -> Points:
        """A model's values merged and rounded, its base put right on its own rows."""
        rows = model.rows.astype(np.float64)
        missing = tuple(each.missing for each in self.bins)
        values = self.design.values(model.steps)
        counts = self.design.sums(rows)
        parts = apart(values, counts, self.design.shapes, missing)
        for number, crossing in self._crossed:
            parts[number] = cells_apart(parts[number], crossing.guarded)
        points = whole(merge(parts, int(rows.sum()), budget, lines_most), self.wishes.scale)
        return based(self._in_order(points, counts), self.design, self.bad, rows)

    @property
    def _crossed(self) -> list[tuple[int, Crossing]]:
        """The crossings, with the number of the column of each."""
        first = len(self.bins) - len(self.wishes.crossings)
        return list(enumerate(self.wishes.crossings, first))

    def _in_order(self, points: Points, counts: Floats) -> Points:
        """The points, those of crossings moved so that totals keep the directions."""
        found, starts = list(points.lines), self.design.starts
        by_column = {each.column: lines for each, lines in zip(self.bins, points.lines, strict=True)}
        bent = Totals(self.directions, by_column)
        for number, crossing in self._crossed:
            mine = counts[starts[number] : starts[number + 1]]
            found[number] = bent.kept(crossing, mine, points.lines[number])
        return replace(points, lines=tuple(found))


def fit(table: Table, wishes: Wishes, told: Told = lambda _done, _total: None) -> Fit:
    """Fit a scorecard to a table."""
    crossed = {crossing.name: crossing.bins for crossing in wishes.crossings}
    bins = tuple(crossed.get(each.name) or fine_bins(each, wishes.specials) for each in table.columns)
    codes = tuple(each.codes(column) for each, column in zip(bins, table.columns, strict=True))
    design = Design(codes, tuple(each.shape for each in bins), table.folds)
    folds = int(table.folds.max()) + 1
    seen: list[Flags] = [table.folds != fold for fold in range(folds)]
    seen.append(np.ones(len(table.bad), dtype=bool))
    directions = [settled(design, bins, table.bad, rows, wishes.stated) for rows in seen]
    allowed = [signs(design, bins, each) for each in directions]
    only_picked(wishes.crossings, design.shapes, allowed)
    missing, mains = tuple(each.missing for each in bins), len(bins) - len(wishes.crossings)
    lesson = Lesson(design, table.bad, allowed, missing, mains)
    found = learnt(wishes.method, lesson, told)
    return Fit(bins, design, table.bad, directions[-1], found.chosen, wishes, found.method, found.losses)
