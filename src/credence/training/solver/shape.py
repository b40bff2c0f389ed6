"""What the fit may move of one characteristic: steps between bins, attributes by themselves, boxes of cells.

Each unknown moves a run of neighbouring attributes: a step those on the far side of it, seen from the bin in
the middle, an attribute by itself only itself, a box its cells. So sums over runs are differences of running
sums: of two, or of four at the corners of a box.
"""

from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Floats

# From a row of cells up to another, and from a column up to another.
Box = tuple[int, int, int, int]
# The running sums that an unknown is made of, their signs, and whether it is a step.
Run = tuple[tuple[int, ...], tuple[float, ...], bool]


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

    @property
    def sums(self) -> int:
        """How many running sums there are."""
        return self.size + 1

    @property
    def runs(self) -> list[Run]:
        """Each unknown."""
        end = self.ordered
        runs = [(0, j, -1.0, True) for j in range(1, self.middle + 1)]
        runs += [(j, end, 1.0, True) for j in range(self.middle + 1, end)]
        runs += [(end + j, end + j + 1, 1.0, False) for j in range(self.alone)]
        return [((high, low, 0, 0), (sign, -sign, 0.0, 0.0), step) for low, high, sign, step in runs]

    def running(self, amounts: Floats) -> Floats:
        """The running sums of what is known for each attribute (first axis)."""
        found = np.zeros_like(amounts, shape=(len(amounts) + 1, *amounts.shape[1:]))
        np.cumsum(amounts, axis=0, out=found[1:])
        return found

    def spread(self, changes: Floats) -> Floats:
        """For each attribute the sum of what its running sums are given: `running`, turned round."""
        return np.cumsum(changes[::-1])[::-1][1:]

    def steps(self, values: Floats) -> Floats:
        """The unknowns of values, the middle bin's taken for none."""
        between = float(values[self.middle]) if self.ordered else 0.0
        return np.concatenate([np.diff(values[: self.ordered]), values[self.ordered :] - between])


@dataclass(frozen=True)
class Grid(Shape):
    """Cells of two sides, row by row, and one attribute beside that nothing moves.

    Attributes:
        rows: How many rows there are.
        columns: How many columns.
        boxes: The boxes of cells that unknowns move.
    """

    rows: int
    columns: int
    boxes: tuple[Box, ...]

    @property
    def sums(self) -> int:
        """How many running sums there are."""
        return (self.rows + 1) * (self.columns + 1)

    @property
    def runs(self) -> list[Run]:
        """Each unknown: a box is a difference of the sums at its four corners."""
        wide = self.columns + 1
        return [
            ((b * wide + d, a * wide + d, b * wide + c, a * wide + c), (1.0, -1.0, -1.0, 1.0), False)
            for a, b, c, d in self.boxes
        ]

    def running(self, amounts: Floats) -> Floats:
        """The running sums along both sides."""
        found = np.zeros((self.rows + 1, self.columns + 1, *amounts.shape[1:]))
        cells = amounts[:-1].reshape(self.rows, self.columns, *amounts.shape[1:])
        found[1:, 1:] = cells.cumsum(axis=0).cumsum(axis=1)
        return found.reshape(self.sums, *amounts.shape[1:])

    def spread(self, changes: Floats) -> Floats:
        """For each cell the sum of what its running sums are given."""
        turned = changes.reshape(self.rows + 1, self.columns + 1)[::-1, ::-1]
        return np.append(turned.cumsum(axis=0).cumsum(axis=1)[::-1, ::-1][1:, 1:].reshape(-1), 0.0)

    def steps(self, values: Floats) -> Floats:  # noqa: ARG002 - as of any shape
        """No unknowns: what tells values of attributes apart tells none of cells."""
        return np.zeros(len(self.boxes))


def grid(rows: int, columns: int, boxes: tuple[Box, ...]) -> Grid:
    """The shape of cells."""
    return Grid(0, rows * columns + 1, 0, rows, columns, boxes)
