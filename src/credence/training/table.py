"""A file as a table to learn from: its outcome understood, its faults told all at once."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from credence.engines.outcomes import COPIES, OTHER, OUTCOME, TEXT, column_kinds, read_columns
from credence.errors import TrainingTableError, nearest
from credence.training.arrays import Codes, Floats, Texts
from credence.training.checks import faults_of
from credence.training.columns import Column, Table

FOLDS = 5
SEED = 20261122
# The name of the column that says who somebody is; nothing is learnt from it.
PERSON = "person_id"
# Of each outcome, so that every fold has some.
ROWS_LEAST = 50
# What a bad outcome is usually called, where nobody says.
USUAL = ("1", "true", "bad")
SHOWN = 5


@dataclass(frozen=True)
class Source:
    """Which file, and what of it.

    Attributes:
        path: A CSV or Parquet file with one row a person.
        outcome: The column that says how it ended.
        bad: The value of a bad outcome; 1, true or bad if not said.
        leave_out: Columns that are not asked.
        seed: Another one cuts the rows into other folds.
        beside: Columns that are kept beside and not asked; so is `person_id`, where there is one.
    """

    path: Path
    outcome: str
    bad: str | None = None
    leave_out: tuple[str, ...] = ()
    seed: int = SEED
    beside: tuple[str, ...] = ()


def read_table(source: Source) -> Table:
    """Read a table.

    Raises:
        SourceNotFoundError: The file is not there.
        IntakeError: It cannot be read.
        TrainingTableError: No scorecard can be learnt from it; every fault is told.
    """
    kinds = column_kinds(source.path)
    unknown = [name for name in (source.outcome, *source.leave_out, *source.beside) if name not in kinds]
    if unknown:
        sentences = [f"There is no column '{name}'.{nearest(name, list(kinds))}" for name in unknown]
        raise TrainingTableError(source.path, [*sentences, f"Columns: {', '.join(kinds)}."], [])
    beside = {n: TEXT if k == OTHER else k for n, k in kinds.items() if n in {*source.beside, PERSON}}
    wanted = {n: k for n, k in kinds.items() if n not in {source.outcome, *source.leave_out, *beside}}
    read = {name: kind for name, kind in wanted.items() if kind != OTHER}
    arrays = read_columns(source.path, (read, beside), source.outcome, source.seed)
    bad, faults = outcome_of(_texts(arrays[OUTCOME]), source)
    columns = tuple(_column(name, kind, arrays[name]) for name, kind in read.items())
    odd = {name: "holds neither numbers nor texts" for name in wanted if name not in read}
    odd |= faults_of(columns, None if faults else bad)
    faults += [] if wanted else ["There is no column but the outcome's to learn from."]
    faults += [f"'{name}' {why}." for name, why in odd.items()]
    if faults:
        raise TrainingTableError(source.path, faults, [*source.leave_out, *odd] if odd else [])
    kept = {name: _column(name, kind, arrays[name]) for name, kind in beside.items()}
    return Table(columns, bad, folds_of(bad), int((arrays[COPIES] > 1).sum()), kept)


def _column(name: str, kind: str, array: Any) -> Column:  # noqa: ANN401 - as DuckDB hands it over
    if kind == TEXT:
        return Column(name, texts=_texts(array))
    return Column(name, numbers=np.asarray(array, dtype=np.float64))


def _texts(array: Any) -> Texts:  # noqa: ANN401 - as DuckDB hands it over
    """Texts, with None where DuckDB says that there is nothing."""
    texts: Texts = np.array(np.ma.getdata(array), dtype=object)
    texts[np.ma.getmaskarray(array)] = None
    return texts


def outcome_of(ends: Texts, source: Source) -> tuple[Floats, list[str]]:
    """1 for each bad outcome and 0 for the others, and what is wrong with them."""
    counts = Counter(None if end is None else said(str(end)) for end in ends)
    empty, values = counts.pop(None, 0), sorted(str(value) for value in counts)
    faults = [f"'{source.outcome}' is empty in {empty:,} rows: take them out."] if empty else []
    shown = ", ".join(values[:SHOWN]) + (", ..." if len(values) > SHOWN else "")
    asked = [said(source.bad)] if source.bad is not None else list(USUAL)
    meant = [value for value in values if value in asked or (source.bad is None and value.lower() in USUAL)]
    if source.bad is None and (len(meant) != 1 or len(values) > len(("good", "bad"))):
        faults.append(f"'{source.outcome}' is one of: {shown}. Say which is bad: --bad VALUE.")
    elif not meant:
        faults.append(f"'{source.outcome}' is never '{source.bad}', but: {shown}.")
    bad = np.array([end is not None and said(str(end)) in meant for end in ends], dtype=np.float64)
    rows = {"bad": int(bad.sum()), "good": len(bad) - empty - int(bad.sum())}
    few = [f"{count:,} {name}" for name, count in rows.items() if count < ROWS_LEAST]
    if not faults and few:
        faults.append(f"'{source.outcome}' has {' and '.join(few)} rows: at least {ROWS_LEAST} are needed.")
    return bad, faults


def said(value: str) -> str:
    """A value as it is compared: 1.0 is 1."""
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() else value


def folds_of(bad: Floats) -> Codes:
    """The fold of each row: good and bad rows are dealt out in turn, in the order in which they stand."""
    folds = np.zeros(len(bad), dtype=np.intp)
    for outcome in (0, 1):
        rows = np.flatnonzero(bad == outcome)
        folds[rows] = np.arange(len(rows)) % FOLDS
    return folds
