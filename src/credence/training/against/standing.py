"""A scorecard in use, scored by the library's own engine over the rows of a table."""

from pathlib import Path

import numpy as np

from credence.engines.flat import score_columns
from credence.engines.sql.compile import columns_needed, columns_of
from credence.engines.tables import check_flat
from credence.errors import TrainingTableError, nearest
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from credence.training.arrays import Floats, Texts
from credence.training.columns import Column, Table


def standing(scorecard: Path, table: Path, kinds: dict[str, str]) -> Scorecard:
    """A scorecard that can score the rows of a table.

    Raises:
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: Its file has faults.
        IntakeError: It counts events, and a table has none.
        TrainingTableError: It asks a column that the table has not.
    """
    found = load_scorecard(scorecard)
    check_flat(found, table)
    lacking = [name for name in columns_needed(found) if name not in kinds]
    if lacking:
        faults = [
            f"'{found.name}' asks '{name}', and there is no such column.{nearest(name, list(kinds))}"
            for name in lacking
        ]
        raise TrainingTableError(table, faults, [])
    return found


def scores_of(scorecard: Scorecard, table: Table, path: Path) -> Floats:
    """The score of each row, NaN where it has none; the table keeps every column that is asked.

    Raises:
        TrainingTableError: A column has texts where the scorecard asks a number.
    """
    columns = dict(table.beside) | {column.name: column for column in table.columns}
    odd = [c.name for c in columns_of(scorecard) if not c.text and columns[c.name].numbers is None]
    if odd:
        faults = [f"'{scorecard.name}' asks '{name}' as a number, and it holds texts." for name in odd]
        raise TrainingTableError(path, faults, [])
    found = score_columns(scorecard, {name: _array(columns[name]) for name in columns_needed(scorecard)})
    return np.asarray(np.ma.filled(np.ma.asarray(found).astype(np.float64), np.nan), dtype=np.float64)


def _array(column: Column) -> Floats | Texts | None:
    return column.texts if column.numbers is None else column.numbers
