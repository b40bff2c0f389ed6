"""What a command costs with everything it starts: Java, and the Pythons that Java starts, among them."""

import os
import subprocess
import time
from pathlib import Path

LOOK_SECONDS = 0.25
TICKS = os.sysconf("SC_CLK_TCK")


def run(command: list[str], folder: Path) -> tuple[float, float, float]:
    """CPU seconds and wall seconds of a command with all its processes, and their peak memory in GB.

    The kernel counts a child's time for its parent only when the parent waits for it, as not everybody does;
    so all processes of the command's session are looked at, four times a second. Memory is proportional: what
    processes share is counted once.

    Raises:
        SystemExit: The command failed; it has said why.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, start_new_session=True)
    spent: dict[str, float] = {}
    most = 0
    while process.poll() is None:
        most = max(most, sum(_look(pid, spent) for pid in _session(process.pid)))
        time.sleep(LOOK_SECONDS)
    if process.returncode:
        raise SystemExit(process.returncode)
    return sum(spent.values()), time.perf_counter() - started, most * 1024 / 1e9


def _session(leader: int) -> list[str]:
    names = (path.name for path in Path("/proc").iterdir())
    return [name for name in names if name.isdecimal() and _stat(name, 3) == str(leader)]


def _look(pid: str, spent: dict[str, float]) -> int:
    """Note how much time a process has spent so far; return the kilobytes of memory that are its own."""
    user, system = _stat(pid, 11), _stat(pid, 12)
    if user and system:
        spent[pid] = (int(user) + int(system)) / TICKS
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _stat(pid: str, place: int) -> str:
    """A word of a process's stat after its name, which may hold anything; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()[place]
    except OSError:
        return ""
