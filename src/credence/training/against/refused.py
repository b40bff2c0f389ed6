"""A table of people who were refused: the same columns as those with outcomes, and no outcome."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from credence.engines.outcomes import NUMBER, TEXT, column_kinds, read_columns
from credence.errors import TrainingTableError, nearest
from credence.training.columns import Table
from credence.training.fit import Wishes
from credence.training.table import column_of

TEXTS = "'{}' holds texts, and numbers in the table of those with outcomes."


def mains(table: Table, wishes: Wishes) -> Table:
    """The table with the columns that were read, and without those that cross two of them."""
    return replace(table, columns=table.columns[: len(table.columns) - len(wishes.crossings)])


def read_refused(path: Path, like: Table, seed: int) -> Table:
    """Read refused people; their outcomes are zeros that nobody may use.

    Raises:
        SourceNotFoundError: The file is not there.
        IntakeError: It cannot be read.
        TrainingTableError: It lacks a column, or one is of another kind; every fault is told.
    """
    kinds = column_kinds(path)
    faults = [
        f"There is no column '{column.name}', which those with outcomes have."
        f"{nearest(column.name, list(kinds))}"
        for column in like.columns
        if column.name not in kinds
    ]
    numbers = [column.name for column in like.columns if column.numbers is not None]
    faults += [TEXTS.format(name) for name in numbers if kinds.get(name, NUMBER) != NUMBER]
    if faults:
        raise TrainingTableError(path, faults, [])
    wanted = {column.name: NUMBER if column.name in numbers else TEXT for column in like.columns}
    arrays = read_columns(path, (wanted, {}), None, seed)
    columns = tuple(column_of(name, kind, arrays[name]) for name, kind in wanted.items())
    rows = len(columns[0].missing)
    return Table(columns, np.zeros(rows), np.zeros(rows, dtype=np.intp), 0)
