"""Two characteristics that are crossed: which cell each row falls in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from credence.training.arrays import Flags
from credence.training.bins import Bins
from credence.training.columns import Column, Table
from credence.training.crossing.sides import NOBODY, Side
from credence.training.solver.design import Shape

# The cell of answers that are not named.
OTHERWISE = "otherwise"


@dataclass(frozen=True)
class Crossing:
    """Two characteristics that are crossed.

    Attributes:
        one: The groups of the first, the rows of its table.
        other: Those of the second, the columns.
        picked: Which models use it: one of each fold, and that of all rows last.
    """

    one: Side
    other: Side
    picked: tuple[bool, ...] = ()

    @property
    def name(self) -> str:
        """What it is called among the columns."""
        return f"{self.one.bins.column} x {self.other.bins.column}"

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """What the cells are called, row by row."""
        rows, columns = range(self.one.count), range(self.other.count)
        return tuple(
            f"{self.one.words(row)} / {self.other.words(column)}" for row in rows for column in columns
        )

    @cached_property
    def guarded(self) -> Flags:
        """For each cell whether it must have a line of its own, for another's would take its answers in."""
        one, other = (np.array(each.guarded, dtype=bool) for each in (self.one, self.other))
        found: Flags = (one[:, None] | other[None, :]).reshape(-1)
        return found

    @property
    def bins(self) -> Bins:
        """The cells as attributes; answers that are not named are the last."""
        return Bins(self.name, text=True, values=self.cells, rest=True)

    def column(self, table: Table) -> Column:
        """The cell of each row, as a column."""
        found = {column.name: column for column in table.columns}
        rows, columns = (each.places(found[each.bins.column]) for each in (self.one, self.other))
        names = np.array([*self.cells, OTHERWISE], dtype=object)
        places = rows * self.other.count + columns
        return Column(self.name, texts=names[np.where((rows == NOBODY) | (columns == NOBODY), -1, places)])


def only_picked(
    crossings: Sequence[Crossing], shapes: Sequence[Shape], allowed: Sequence[tuple[Flags, Flags]]
) -> None:
    """Take from each model's allowed unknowns the cells of crossings (the last ones) that it did not pick."""
    end = len(allowed[0][0])
    for crossing, shape in zip(reversed(crossings), reversed(shapes), strict=False):
        mine = slice(end - shape.size, end)
        end -= shape.size
        for uses, (rising, falling) in zip(crossing.picked, allowed, strict=True):
            rising[mine] &= uses
            falling[mine] &= uses
