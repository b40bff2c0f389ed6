"""Columns of a table as arrays: numbers with NaN, or texts with None, where nothing is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from credence.training.arrays import Codes, Flags, Floats, Texts

BY_CHANCE = (
    "Folds were cut by chance, so figures are those of people like these, at the same time; on later people "
    "a scorecard does worse."
)
KNOWING = "{:,} rows before that were left out: their outcomes were watched beyond {}, and know what came."
KEPT = "{:,} rows are in one fold with {}, so that no fold is scored by what learnt from one."
COPY, TWIN = "others that say the same", "one that is far nearer than the rest"


@dataclass(frozen=True)
class Column:
    """A column: `numbers`, or `texts` where they are not numbers."""

    name: str
    numbers: Floats | None = None
    texts: Texts | None = None

    @property
    def missing(self) -> Flags:
        """Which rows have nothing there."""
        if self.numbers is not None:
            return np.isnan(self.numbers)
        return np.array([text is None for text in self._texts], dtype=bool)

    @property
    def _texts(self) -> Texts:
        assert self.texts is not None, "a column is numbers or texts"
        return self.texts

    def numbered(self) -> tuple[list[float] | list[str], Codes]:
        """The different values that are known, sorted, and for each row which it has (-1 for none)."""
        known = ~self.missing
        codes = np.full(len(known), -1, dtype=np.intp)
        if self.numbers is not None:
            numbers, codes[known] = np.unique(self.numbers[known], return_inverse=True)
            return numbers.tolist(), codes
        texts, codes[known] = np.unique(self._texts[known].astype(str), return_inverse=True)
        return texts.tolist(), codes

    def taken(self, rows: Flags | Codes) -> "Column":
        """The column of some rows."""
        if self.numbers is not None:
            return Column(self.name, self.numbers[rows])
        return Column(self.name, texts=self._texts[rows])

    def joined(self, other: "Column") -> "Column":
        """The column with the rows of another after its own."""
        if self.numbers is not None and other.numbers is not None:
            return Column(self.name, np.concatenate([self.numbers, other.numbers]))
        assert self.texts is not None, "a column is numbers or texts"
        assert other.texts is not None, "columns of one name hold the same"
        return Column(self.name, texts=np.concatenate([self.texts, other.texts]))


@dataclass(frozen=True)
class Split:
    """How the rows of a table were parted into those to learn from and those to judge by.

    Attributes:
        time: The column of the time, if rows were held out by it.
        first: The first time there is, `held_from` the first that is held out, `last` the last.
        group: The column whose rows stay together in one fold, if any repeat.
        groups: How many different values it has among the rows that are learnt from.
        both: How many rows held out are of a group that was learnt from.
        knowing: How many rows before it were left out, for their outcomes were watched beyond it.
        copies: How many rows are in one fold with others that say the same.
        twins: How many rows are in one fold with a near-twin.
    """

    time: str | None = None
    first: str | None = None
    held_from: str | None = None
    last: str | None = None
    group: str | None = None
    groups: int = 0
    both: int = 0
    knowing: int = 0
    copies: int = 0
    twins: int = 0

    @property
    def by_chance(self) -> bool:
        """Whether nothing but chance parts the rows."""
        return self.time is None and self.group is None

    @property
    def held(self) -> str:
        """When the rows held out are from."""
        return f"of {self.last}" if self.held_from == self.last else f"from {self.held_from} to {self.last}"

    @property
    def says(self) -> list[str]:
        """The same in sentences."""
        told = [BY_CHANCE] if self.by_chance else []
        if self.time is not None:
            told.append(
                f"Rows {self.held} by '{self.time}' were held out: nothing was learnt from them. The others "
                f"go back to {self.first}."
            )
        if self.knowing:
            told.append(KNOWING.format(self.knowing, self.held_from))
        if self.group is not None:
            told.append(
                f"Rows with the same '{self.group}' are in one fold ({self.groups:,} different ones)."
            )
        told += [KEPT.format(rows, why) for rows, why in ((self.copies, COPY), (self.twins, TWIN)) if rows]
        return told


@dataclass(frozen=True)
class Table:
    """What a scorecard is learnt from, its rows in an order that only their content decides.

    Attributes:
        columns: What may be asked.
        bad: 1 where the outcome was bad, 0 where it was good.
        folds: The fold of each row, from 0; good and bad rows are spread alike.
        duplicates: How many rows say the same as another.
        beside: Columns that were kept beside and may not be asked: who, when, segments, groups.
        split: How its rows were parted.
        later: The rows that were held out by time, which no fit sees; None where none were.
    """

    columns: tuple[Column, ...]
    bad: Floats
    folds: Codes
    duplicates: int
    beside: Mapping[str, Column] = field(default_factory=dict)
    split: Split = field(default_factory=Split)
    later: "Table | None" = None

    @property
    def names(self) -> set[str]:
        """The columns that it has, asked or beside."""
        return {*self.beside, *(column.name for column in self.columns)}

    def taken(self, rows: Flags | Codes) -> "Table":
        """The table of some rows, without those held out."""
        columns = tuple(column.taken(rows) for column in self.columns)
        beside = {name: column.taken(rows) for name, column in self.beside.items()}
        return Table(columns, self.bad[rows], self.folds[rows], self.duplicates, beside, self.split)
