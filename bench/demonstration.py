"""A demonstration that is opened for measurements and pictures, and ended."""

import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Demonstration:
    """Where it is, and the process that serves its pages."""

    address: str
    process: int


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """A demonstration on a free port, over a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="credence-shown-") as folder:
        Path(folder).chmod(0o755)
        program = Path(sys.executable).with_name("credence")
        command = [str(program), "demo", "--dir", f"{folder}/demo", "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            lines = iter(running.stdout.readline, "")
            found = next(found for line in lines if (found := re.match(r"  (http\S+)/demo$", line)))
            try:
                yield Demonstration(found[1], running.pid)
            finally:
                running.send_signal(signal.SIGINT)
