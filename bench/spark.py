"""A run on one machine, by Spark, and in Spark SQL: `python -m bench.spark --people 50000`.

All of them score the same log with the same scorecard and two cores; every column of every row is compared.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from bench import measured, tree
from bench.measured import ROOT
from credence.engines.buckets import SCORES
from credence.scorecards.load import load_scorecard

MASTER = "local[2]"
WAYS = {
    "scan": "a bare scan: max(hash()) of the columns that are read",
    "local": "the tasks of a run, one after another on two cores",
    "buckets": f"the same tasks handed out by Spark, {MASTER}",
    "sql": f"the statement of `credence scorecards sql --dialect spark` in Spark SQL, {MASTER}",
}
SCORECARD = Path(__file__).with_name("scorecard.yaml")


def main() -> None:
    """Make a log unless one is given, score it in every way, and print what each cost."""
    options = _options()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="bench-spark-", dir=options.dir))
    try:
        for step in () if options.folder else ("make", "import", "compact"):
            print(f"{options.people:,} people: {step}", flush=True)
            measured.run(step, folder, options.people)
        costs = {}
        for way in WAYS:
            print(f"{options.people:,} people: {way}", flush=True)
            costs[way] = _way(way, folder, options.tasks)
        _show(costs, {way: _differing(folder, way) for way in ("buckets", "sql")})
    finally:
        shutil.rmtree(folder / "ways" if options.folder else folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.spark", description="Measure runs by Spark.")
    parser.add_argument("--people", type=int, default=50_000, help="how many people")
    parser.add_argument("--tasks", type=int, default=4, help="into how many tasks the run is cut at least")
    parser.add_argument("--dir", type=Path, help="where work files go (about 10 GB for 1,000,000 people)")
    parser.add_argument("--folder", type=Path, help="a folder in which bench.steps has made a log of so many")
    return parser.parse_args()


def _way(way: str, folder: Path, tasks: int) -> tuple[float, float, float]:
    if way == "scan":
        command = [sys.executable, "-m", "bench.steps", "scan", str(folder), "0"]
    else:
        command = [sys.executable, "-m", "bench.spark_ways", way, str(folder), str(tasks), MASTER]
    return tree.run(command, ROOT)


def _differing(folder: Path, way: str) -> int:
    """Rows of which any column differs from those of the run on one machine, both ways round."""
    name = load_scorecard(SCORECARD).name
    here, there = (
        # The tables of a lakehouse have no snapshots.
        f"SELECT * EXCLUDE (snapshot) FROM '{folder}/ways/{of}/{SCORES}/{name}/*.parquet'"
        for of in ("local", way)
    )
    query = f"SELECT count(*) FROM (({here} EXCEPT ALL {there}) UNION ALL ({there} EXCEPT ALL {here}))"
    row = duckdb.execute(query).fetchone()
    assert row is not None, "a count is one row"
    assert duckdb.execute(f"SELECT count(*) FROM ({there})").fetchone() != (0,), "somebody was scored"
    return int(row[0])


def _show(costs: dict[str, tuple[float, float, float]], differing: dict[str, int]) -> None:
    table = Table("Way", "CPU-s", "Times scan", "Times local", "Wall s", "Peak GB", "Rows differing")
    for way, (cpu, wall, memory) in costs.items():
        ratios = [f"{cpu / costs[other][0]:.1f}" for other in ("scan", "local")]
        table.add_row(way, f"{cpu:.1f}", *ratios, f"{wall:.1f}", f"{memory:.2f}", str(differing.get(way, "")))
    console = Console()
    console.width = max(console.width, 100)
    console.print(table)
    for way, what in WAYS.items():
        console.print(f"{way}: {what}")


if __name__ == "__main__":
    main()
