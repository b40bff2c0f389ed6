"""A number made of several columns, in arrays: the twin of `engines.answering.derived`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from credence.characteristics.aggregates import Derived
from credence.characteristics.measure import Measure
from credence.characteristics.measures.of_columns import WAYS
from credence.scorecards.model import Characteristic
from credence.training.arrays import Floats
from credence.training.columns import Column, Table

EXTREMES = {"greatest": np.fmax, "least": np.fmin}


@dataclass(frozen=True)
class Made:
    """A number made of several columns: what it is called, and the question that it answers."""

    name: str
    answer: Derived
    question: str

    @property
    def measure(self) -> Measure:
        """The same as a measure of a characteristic."""
        name = next(name for name, way in WAYS.items() if way == self.answer.way)
        return Measure(name, self.answer, "number")

    @property
    def characteristic(self) -> Characteristic:
        """The same as a characteristic without points."""
        return Characteristic(self.name, None, self.question, None, self.measure)

    @property
    def words(self) -> str:
        """What it is made of, in words."""
        names = [f"'{column.name}'" for column in self.answer.columns]
        if self.answer.way == "ratio":
            return f"{names[0]} by {names[1]}"
        return f"the {self.answer.way} of {', '.join(names)}"

    def column(self, table: Table) -> Column:
        """The number of each row, as a column."""
        found = {column.name: column.numbers for column in table.columns}
        parts = [found[column.name] for column in self.answer.columns]
        # What is too great for a double is infinite, as in the engines.
        with np.errstate(over="ignore", invalid="ignore"):
            return Column(self.name, _numbers(self.answer.way, [part for part in parts if part is not None]))


def with_columns(table: Table, made: Sequence[Made]) -> Table:
    """The table with a column for each, and so the rows held out."""
    later = None if table.later is None else with_columns(table.later, made)
    return replace(table, columns=(*table.columns, *(each.column(table) for each in made)), later=later)


def _numbers(way: str, parts: list[Floats]) -> Floats:
    if way == "ratio":
        over, under = parts
        found: Floats = over / np.where(under == 0, np.nan, under)
        return found
    if way in EXTREMES:
        return np.asarray(EXTREMES[way].reduce(parts), dtype=np.float64)
    total, known = np.zeros(len(parts[0])), np.zeros(len(parts[0]))
    # One after the other, as the engines add them up.
    for part in parts:
        total = total + np.where(np.isnan(part), 0.0, part)
        known += ~np.isnan(part)
    return total / np.where(known == 0, np.nan, known)
