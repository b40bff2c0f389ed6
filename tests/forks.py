"""Processes for tests that kill them: forked from one that has imported Credence, each begins at once."""

import os
import sys
from contextlib import redirect_stdout
from multiprocessing import get_context
from pathlib import Path

from credence.cli import main

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["credence.cli", "credence.runs.run"])


def command(words: list[str], folder: Path, out: Path) -> None:
    """Run a command in a folder; what it says goes into a named pipe."""
    os.chdir(folder)
    sys.argv = ["credence", *words]
    with out.open("w", encoding="utf-8") as said, redirect_stdout(said):
        main()
