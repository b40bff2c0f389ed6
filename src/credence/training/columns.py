"""Columns of a table as arrays: numbers with NaN, or texts with None, where nothing is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from credence.training.arrays import Codes, Flags, Floats, Texts


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


@dataclass(frozen=True)
class Table:
    """What a scorecard is learnt from, its rows in an order that only their content decides.

    Attributes:
        columns: What may be asked.
        bad: 1 where the outcome was bad, 0 where it was good.
        folds: The fold of each row, from 0; good and bad rows are spread alike.
        duplicates: How many rows say the same as another.
        beside: Columns that were kept beside and may not be asked: who, when, segments, groups.
    """

    columns: tuple[Column, ...]
    bad: Floats
    folds: Codes
    duplicates: int
    beside: Mapping[str, Column] = field(default_factory=dict)
