"""The fit's unknowns: steps between neighbouring bins, and attributes that stand by themselves.

Each unknown moves a run of neighbouring attributes of one characteristic: a step those on the far side of
it, seen from the bin in the middle, an attribute by itself only itself. So sums over runs are differences
of running sums, and no matrix with a column for each unknown is ever made.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from credence.training.arrays import Codes, Floats, totals


@dataclass(frozen=True)
class Shape:
    """The attributes of one characteristic.

    Attributes:
        ordered: How many bins stand in order; they come first.
        alone: How many attributes stand by themselves.
        middle: The bin from which steps lead away.
    """

    ordered: int
    alone: int
    middle: int

    @property
    def size(self) -> int:
        """How many attributes there are."""
        return self.ordered + self.alone


@dataclass(frozen=True)
class Design:
    """Which attribute each row has of each characteristic.

    Attributes:
        codes: For each characteristic the attribute of each row, counted from 0 within it.
        shapes: For each characteristic its attributes.
        folds: The fold of each row, from 0.
    """

    codes: tuple[Codes, ...]
    shapes: tuple[Shape, ...]
    folds: Codes

    @cached_property
    def starts(self) -> list[int]:
        """The first attribute of each characteristic among all, and the number of all."""
        return [0, *np.cumsum([shape.size for shape in self.shapes]).tolist()]

    @cached_property
    def runs(self) -> tuple[Codes, Codes, Floats, Codes]:
        """For each unknown its run of attributes, the sign there, and whose step it is.

        A run is its first attribute and the one after its last; the fourth is the number of the
        characteristic, or -1 for an attribute by itself.
        """
        runs: list[tuple[int, int, float, int]] = []
        for number, (shape, start) in enumerate(zip(self.shapes, self.starts, strict=False)):
            end = start + shape.ordered
            runs += [(start, start + j, -1.0, number) for j in range(1, shape.middle + 1)]
            runs += [(start + j, end, 1.0, number) for j in range(shape.middle + 1, shape.ordered)]
            runs += [(end + j, end + j + 1, 1.0, -1) for j in range(shape.alone)]
        lows, highs, signs, owners = zip(*runs, strict=True)
        return np.array(lows), np.array(highs), np.array(signs), np.array(owners)

    def along(self, sums: Floats) -> Floats:
        """What each unknown's run adds up to of something known for each attribute."""
        lows, highs, signs, _ = self.runs
        running = np.concatenate([[0.0], np.cumsum(sums)])
        found: Floats = signs * (running[highs] - running[lows])
        return found

    def values(self, steps: Floats) -> Floats:
        """The value of each attribute, given the unknowns."""
        lows, highs, signs, _ = self.runs
        changes = np.zeros(self.starts[-1] + 1)
        np.add.at(changes, lows, signs * steps)
        np.add.at(changes, highs, -signs * steps)
        return np.cumsum(changes)[:-1]

    def logits(self, values: Floats, intercept: float) -> Floats:
        """The sum of each row's values."""
        total = np.full(len(self.folds), intercept)
        for codes, start, shape in zip(self.codes, self.starts, self.shapes, strict=False):
            total += values[start : start + shape.size][codes]
        return total

    def sums(self, amounts: Floats) -> Floats:
        """For each attribute, the sum of an amount over its rows."""
        return np.concatenate(
            [totals(codes, amounts, shape.size) for codes, shape in zip(self.codes, self.shapes, strict=True)]
        )

    def pairs(self, weights: Floats) -> Floats:
        """For each fold and each two attributes, the weight of the rows that have both."""
        folds = int(self.folds.max()) + 1
        table = np.zeros((folds, self.starts[-1], self.starts[-1]))
        for one, shape in enumerate(self.shapes):
            base = self.folds * shape.size + self.codes[one]
            rows = slice(self.starts[one], self.starts[one + 1])
            for other in range(one, len(self.shapes)):
                size = self.shapes[other].size
                found = totals(base * size + self.codes[other], weights, folds * shape.size * size)
                block = found.reshape(folds, shape.size, size)
                columns = slice(self.starts[other], self.starts[other + 1])
                table[:, rows, columns] = block
                table[:, columns, rows] = block.transpose(0, 2, 1)
        return table
