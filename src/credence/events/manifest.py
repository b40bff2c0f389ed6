"""What a manifest of the log must do: say which files make a snapshot, and change that all at once.

The SQLite manifest in the log's folder is one; a server may pass in another.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

TAIL, SEALED, KEYS = "tail", "sealed", "keys"


@dataclass(frozen=True)
class Settings:
    """What is fixed when a log is made: buckets of people, the time zone of its days, the bureau's name."""

    buckets: int = 256
    timezone: str = "UTC"
    bureau: str = "bureau"


@dataclass(frozen=True)
class LogFile:
    """One immutable file of the log; `bucket` only for sealed files, `columns` those it has."""

    path: str
    role: str
    rows: int
    sha256: str
    columns: tuple[str, ...]
    bucket: int | None = None


@dataclass(frozen=True)
class Snapshot:
    """A state of the log: its number, the instant it was made, what made it, rows it added or erased."""

    number: int
    made_at: datetime
    what: str
    rows: int


class Change(Protocol):
    """One change of the manifest, visible all at once or not at all."""

    @property
    def snapshot(self) -> int:
        """The number of the snapshot that this change makes."""
        ...

    @property
    def made_at(self) -> datetime:
        """The instant of the change in UTC, later than that of every earlier snapshot."""
        ...

    def add(self, file: LogFile) -> None:
        """Make a file part of the log."""
        ...

    def remove(self, path: str) -> None:
        """Take a file out of the log."""
        ...

    def cancel(self) -> None:
        """Leave everything as it was when the block ends."""
        ...

    def describe(self, what: str, rows: int) -> None:
        """Say what the change did, for `snapshots`."""
        ...


class Manifest(Protocol):
    """Which files make the log, since when, and what it was made with."""

    @property
    def settings(self) -> Settings:
        """What was fixed when the log was made."""
        ...

    def changing(self, now: datetime) -> AbstractContextManager[Change]:
        """Open a change; it is committed when the block ends and undone when the block raises."""
        ...

    def files(self, *roles: str) -> list[LogFile]:
        """The files that make the log now, oldest first."""
        ...

    def retired(self, until: int | None = None) -> list[str]:
        """Paths of files that were part of the log and are not since a snapshot (any, if not said)."""
        ...

    def forget(self, paths: list[str]) -> None:
        """Forget retired files that have been deleted."""
        ...

    def snapshots(self) -> list[Snapshot]:
        """Every snapshot, oldest first."""
        ...

    def newest(self) -> Snapshot | None:
        """The newest snapshot; None while nothing was ever recorded."""
        ...

    def vocabularies(self) -> list[tuple[str, str]]:
        """Names and texts of the vocabularies users have added."""
        ...

    def add_vocabulary(self, name: str, text: str) -> None:
        """Keep a vocabulary of the user's with the log."""
        ...

    def published(self) -> bool:
        """Whether scores were published from this log, which closes its past."""
        ...

    def publish(self, run: str) -> None:
        """Note a published run."""
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...


Progress = Callable[[int, int], None]


def silent(_done: int, _total: int) -> None:
    """A progress report that nobody reads."""
