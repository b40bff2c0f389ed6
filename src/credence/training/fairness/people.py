"""The groups of people: columns of the table itself, or of a table of people beside it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from credence.engines.outcomes import OTHER, TEXT, column_kinds, read_columns
from credence.errors import IntakeError, TrainingTableError
from credence.training.arrays import Codes
from credence.training.columns import Column, Table
from credence.training.order import Looks
from credence.training.splits import PERSON
from credence.training.table import column_of, said

# Where columns of a table of people stand among those that are kept beside.
KEPT_AS = "people: "


def beside_people(table: Table, path: Path, people: Path) -> Table:
    """The same table with the columns of a table of people beside, joined on `person_id`.

    Args:
        table: The table; what was held out of it gets them, too.
        path: Its file, for what is told of faults.
        people: The file of people: `person_id`, and one column for each kind of group.

    Raises:
        SourceNotFoundError: The file of people is not there.
        IntakeError: It cannot be read, has no person_id or nothing else, or has a person twice.
        TrainingTableError: The table has no person_id, or none that the file of people has.
    """
    if PERSON not in table.beside:
        fault = f"It has no column '{PERSON}', by which {people} could be joined to it."
        raise TrainingTableError(path, [fault], [])
    ids, columns = _read(people)
    parts = [table, *([table.later] if table.later else [])]
    if not any(each in ids for part in parts for each in keys(part.beside[PERSON])):
        fault = f"Nobody in it is among the people of {people}: '{PERSON}' must be the same in both."
        raise TrainingTableError(path, [fault], [])
    return _joined(table, ids, columns)


def _joined(table: Table, ids: Mapping[str, int], columns: list[Column]) -> Table:
    """With each column in the order of the table's rows."""
    rows = np.array([ids.get(each or "", -1) for each in keys(table.beside[PERSON])], dtype=np.intp)
    found = {KEPT_AS + column.name: _at(column, rows) for column in columns}
    later = None if table.later is None else _joined(table.later, ids, columns)
    return replace(table, beside={**table.beside, **found}, later=later)


def _at(column: Column, rows: Codes) -> Column:
    """A column's values in some rows, nothing where a row is -1."""
    if column.numbers is not None:
        return Column(column.name, np.where(rows < 0, np.nan, column.numbers[rows]))
    assert column.texts is not None, "a column is numbers or texts"
    texts = column.texts[rows]
    texts[rows < 0] = None
    return Column(column.name, texts=texts)


def keys(column: Column) -> list[str | None]:
    """Who each row is about, as texts that are alike where the ids are; None where nobody is named."""
    known, numbered = column.numbered()
    names = [*(said(str(value)) for value in known), None]
    return [names[number] for number in numbered.tolist()]


def _read(path: Path) -> tuple[dict[str, int], list[Column]]:
    """The row of each person, and the columns of groups."""
    kinds = {name: TEXT if kind == OTHER else kind for name, kind in column_kinds(path).items()}
    if PERSON not in kinds or len(kinds) == 1:
        raise IntakeError(path, f"a table of people needs {PERSON} and at least one column of groups.")
    arrays = read_columns(path, ({}, kinds), None, 0)
    columns = {name: column_of(name, kind, arrays[name]) for name, kind in kinds.items()}
    named = keys(columns.pop(PERSON))
    twice = [name for name, count in Counter(filter(None, named)).items() if count > 1]
    if twice:
        raise IntakeError(path, f"person '{min(twice)}' stands there twice: one row a person.")
    ids = {name: row for row, name in enumerate(named) if name is not None}
    return ids, list(columns.values())


def group_columns(looks: Looks, table: Table) -> list[Column]:
    """The columns of groups: those of the table that were asked for, then those of a table of people."""
    return [
        *(table.beside[name] for name in looks.groups),
        *(column for name, column in table.beside.items() if name.startswith(KEPT_AS)),
    ]
