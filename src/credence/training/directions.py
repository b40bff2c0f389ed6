"""Directions: where points must rise or fall with the answer, as stated, or as the data propose it."""

from math import sqrt
from pathlib import Path

import numpy as np

from credence.training.arrays import Flags, Floats, totals
from credence.training.bins import Bins
from credence.training.solver.design import Design
from credence.yaml_file import read, settle

RISING, FALLING, EITHER = "rising", "falling", "either"
# The 95th percentile of the normal distribution.
OFTEN = 1.6449
Directions = dict[str, str]


def read_directions(path: Path, columns: list[str]) -> Directions:
    """Read `column: rising` (or falling, or either) of a YAML file: how points move with the answer.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It has faults, or names a column that is not there.
    """
    node = read(path)
    entries = node.keyed([], columns)
    stated = {name: child.choice([RISING, FALLING, EITHER]) for name, child in entries.items()}
    settle(node, str(path))
    return stated


def settled(
    design: Design, bins: tuple[Bins, ...], bad: Floats, rows: Flags, stated: Directions
) -> Directions:
    """The direction of each column: as stated, or what some rows propose where nothing is stated."""
    found: Directions = {}
    for number, each in enumerate(bins):
        if each.ordered > 1:
            codes, size = design.codes[number], each.shape.size
            counts = totals(codes, rows.astype(np.float64), size)[: each.ordered]
            bads = totals(codes, bad * rows, size)[: each.ordered]
            found[each.column] = stated.get(each.column) or proposed(counts, bads)
    return found


def signs(design: Design, bins: tuple[Bins, ...], directions: Directions) -> tuple[Flags, Flags]:
    """Which unknowns may be above zero, and which below: where points rise, bad outcomes do not."""
    names = [directions.get(each.column, EITHER) for each in bins]
    of_each = np.array([names[owner] if owner >= 0 else EITHER for owner in design.runs[2].tolist()])
    return of_each != RISING, of_each != FALLING


def proposed(counts: Floats, bads: Floats) -> str:
    """The direction that bins show: one that departs from them by no more than chance does.

    Each bin's share of bad outcomes is compared with the nearest shares that only rise, or only fall.
    """
    filled = counts > 0
    counts, shares = counts[filled], bads[filled] / counts[filled]
    whole = float(bads.sum() / counts.sum())
    spread = max(whole * (1 - whole), 1e-12)
    fitted = {FALLING: monotone(shares, counts), RISING: -monotone(-shares, counts)}
    lost = {name: float(counts @ (shares - line) ** 2) / spread for name, line in fitted.items()}
    best = min(lost, key=lambda name: lost[name])
    gained = float(counts @ (fitted[best] - whole) ** 2) / spread
    return best if lost[best] <= by_chance(len(counts) - 1) < gained else EITHER


def by_chance(free: int) -> float:
    """The 95th percentile of chi square (Wilson and Hilferty's)."""
    spread = 2 / (9 * max(free, 1))
    return float(max(free, 1) * (1 - spread + OFTEN * sqrt(spread)) ** 3)


def monotone(values: Floats, weights: Floats) -> Floats:
    """The nearest values that never fall (neighbours that do are pooled)."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            together = before[1] + pool[1]
            mean = (before[0] * before[1] + pool[0] * pool[1]) / together
            pool = (mean, together, before[2] + pool[2])
        pools.append(pool)
    return np.repeat([pool[0] for pool in pools], [pool[2] for pool in pools])
