"""What training makes of real tables: `python -m bench.training`.

Five outer folds, dealt out by content, so the same everywhere. All of a fit (bins, directions, the inner
folds that choose the penalty, merging, rounding) sees the other four alone. Tables are read from
`../shared/data`, or from the folder that CREDENCE_DATA names; those that are not there are left out.
"""

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from statistics import mean, stdev
from time import process_time

# Before NumPy is loaded: more threads are slower on matrices this small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from credence.training import figures
from credence.training.columns import Column, Table
from credence.training.fit import Wishes, fit
from credence.training.solver.design import Design
from credence.training.table import FOLDS, Source, folds_of, read_table

DATA = Path(os.environ.get("CREDENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))
HELOC = DATA / "heloc" / "heloc_dataset_v1.parquet"
GMSC = DATA / "gmsc" / "cs_training.parquet"
GERMAN = DATA / "german_south" / "south_german_credit.parquet"
# The dictionary speaks of bad outcomes, directions of points.
DIRECTIONS = {"decreasing": "rising", "increasing": "falling"}


@dataclass(frozen=True)
class Result:
    """One outer fold: figures on the rows that the fit did not see."""

    auc: float
    log_loss: float
    lines: int
    seconds: float


def heloc() -> tuple[Table, Wishes]:
    with (HELOC.parent / "dictionary.csv").open(encoding="utf-8") as file:
        said = {row["column"]: row["monotonicity_for_bad"].lower() for row in csv.DictReader(file)}
    stated = {
        name: next((way for word, way in DIRECTIONS.items() if word in text), "either")
        for name, text in said.items()
    }
    table = read_table(Source(HELOC, "RiskPerformance"))
    return table, Wishes(lines_most=180, specials=(Fraction(-7), Fraction(-8), Fraction(-9)), stated=stated)


def gmsc() -> tuple[Table, Wishes]:
    table = read_table(Source(GMSC, "SeriousDlqin2yrs"))
    return table, Wishes(lines_most=200, specials=(Fraction(96), Fraction(98)))


def german() -> tuple[Table, Wishes]:
    return read_table(Source(GERMAN, "credit_risk", bad="0")), Wishes()


SETS: dict[str, tuple[Path, Callable[[], tuple[Table, Wishes]]]] = {
    "HELOC": (HELOC, heloc),
    "Give Me Some Credit": (GMSC, gmsc),
    "South German Credit": (GERMAN, german),
}


def measured(table: Table, wishes: Wishes, fold: int) -> Result:
    """Fit all folds but one, and score that one."""
    seen = table.folds != fold
    columns = tuple(_taken(column, seen) for column in table.columns)
    started = process_time()
    found = fit(replace(table, columns=columns, bad=table.bad[seen], folds=folds_of(table.bad[seen])), wishes)
    points = found.points
    seconds = process_time() - started
    unseen = [_taken(column, ~seen) for column in table.columns]
    codes = tuple(bins.codes(column) for bins, column in zip(found.bins, unseen, strict=True))
    scores = points.scores(Design(codes, found.design.shapes, np.zeros(len(codes[0]), dtype=np.intp)))
    bad = table.bad[~seen]
    area = figures.auc(scores.astype(np.float64), bad)
    return Result(area, figures.log_loss(points.chances(scores), bad), points.rows, seconds)


def _taken(column: Column, rows: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Column:
    if column.numbers is not None:
        return Column(column.name, column.numbers[rows])
    return Column(column.name, texts=None if column.texts is None else column.texts[rows])


def main() -> None:
    """Print a line for each table that is there."""
    print("table                      rows     AUC +/- error  log-loss  lines  CPU s a fit")
    for name, (path, load) in SETS.items():
        if not path.is_file():
            print(f"{name:<22} is not here: {path.name}")
            continue
        table, wishes = load()
        results = [measured(table, wishes, fold) for fold in range(FOLDS)]
        areas = [result.auc for result in results]
        error = stdev(areas) / FOLDS**0.5
        print(
            f"{name:<22}{len(table.bad):>9,}  {mean(areas):.4f} +/- {error:.4f} "
            f"{mean(r.log_loss for r in results):>8.4f} {mean(r.lines for r in results):>6.0f} "
            f"{mean(r.seconds for r in results):>12.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
