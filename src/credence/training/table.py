"""A file as a table to learn from: its outcome understood, its rows parted, its faults told all at once."""

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from credence.engines.outcomes import COPIES, OTHER, OUTCOME, TEXT, column_kinds, read_columns
from credence.errors import TrainingTableError, nearest
from credence.scoring.words import counted
from credence.training.arrays import Codes, Floats, Texts
from credence.training.chance.copies import kept_together
from credence.training.columns import Column, Split, Table
from credence.training.reading.checks import faults_of
from credence.training.splits import HELD, LEARNT, PERSON, TIME, Splitting, groups_of, later, together

FOLDS = 5
SEED = 20261122
# Of each outcome, so that every fold has some.
ROWS_LEAST = 30
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
        beside: Columns that are kept beside and not asked; so are `person_id` and `observed_on`, where there
            are such, and the columns that part the rows.
        splitting: How the rows are parted.
    """

    path: Path
    outcome: str
    bad: str | None = None
    leave_out: tuple[str, ...] = ()
    seed: int = SEED
    beside: tuple[str, ...] = ()
    splitting: Splitting = field(default_factory=Splitting)

    @property
    def named(self) -> list[str]:
        """The columns that must be there."""
        parting = [name for name in (self.splitting.time, self.splitting.group) if name]
        return [self.outcome, *self.leave_out, *self.beside, *parting]


def read_table(source: Source) -> Table:
    """Read a table.

    Raises:
        SourceNotFoundError: The file is not there.
        IntakeError: It cannot be read.
        TrainingTableError: No scorecard can be learnt from it; every fault is told.
    """
    if source.path.is_file() and source.path.stat().st_size == 0:
        raise TrainingTableError(source.path, ["The file is empty."], [])
    kinds = column_kinds(source.path)
    unknown = [name for name in source.named if name not in kinds]
    if unknown:
        sentences = [f"There is no column '{name}'.{nearest(name, list(kinds))}" for name in unknown]
        raise TrainingTableError(source.path, [*sentences, f"Columns: {', '.join(kinds)}."], [])
    parting = source.splitting.columns(kinds)
    aside = {*source.beside, PERSON, TIME, *parting}
    beside = {n: TEXT if k == OTHER else k for n, k in kinds.items() if n in aside and n != source.outcome}
    wanted = {n: k for n, k in kinds.items() if n not in {source.outcome, *source.leave_out, *beside}}
    read = {name: kind for name, kind in wanted.items() if kind != OTHER}
    arrays = read_columns(source.path, (read, beside), source.outcome, source.seed)
    bad, faults = outcome_of(texts_of(arrays[OUTCOME]), source)
    columns = tuple(column_of(name, kind, arrays[name]) for name, kind in read.items())
    kept = {name: column_of(name, kind, arrays[name]) for name, kind in beside.items()}
    table = Table(columns, bad, folds_of(bad), int((arrays[COPIES] > 1).sum()), kept)
    if not faults:
        table, faults = _parted(table, parting, source)
    odd = {name: "holds neither numbers nor texts" for name in wanted if name not in read}
    odd |= faults_of(table.columns, None if faults else table.bad)
    faults += [] if wanted else ["There is no column but the outcome's to learn from."]
    faults += [f"'{name}' {why}." for name, why in odd.items()]
    if faults:
        raise TrainingTableError(source.path, faults, [*source.leave_out, *odd] if odd else [])
    return table


def _parted(table: Table, parting: tuple[str | None, str | None], source: Source) -> tuple[Table, list[str]]:
    """The rows to learn from, in folds, with those held out beside; and what is wrong with the columns."""
    (time, group), asked = parting, source.splitting
    held, split = np.zeros(len(table.bad), dtype=np.intp), Split()
    if time is not None:
        held, split, faults = later(table.beside[time], table.bad, asked)
        if faults:
            return table, faults
    elif asked.out_of_time is not None or asked.performance is not None:
        option = "--performance" if asked.out_of_time is None else "--out-of-time"
        return table, [f"{option} needs the column of the time: --time COLUMN."]
    earlier = table.taken(held == LEARNT)
    folds = folds_of(earlier.bad)
    groups = None if group is None else groups_of(table.beside[group])
    if groups is not None and len(np.unique(groups)) < len(groups):
        known = groups[held == LEARNT]
        both = int(np.isin(groups[held == HELD], known).sum())
        split = replace(split, group=group, groups=len(np.unique(known)), both=both)
        folds = together(known, earlier.bad, FOLDS)
    elif earlier.columns:
        found = kept_together(earlier, folds, source.seed)
        folds, split = found.folds, replace(split, copies=found.copies, twins=found.twins)
    kept = table.taken(held == HELD) if time is not None else None
    return replace(earlier, folds=folds, split=split, later=kept), []


def column_of(name: str, kind: str, array: Any) -> Column:  # noqa: ANN401 - as DuckDB hands it over
    """A column of an array of numbers or texts."""
    if kind == TEXT:
        return Column(name, texts=texts_of(array))
    return Column(name, numbers=np.asarray(array, dtype=np.float64))


def texts_of(array: Any) -> Texts:  # noqa: ANN401 - as DuckDB hands it over
    """Texts, with None where DuckDB says that there is nothing."""
    texts: Texts = np.array(np.ma.getdata(array), dtype=object)
    texts[np.ma.getmaskarray(array)] = None
    return texts


def outcome_of(ends: Texts, source: Source) -> tuple[Floats, list[str]]:
    """1 for each bad outcome and 0 for the others, and what is wrong with them."""
    counts = Counter(None if end is None else said(str(end)) for end in ends)
    empty, values = counts.pop(None, 0), sorted(str(value) for value in counts)
    if not len(ends):
        return np.zeros(0), ["It has no rows."]
    faults = [f"'{source.outcome}' is empty in {counted(empty, 'row')}, to be taken out."] if empty else []
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
