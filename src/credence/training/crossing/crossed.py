"""Two characteristics that are crossed: which cell each row falls in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from credence.training.arrays import Codes, Flags
from credence.training.bins import Bins
from credence.training.columns import Column, Table
from credence.training.crossing.sides import NOBODY, Side, Span

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

    @property
    def sides(self) -> tuple[str, str]:
        """The columns that are crossed."""
        return self.one.bins.column, self.other.bins.column

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """What the cells are called, row by row."""
        rows, columns = range(self.one.count), range(self.other.count)
        return tuple(
            f"{self.one.words(row, row)} / {self.other.words(column, column)}"
            for row in rows
            for column in columns
        )

    @cached_property
    def questions(self) -> Flags:
        """For each question of both sides (a row) which cells it takes in."""
        one, other = self.one.questions, self.other.questions
        return np.array([np.outer(first, second).reshape(-1) for first in one[1] for second in other[1]])

    @cached_property
    def special(self) -> Flags:
        """Which cells are of special numbers."""
        one, other = (np.array(side.special) for side in (self.one, self.other))
        found: Flags = (one[:, None] | other).reshape(-1)
        return found

    def asked(self, cells: Sequence[int]) -> tuple[Span, Span]:
        """The narrowest question that takes in cells, as groups of both sides."""
        rows, columns = zip(*(divmod(cell, self.other.count) for cell in cells), strict=True)
        return self.one.asked(rows), self.other.asked(columns)

    def words(self, cells: Sequence[int]) -> str:
        """The same in words."""
        one, other = self.asked(cells)
        return f"{self.one.words(*one)} / {self.other.words(*other)}"

    @property
    def bins(self) -> Bins:
        """The cells as attributes; answers that are not named are the last."""
        return Bins(self.name, text=True, values=self.cells, rest=True)

    def column(self, table: Table) -> Column:
        """The cell of each row, as a column."""
        found = {column.name: column for column in table.columns}
        rows, columns = (each.places(found[each.bins.column]) for each in (self.one, self.other))
        names = np.array([*self.cells, OTHERWISE], dtype=object)
        return Column(self.name, texts=names[self.places(rows, columns)])

    def places(self, rows: Codes, columns: Codes) -> Codes:
        """The cell of each row of people, of the groups of both sides."""
        places = rows * self.other.count + columns
        return np.where((rows == NOBODY) | (columns == NOBODY), len(self.cells), places)
