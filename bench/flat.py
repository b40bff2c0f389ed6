"""Points of a flat table: `python -m bench.flat` (1,000,000 rows x 30 characteristics).

With `--optbinning PYTHON` the same rows are scored by OptBinning's scorecard, in the environment of that
Python (it is no dependency of ours: `python3 -m venv ob && ob/bin/pip install optbinning duckdb pyarrow`).
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from credence.engines.flat import points_query, score_points
from credence.engines.moment import Moment
from credence.scorecards.load import load_scorecard

ROWS, COLUMNS, LIMITS = 1_000_000, 30, 6
# Rows x characteristics a CPU-second.
AIM = 20_000_000
# One run for warmth, then the best of these: other work on the machine only ever makes a run longer.
RUNS = 3
MOMENT = Moment(date(2026, 11, 1), datetime(2026, 11, 7))  # noqa: DTZ001 - moments are UTC without saying so
THEIRS = """
import json, sys, time
import duckdb, numpy, pandas
from optbinning import BinningProcess, Scorecard
from sklearn.linear_model import LogisticRegression
table, runs = sys.argv[1], int(sys.argv[2])
splits = json.load(sys.stdin)
names = list(splits)
rows = duckdb.sql(f"SELECT {', '.join(names)} FROM '{table}'").df()
train = rows.head(20_000)
chance = numpy.random.default_rng(1).normal(0, .1, len(train))
bad = (train.rank(pct=True).mean(axis=1) + chance < .5).astype(int)
fixed = {name: {"user_splits": at, "user_splits_fixed": [True] * len(at)} for name, at in splits.items()}
process = BinningProcess(names, binning_fit_params=fixed)
scale = {"min": 0, "max": 600}
card = Scorecard(process, LogisticRegression(), scaling_method="min_max", scaling_method_params=scale)
card.fit(train, bad, metric_missing="empirical")
found = []
for _ in range(runs + 1):
    started = time.process_time()
    card.score(rows)
    found.append(time.process_time() - started)
print(min(found[1:]))
"""


def main() -> None:
    """Make a table, score it, and print rows x characteristics a CPU-second."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.flat", description="Measure points of a flat table."
    )
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--optbinning", help="a Python whose environment has optbinning")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-flat-") as folder:
        show(options.rows, measure(Path(folder), options.rows, options.optbinning))


def measure(folder: Path, rows: int, optbinning: str | None) -> list[tuple[str, float | None, str]]:
    """What was measured, the CPU-seconds (None where it was not run), and how."""
    table, out = folder / "people.parquet", folder / "points.parquet"
    duckdb.execute(f"COPY ({people(rows)}) TO '{table}'")
    card = folder / "flat.yaml"
    card.write_text(json.dumps(definition()), encoding="utf-8")
    scorecard = load_scorecard(card)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE people AS FROM '{table}'")
        sums = ", ".join(f"sum(q{number})" for number in range(COLUMNS))
        query = f"SELECT sum(score), {sums} FROM ({points_query(scorecard, MOMENT, 'people')})"
        memory = best(lambda: connection.execute(query).fetchall())
    files = best(lambda: score_points(scorecard, MOMENT, table, out))
    theirs = None if optbinning is None else ask_optbinning(optbinning, table)
    return [
        ("points, table in memory", memory, "every point and score, added up"),
        ("points, Parquet to Parquet", files, "a file read, persons checked, a file of points written"),
        ("OptBinning, table in memory", theirs, "Scorecard.score of a data frame: scores only"),
    ]


def best(work: Callable[[], object]) -> float:
    """The fewest CPU-seconds of a few runs."""
    found = []
    for _ in range(RUNS + 1):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found[1:])


def ask_optbinning(python: str, table: Path) -> float:
    """The CPU-seconds that OptBinning takes over the same rows, with the same limits."""
    splits = json.dumps({f"c{number}": limits(number) for number in range(COLUMNS)})
    command = [python, "-c", THEIRS, str(table), str(RUNS)]
    return float(
        subprocess.run(command, input=splits, check=True, capture_output=True, text=True).stdout.split()[-1]
    )


def people(rows: int) -> str:
    """Columns spread evenly from 0 to 100, one value in fifty missing."""
    value = "CASE WHEN hash(p, {0}, 7) % 50 = 0 THEN NULL ELSE (hash(p, {0}) % 100000) / 1000.0 END AS c{0}"
    columns = ", ".join(value.format(number) for number in range(COLUMNS))
    return f"SELECT p AS person_id, {columns} FROM range({rows}) AS t(p)"


def limits(number: int) -> list[int]:
    """The limits between a column's attributes."""
    return [14 * place + number % 7 for place in range(1, LIMITS + 1)]


def definition() -> dict[str, object]:
    """A scorecard of seven attributes and a missing one for each column."""
    rows = [
        [{"below": limit, "points": 3 * place} for place, limit in enumerate(limits(n))]
        for n in range(COLUMNS)
    ]
    asked = {
        f"q{n}": {
            "measure": {"column": f"c{n}"},
            "attributes": [*rows[n], {"points": 20}],
            "missing": {"points": 5},
        }
        for n in range(COLUMNS)
    }
    head = {"name": "flat", "version": 1, "title": "Flat", "setting": "lab", "points_base": 100}
    return head | {"bands": [{"below": 400, "name": "low"}, {"name": "high"}], "characteristics": asked}


def show(rows: int, found: list[tuple[str, float | None, str]]) -> None:
    """Print the figures as a table."""
    heads = ("Figure", "CPU-seconds", "Rows x characteristics a CPU-second", "Aim", "How")
    table = Table(*heads, title=f"{rows:,} rows, {COLUMNS} characteristics")
    for what, seconds, how in found:
        if seconds is None:
            table.add_row(what, "not run", "give --optbinning PYTHON", "", how)
        else:
            aim = f"{AIM:,}" if what == found[0][0] else ""
            table.add_row(what, f"{seconds:.2f}", f"{rows * COLUMNS / seconds:,.0f}", aim, how)
    console = Console()
    console.width = max(console.width, 130)
    console.print(table)


if __name__ == "__main__":
    main()
