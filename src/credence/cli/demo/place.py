"""The folder of a demonstration: what was made in it, of what, and how it was at the beginning."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import msgspec

import credence
from credence.errors import BureauRunningError, LogExistsError
from credence.events.calendar import add_months

MARKER, MADE = "made-by-credence-demo", "made.json"
# How pages look changes nothing that was made.
LOOKS = ("server/web", "server/api")
SCORED_ON = 6
# The database is copied by PostgreSQL itself.
DATABASE = "postgres*"
# What every command over a bureau's folder takes.
LOCK = "postgres.lock"


@dataclass(frozen=True)
class Key:
    """Of what something was made: another key, another town.

    Attributes:
        version: The hash of the code that makes it.
        people: How many people there are beside those with a story.
        seed: Which town.
        last_day: The day before which everything happened, on which the newest month was scored.
    """

    version: str
    people: int
    seed: int
    last_day: date


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes:
        key: Of what.
        seats: Who is who in it: kind and id by name.
        known_as: By which ids the car rental knows those who hire its cars.
    """

    key: Key
    seats: dict[str, tuple[str, str]]
    known_as: dict[str, str]


@dataclass(frozen=True)
class Place:
    """The folder of a demonstration."""

    folder: Path

    @property
    def bureau(self) -> Path:
        """The folder of the bureau: its log, its runs, its keys, its database."""
        return self.folder / "bureau"

    @property
    def start(self) -> Path:
        """The same without the database, as it was at the beginning."""
        return self.folder / "start"

    @property
    def town(self) -> Path:
        """The town's files, the truth of which no bureau knows among them."""
        return self.folder / "town"

    @property
    def halfway(self) -> Path:
        """Is there while everything is put back as it was at the beginning."""
        return self.folder / "halfway"

    def claim(self) -> None:
        """Take the folder: one that is empty or not there, or that an earlier demonstration made.

        Raises:
            LogExistsError: Something else is in it.
        """
        if self.folder.exists() and any(self.folder.iterdir()) and not (self.folder / MARKER).exists():
            raise LogExistsError(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / MARKER).touch()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be alone with the bureau of this folder.

        Raises:
            BureauRunningError: Somebody else runs it.
        """
        self.bureau.mkdir(exist_ok=True)
        with (self.bureau / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BureauRunningError(self.folder) from None
            yield

    def made(self, key: Key) -> Made | None:
        """What was made of this key, whole; None for anything else."""
        try:
            made = msgspec.json.decode((self.folder / MADE).read_bytes(), type=Made)
        except (OSError, msgspec.MsgspecError):
            return None
        return made if made.key == key else None

    def clear(self) -> None:
        """Take away what was made before, but for the database; the rest of the folder stays."""
        (self.folder / MADE).unlink(missing_ok=True)
        self.halfway.unlink(missing_ok=True)
        for folder in (self.start, self.town):
            shutil.rmtree(folder, ignore_errors=True)
        self._empty()

    def keep(self, made: Made) -> None:
        """Keep the bureau's files as they are for later resets, and last of all say that they are whole."""
        shutil.copytree(self.bureau, self.start, ignore=shutil.ignore_patterns(DATABASE))
        (self.folder / MADE).write_bytes(msgspec.json.encode(made))

    def restore(self) -> None:
        """Put the bureau's files back as they were at the beginning."""
        self._empty()
        shutil.copytree(self.start, self.bureau, dirs_exist_ok=True)

    def _empty(self) -> None:
        """Take away the bureau's files; its database stays."""
        self.bureau.mkdir(exist_ok=True)
        stays = {path.name for path in self.bureau.glob(DATABASE)}
        for path in self.bureau.iterdir():
            if path.name not in stays:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def key_of(today: date, people: int, seed: int) -> Key:
    """The key of what is made on a day: a town has its newest scores on the last sixth of a month."""
    last = today.replace(day=SCORED_ON)
    return Key(version(), people, seed, last if last <= today else add_months(last, -1))


def version() -> str:
    """The hash of the code that makes a town and its bureau, whose jobs are queued by another package."""
    found, root = sha256(metadata.version("procrastinate").encode()), Path(credence.__file__).parent
    for folder, below, files in os.walk(root):
        within = Path(folder).relative_to(root).as_posix()
        below[:] = sorted(name for name in below if name != "__pycache__" and f"{within}/{name}" not in LOOKS)
        for name in sorted(files):
            found.update(f"{within}/{name}".encode())
            found.update(Path(folder, name).read_bytes())
    return found.hexdigest()
