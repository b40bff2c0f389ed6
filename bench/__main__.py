"""Benchmarks of the log, the engines, flat tables, policies and plans: `make bench ARGS="--people 5000"`."""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import measured, report, steps

PEOPLE = (100_000, 1_000_000)
# Each of these can be run by itself: `python -m bench.flat`.
OTHERS = (
    "bench.flat",
    "bench.policies",
    "bench.what_if",
    "bench.spark",
    "bench.server_intake",
    "bench.server_reads",
    "bench.server_decisions",
    "bench.server_pages",
    "bench.training",
    "bench.server_publishing",
)


def main() -> None:
    """Measure each size asked for, smallest first."""
    options = _options()
    for people in sorted(options.people):
        folder = Path(tempfile.mkdtemp(prefix=f"bench-{people}-", dir=options.dir))
        try:
            costs = {step: _step(step, folder, people) for step in steps.STEPS}
            report.show(people, costs["import"].figures["accepted"], report.lines(people, costs))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    for module in OTHERS:
        print(f"\n{module}", flush=True)
        subprocess.run([sys.executable, "-m", module], check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the log and the engines.")
    parser.add_argument("--people", type=int, nargs="+", default=PEOPLE, help="how many people, for each run")
    parser.add_argument("--dir", type=Path, help="where work files go (about 10 GB for 1,000,000 people)")
    return parser.parse_args()


def _step(step: str, folder: Path, people: int) -> measured.Cost:
    print(f"{people:,} people: {step}", flush=True)
    return measured.run(step, folder, people)


if __name__ == "__main__":
    main()
