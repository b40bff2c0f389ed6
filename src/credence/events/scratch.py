"""Scratch folders: where a piece of work keeps what it is not done with, gone when the work is.

Work that was killed leaves its folder behind, with people's events in it. Whoever works holds a lock on
the folder, which ends with the process, so that folders nobody holds can be told and deleted.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

PLACE = "work"


@contextmanager
def scratch_folder(log_folder: Path) -> Iterator[Path]:
    """A folder for one piece of work."""
    place = log_folder / PLACE
    place.mkdir(exist_ok=True)
    with ExitStack() as holding:
        with held(place, LOCK_SH):
            scratch = Path(mkdtemp(dir=place))
            holding.enter_context(held(scratch, LOCK_EX))
        try:
            yield scratch
        finally:
            rmtree(scratch, ignore_errors=True)


def abandoned(log_folder: Path) -> list[Path]:
    """Scratch folders of work that was killed."""
    place = log_folder / PLACE
    if not place.is_dir():
        return []
    with held(place, LOCK_EX):
        return sorted(folder for folder in place.iterdir() if not _in_use(folder))


def _in_use(folder: Path) -> bool:
    try:
        with held(folder, LOCK_EX | LOCK_NB):
            return False
    except OSError:  # held by its worker, or gone by now
        return True


@contextmanager
def held(path: Path, how: int) -> Iterator[int]:
    """Hold a lock on a folder, which ends with the block or with the process; yield what it is held by.

    A process that is given that holds the lock, too, until it ends.

    Raises:
        BlockingIOError: Somebody else holds it, and `how` says not to wait.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        flock(handle, how)
        yield handle
    finally:
        os.close(handle)
