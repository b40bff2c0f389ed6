"""The manifest as an SQLite database in the log's folder."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from credence.errors import (
    LogBusyError,
    LogDamagedError,
    LogFormatError,
    LogNotFoundError,
    LogUnwritableError,
)
from credence.events.manifest import Change, LogFile, Settings, Snapshot

FORMAT = 1
NAME = "manifest.sqlite"
# A manifest on its way to being one; a crash may leave it.
DRAFT = "manifest.sqlite.draft"
# How long a second writer waits for the first before it says that the log is busy.
BUSY_SECONDS = 60.0
SCHEMA = """
CREATE TABLE log (format INTEGER, buckets INTEGER, timezone TEXT, bureau TEXT);
CREATE TABLE files (path TEXT PRIMARY KEY, role TEXT, rows INTEGER, sha256 TEXT, columns TEXT,
                    bucket INTEGER, added INTEGER, removed INTEGER);
CREATE TABLE snapshots (number INTEGER PRIMARY KEY, made_at TEXT, what TEXT, rows INTEGER);
CREATE TABLE vocabularies (name TEXT, text TEXT PRIMARY KEY);
CREATE TABLE runs (run TEXT PRIMARY KEY);
"""
# Steps from format n to n + 1; none yet, the first format is current.
UPGRADES: dict[int, str] = {}


@dataclass
class _SqliteChange:
    connection: sqlite3.Connection
    snapshot: int
    made_at: datetime
    what: str = "change"
    rows: int = 0
    cancelled: bool = False

    def add(self, file: LogFile) -> None:
        values = (file.path, file.role, file.rows, file.sha256, " ".join(file.columns), file.bucket)
        statement = "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, NULL)"
        self.connection.execute(statement, (*values, self.snapshot))

    def remove(self, path: str) -> None:
        self.connection.execute("UPDATE files SET removed = ? WHERE path = ?", (self.snapshot, path))

    def cancel(self) -> None:
        self.cancelled = True

    def describe(self, what: str, rows: int) -> None:
        self.what, self.rows = what, rows


class SqliteManifest:
    """The log's manifest in `manifest.sqlite`."""

    def __init__(self, folder: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open the manifest of an existing log.

        Args:
            folder: The log's folder.
            busy_seconds: How long to wait for another writer.

        Raises:
            LogNotFoundError: The folder has no manifest.
            LogFormatError: The manifest has another format.
            LogDamagedError: The manifest cannot be read.
        """
        self._folder = folder
        self._connection, (found, *settings) = _opened(folder, busy_seconds)
        if found != FORMAT:
            self._connection.close()
            raise LogFormatError(folder, found, FORMAT)
        self.settings = Settings(*settings)
        self._state: tuple[int, int] | None = None
        self._known: dict[tuple[str, ...], list[LogFile]] = {}

    @classmethod
    def create(cls, folder: Path, settings: Settings) -> "SqliteManifest":
        """Make the manifest of a new log; a crash on the way leaves none."""
        draft = folder / DRAFT
        draft.unlink(missing_ok=True)
        connection = sqlite3.connect(draft, isolation_level=None)
        row = (FORMAT, settings.buckets, settings.timezone, settings.bureau)
        connection.executescript(SCHEMA)
        connection.execute("INSERT INTO log VALUES (?, ?, ?, ?)", row)
        connection.close()
        draft.rename(folder / NAME)
        return cls(folder)

    @contextmanager
    def changing(self, now: datetime) -> Iterator[Change]:
        """Open a change, alone among writers.

        Raises:
            LogBusyError: Another process held the log for a minute.
        """
        with self._writing():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            change = self._next(now)
            yield change
            row = (change.snapshot, change.made_at.isoformat(), change.what, change.rows)
            self._connection.execute("INSERT INTO snapshots VALUES (?, ?, ?, ?)", row)
            with self._writing():
                self._connection.execute("ROLLBACK" if change.cancelled else "COMMIT")
        except BaseException:
            self._connection.rollback()
            raise
        finally:
            # What was undone was counted as a change all the same: look again.
            self._state = None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise LogBusyError(self._folder) from None
            raise LogUnwritableError(self._folder, str(error)) from None

    def _next(self, now: datetime) -> _SqliteChange:
        made_at = now.astimezone(UTC).replace(tzinfo=None)
        last = self.newest()
        if last:
            made_at = max(made_at, last.made_at + timedelta(microseconds=1))
        return _SqliteChange(self._connection, last.number + 1 if last else 1, made_at)

    def files(self, *roles: str) -> list[LogFile]:
        """The files that make the log now, oldest first; read again only when anything has changed."""
        (others,) = self._connection.execute("PRAGMA data_version").fetchone()
        state = others, self._connection.total_changes
        if state != self._state:
            self._state, self._known = state, {}
        if roles not in self._known:
            self._known[roles] = self._files(*roles)
        return list(self._known[roles])

    def _files(self, *roles: str) -> list[LogFile]:
        marks = ", ".join("?" * len(roles))
        found = self._connection.execute(
            "SELECT path, role, rows, sha256, bucket, columns FROM files "
            f"WHERE removed IS NULL AND role IN ({marks}) ORDER BY added, path",
            roles,
        )
        return [
            LogFile(path, role, rows, sha256, tuple(columns.split()), bucket)
            for path, role, rows, sha256, bucket, columns in found
        ]

    def retired(self, until: int | None = None) -> list[str]:
        """Paths of files that were part of the log and are not since a snapshot (any, if not said)."""
        query = "SELECT path FROM files WHERE removed <= coalesce(?, removed)"
        rows = self._connection.execute(query, (until,))
        return [path for (path,) in rows]

    def forget(self, paths: list[str]) -> None:
        """Forget retired files that have been deleted."""
        rows = [(path,) for path in paths]
        with self._writing():
            self._connection.executemany("DELETE FROM files WHERE path = ? AND removed IS NOT NULL", rows)

    def snapshots(self) -> list[Snapshot]:
        """Every snapshot, oldest first."""
        rows = self._connection.execute("SELECT * FROM snapshots ORDER BY number")
        return [_snapshot(row) for row in rows]

    def newest(self) -> Snapshot | None:
        """The newest snapshot; None while nothing was ever recorded."""
        rows = self._connection.execute("SELECT * FROM snapshots ORDER BY number DESC LIMIT 1")
        return next((_snapshot(row) for row in rows), None)

    def vocabularies(self) -> list[tuple[str, str]]:
        """Names and texts of the vocabularies users have added."""
        return self._connection.execute("SELECT name, text FROM vocabularies ORDER BY rowid").fetchall()

    def add_vocabulary(self, name: str, text: str) -> None:
        """Keep a vocabulary of the user's with the log; every text ever added stays, whatever its name."""
        with self._writing():
            self._connection.execute("INSERT OR IGNORE INTO vocabularies VALUES (?, ?)", (name, text))

    def published(self) -> bool:
        """Whether scores were published from this log, which closes its past."""
        return bool(self._connection.execute("SELECT count(*) FROM runs").fetchone()[0])

    def publish(self, run: str) -> None:
        """Note a published run."""
        with self._writing():
            self._connection.execute("INSERT OR IGNORE INTO runs VALUES (?)", (run,))

    def copy_to(self, folder: Path) -> None:
        """Write a consistent copy of the manifest into another folder."""
        with sqlite3.connect(folder / NAME) as target:
            self._connection.backup(target)
        target.close()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    number, made_at, what, rows = row
    return Snapshot(number, datetime.fromisoformat(made_at), what, rows)


def upgrade(folder: Path, steps: dict[int, str] | None = None, current: int = FORMAT) -> int:
    """Bring an older log's manifest to the current format, in one transaction.

    Returns:
        The format found.

    Raises:
        LogNotFoundError: The folder has no manifest.
        LogFormatError: The log is newer than this version.
        LogDamagedError: The manifest cannot be read.
    """
    connection, (found, *_) = _opened(folder, BUSY_SECONDS)
    if found > current:
        connection.close()
        raise LogFormatError(folder, found, current)
    script = "".join((steps or UPGRADES)[number] for number in range(found, current))
    connection.executescript(f"BEGIN IMMEDIATE; {script} UPDATE log SET format = {current}; COMMIT;")
    connection.close()
    return int(found)


def _opened(folder: Path, busy_seconds: float) -> tuple[sqlite3.Connection, list[Any]]:
    """A connection, with the log's format and settings."""
    if not (folder / NAME).is_file():
        raise LogNotFoundError(folder)
    connection = sqlite3.connect(folder / NAME, timeout=busy_seconds, isolation_level=None)
    try:
        # FULL: a commit is on the disk before the import is acknowledged.
        connection.execute("PRAGMA synchronous = FULL")
        row = connection.execute("SELECT format, buckets, timezone, bureau FROM log").fetchone()
        return connection, list(row)
    except (sqlite3.DatabaseError, TypeError):
        connection.close()
        raise LogDamagedError(folder, "its manifest cannot be read.") from None
