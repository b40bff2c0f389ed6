"""What training makes of real tables, beside what others make of them: `make bench-training`.

All of a fit (bins, directions, the inner folds that choose, merging, rounding) sees the outer folds' other
rows alone. What the others reached on the same folds is read from training_peers.json; `--peers` makes it
again, in the environment that has them. Tables that are not there are left out.
"""

import argparse
import json
import os
import subprocess
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from statistics import mean, stdev
from time import perf_counter, process_time

# Before NumPy is loaded: more threads are slower on matrices this small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from bench.training_sets import SETS, Set, taken
from credence.training import figures
from credence.training.arrays import Flags
from credence.training.columns import Table
from credence.training.fit import Wishes, fit
from credence.training.pairing.pick import with_columns, with_pairs
from credence.training.solver.design import Design
from credence.training.table import SEED, folds_of

PEERS = Path(__file__).with_name("training_peers.json")
PYTHON = Path(__file__).parents[1] / ".venv-training" / "bin" / "python"
# What the differences are to.
REFERENCE = "LightGBM, tuned"
OURS = "Credence"
HEAD = f"{'':<28}   AUC   log-loss  AUC x 100 - {REFERENCE}   lines  CPU s a fit  ns a row"


@dataclass(frozen=True)
class Result:
    """One outer fold: figures on the rows that the fit did not see.

    Attributes:
        auc: Its AUC.
        log_loss: Its log-loss.
        lines: Lines of points; for others bins, coefficients, leaves.
        seconds: CPU seconds of the fit, with its cross-validation.
        nanoseconds: To score a row.
    """

    auc: float
    log_loss: float
    lines: int
    seconds: float
    nanoseconds: float


def measured(found: Set, unseen: Flags, wishes: Wishes | None = None, crossings: int = 0) -> Result:
    """Fit all rows but those of a fold, with at most so many crossings, and score these."""
    # Rows stand in an order that their file does not decide.
    seen = np.flatnonzero(~unseen)
    seen = seen[np.random.Generator(np.random.PCG64(SEED)).permutation(len(seen))]
    columns = tuple(taken(column, seen) for column in found.columns)
    bad = found.bad[seen]
    started = process_time()
    table = Table(columns, bad, folds_of(bad), 0)
    made = fit(table, wishes or found.wishes)
    _, made = with_pairs(table, made, crossings, lambda _done, _total: None)
    points = made.points
    seconds = process_time() - started
    others = tuple(taken(column, unseen) for column in found.columns)
    bad = found.bad[unseen]
    rest = Table(others, bad, np.zeros(len(bad), dtype=np.intp), 0)
    started = perf_counter()
    columns = with_columns(rest, made.wishes.crossings).columns
    codes = tuple(bins.codes(column) for bins, column in zip(made.bins, columns, strict=True))
    scores = points.scores(Design(codes, made.design.shapes, rest.folds))
    nanoseconds = (perf_counter() - started) * 1e9 / len(bad)
    area = figures.auc(scores.astype(np.float64), bad)
    return Result(area, figures.log_loss(points.chances(scores), bad), points.rows, seconds, nanoseconds)


def told(name: str, results: list[Result], reference: list[Result]) -> str:
    """A line of the table."""
    differences = [100 * (one.auc - other.auc) for one, other in zip(results, reference, strict=False)]
    against = ""
    if name != REFERENCE and len(differences) > 1:
        against = f"{mean(differences):+.2f} +/- {stdev(differences) / len(differences) ** 0.5:.2f}"
    return (
        f"  {name:<26} {mean(r.auc for r in results):.4f}  {mean(r.log_loss for r in results):.4f} "
        f"{against:>20} {mean(r.lines for r in results):>24,.0f} {mean(r.seconds for r in results):>11.2f} "
        f"{mean(r.nanoseconds for r in results):>10,.0f}"
    )


def peers(path: Path = PEERS) -> dict[str, dict[str, list[Result]]]:
    """For each table and peer the figures of each fold, as they were last measured."""
    if not path.is_file():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {
        table: {name: [Result(*fold) for fold in folds] for name, folds in of_table.items()}
        for table, of_table in kept.items()
    }


def main() -> None:
    """Print a table for each set that is there."""
    options = _options()
    if options.peers:
        subprocess.run([PYTHON, "-m", "bench.training_peers"], check=True)
    known = peers()
    for name, (path, load) in SETS.items():
        if options.sets and not any(asked.lower() in name.lower() for asked in options.sets):
            continue
        if not path.is_file():
            print(f"{name} is not here: {path.name}")
            continue
        found = load()
        print(f"\n{name}: {len(found.bad):,} rows, {100 * found.bad.mean():.1f} % bad\n{HEAD}")
        others = known.get(name, {})
        for peer, results in others.items():
            print(told(peer, results, others.get(REFERENCE, [])), flush=True)
        for method, crossings in product(options.methods, options.crossings):
            wishes = replace(found.wishes, method=method)
            results = [measured(found, unseen, wishes, crossings) for unseen in found.held_out]
            crossed = f", {crossings} crossed" if crossings else ""
            print(told(f"{OURS}, {method}{crossed}", results, others.get(REFERENCE, [])), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.training", description=__doc__)
    parser.add_argument("--sets", nargs="+", help="parts of the names of tables")
    parser.add_argument("--methods", nargs="+", default=["best"], help="methods of ours")
    parser.add_argument("--crossings", nargs="+", type=int, default=[0], help="at most so many crossings")
    parser.add_argument(
        "--peers", action="store_true", help="measure the others again, in the environment that has them"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
