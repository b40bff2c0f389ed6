"""Rows with an outcome, for a score that exists: no column is too odd to be looked at."""

import numpy as np

from credence.engines.outcomes import COPIES, OTHER, OUTCOME, TEXT, read_columns
from credence.errors import TrainingTableError, nearest
from credence.training.columns import Table
from credence.training.table import Source, column_of, outcome_of, texts_of


def rows_of(source: Source, asked: list[str], kinds: dict[str, str]) -> Table:
    """The rows, with the columns that are asked; those of `source.beside` are kept beside.

    Args:
        source: The file, its outcome, and what is kept beside.
        asked: The columns that give the score.
        kinds: What each column of the file holds.

    Raises:
        IntakeError: The file cannot be read.
        TrainingTableError: It lacks a column, or an outcome.
    """
    check_there(source, [source.outcome, *source.beside], kinds)
    read, beside = (
        {name: TEXT if kinds[name] == OTHER else kinds[name] for name in dict.fromkeys(names)}
        for names in (asked, [name for name in source.beside if name not in asked])
    )
    arrays = read_columns(source.path, (read, beside), source.outcome, source.seed)
    bad, faults = outcome_of(texts_of(arrays[OUTCOME]), source)
    if faults:
        raise TrainingTableError(source.path, faults, [])
    columns = tuple(column_of(name, kind, arrays[name]) for name, kind in read.items())
    kept = {name: column_of(name, kind, arrays[name]) for name, kind in beside.items()}
    kept |= {column.name: column for column in columns if column.name in source.beside}
    return Table(columns, bad, np.zeros(len(bad), dtype=np.intp), int((arrays[COPIES] > 1).sum()), kept)


def check_there(source: Source, names: list[str], kinds: dict[str, str]) -> None:
    """Make sure that a file has rows and some columns.

    Raises:
        TrainingTableError: It has not.
    """
    if source.path.stat().st_size == 0:
        raise TrainingTableError(source.path, ["The file is empty."], [])
    unknown = [name for name in dict.fromkeys(names) if name not in kinds]
    if unknown:
        sentences = [f"There is no column '{name}'.{nearest(name, list(kinds))}" for name in unknown]
        raise TrainingTableError(source.path, [*sentences, f"Columns: {', '.join(kinds)}."], [])
