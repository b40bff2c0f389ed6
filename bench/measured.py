"""Run a step in a process of its own and say what it cost."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Cost:
    """What a step did and cost; CPU is user and system time of the process and its threads."""

    figures: dict[str, float]
    cpu_seconds: float
    wall_seconds: float
    peak_gb: float


def run(step: str, folder: Path, people: int) -> Cost:
    """Run one step.

    Raises:
        SystemExit: The step failed; it has said why.
    """
    command = [sys.executable, "-m", "bench.steps", step, str(folder), str(people)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None, "the step's output is a pipe"
    said = process.stdout.read()
    # Unlike getrusage(RUSAGE_CHILDREN), this is of the one child: its peak memory is not an earlier one's.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"The step '{step}' failed.")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(json.loads(said), cpu, time.perf_counter() - started, usage.ru_maxrss * 1024 / 1e9)
