"""Which attribute each row has, and sums over the runs of attributes that unknowns move.

No matrix with a column for each unknown is ever made.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from credence.training.arrays import Codes, Floats, totals
from credence.training.solver.shape import Grid, Shape


def at_corners(table: Floats, corners: Codes) -> Floats:
    """Rows of a table: at first corners, less those at second and third, and those at fourth ones."""
    first, second, third, fourth = corners.T
    found: Floats = table[first] - table[second]
    # A run that is no box has the last two at one place.
    if (third != fourth).any():
        found -= table[third] - table[fourth]
    return found


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
    def blocks(self) -> list[tuple[Shape, int, int]]:
        """What has running sums of its own: all without cells together, each grid of cells (they come last).

        Each is a shape, its first attribute, and its first running sum.
        """
        plain = sum(not isinstance(shape, Grid) for shape in self.shapes)
        found = [(Shape(self.starts[plain], 0, 0), 0, 0)]
        for shape, start in zip(self.shapes[plain:], self.starts[plain:], strict=False):
            before, _, corner = found[-1]
            found.append((shape, start, corner + before.sums))
        return found

    @cached_property
    def runs(self) -> tuple[Codes, Floats, Codes]:
        """For each unknown its four running sums (a row), its sign, and whose step it is, or -1."""
        crossed = {start: corner for _, start, corner in self.blocks[1:]}
        found = [
            ([crossed.get(start, start) + corner for corner in corners], signs[0], number if step else -1)
            for number, (shape, start) in enumerate(zip(self.shapes, self.starts, strict=False))
            for corners, signs, step in shape.runs
        ]
        corners, signs, owners = zip(*found, strict=True)
        return np.array(corners), np.array(signs), np.array(owners)

    @cached_property
    def unknowns(self) -> list[int]:
        """The first unknown of each characteristic, and the number of all."""
        return [0, *np.cumsum([len(shape.runs) for shape in self.shapes]).tolist()]

    def running(self, sums: Floats) -> Floats:
        """The running sums of all characteristics, of something known for each attribute (first axis)."""
        found = [shape.running(sums[start : start + shape.size]) for shape, start, _ in self.blocks]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def along(self, sums: Floats) -> Floats:
        """What each unknown's run adds up to of something known for each attribute."""
        corners, signs, _ = self.runs
        return at_corners(self.running(sums), corners) * signs

    def values(self, steps: Floats) -> Floats:
        """The value of each attribute, given the unknowns."""
        corners, signs, _ = self.runs
        last, _, corner = self.blocks[-1]
        one = signs * steps
        other = np.where(corners[:, 2] == corners[:, 3], 0.0, one)
        amounts = np.concatenate([one, -one, -other, other])
        changes = totals(corners.T.reshape(-1), amounts, corner + last.sums)
        return np.concatenate(
            [shape.spread(changes[corner : corner + shape.sums]) for shape, _, corner in self.blocks]
        )

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
