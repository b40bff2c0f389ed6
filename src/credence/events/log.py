"""The event log: everything that was ever recorded, append-only, in Parquet files by person bucket.

An import lands in the *tail* (a file for a batch, small ones merged); `compact` moves the tail into *sealed*
files, one per bucket, sorted by person. A manifest says which files make the log; readers only ever see
what it names, so half a file is never visible.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

import duckdb

from credence.errors import LogDamagedError, LogExistsError, LogUnwritableError, MomentError
from credence.events import vocabulary as vocabularies
from credence.events.fields import quoted, type_of
from credence.events.intake import EVENT_COLUMNS
from credence.events.keys import bucket_of
from credence.events.manifest import SEALED, TAIL, LogFile, Manifest, Settings, Snapshot
from credence.events.recent import Recent
from credence.events.scratch import scratch_folder
from credence.events.sqlite_manifest import DRAFT, SqliteManifest
from credence.events.vocabulary import Vocabulary

Event = dict[str, object]
SETTINGS = "SET TimeZone = 'UTC'; SET enable_progress_bar = false"


@dataclass
class EventLog:
    """An event log in a folder; make one with `EventLog.open` or `EventLog.create`."""

    folder: Path
    manifest: Manifest
    vocabulary: Vocabulary
    _reader: duckdb.DuckDBPyConnection | None = None
    _recent: Recent = field(default_factory=Recent)

    @classmethod
    def create(cls, folder: Path | str, settings: Settings | None = None) -> "EventLog":
        """Make an empty log.

        Raises:
            LogExistsError: The folder exists and is not empty.
            MomentError: The time zone is unknown.
        """
        folder, settings = Path(folder), settings or Settings()
        if folder.exists() and any(path.name != DRAFT for path in folder.iterdir()):
            raise LogExistsError(folder)
        check_zone(settings.timezone)
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder, SqliteManifest.create(folder, settings), vocabularies.shipped())

    @classmethod
    def open(cls, folder: Path | str, manifest: Manifest | None = None) -> "EventLog":
        """Open a log; its manifest is the SQLite one in the folder unless another is passed in.

        Raises:
            LogNotFoundError: There is no log in the folder.
            LogFormatError: The log has another format.
            LogDamagedError: Its manifest cannot be read.
        """
        folder = Path(folder)
        manifest = manifest or SqliteManifest(folder)
        words = vocabularies.shipped()
        for name, text in manifest.vocabularies():
            words = vocabularies.extended_by_text(words, text, name)
        return cls(folder, manifest, words)

    def beside(self) -> "EventLog":
        """The same log for another thread, which closes it: to open it so costs a fiftieth."""
        other = EventLog.open(self.folder)
        reader = self.reader().cursor()
        return EventLog(other.folder, other.manifest, other.vocabulary, reader, self._recent)

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest snapshot; None while nothing was ever recorded."""
        return self.manifest.newest()

    def add_vocabulary(self, path: Path) -> None:
        """Add a user's own kinds to the log, for good.

        Raises:
            DefinitionError: The file has faults, or contradicts the vocabulary the log has.
        """
        self.vocabulary = vocabularies.extended(self.vocabulary, path)
        self.manifest.add_vocabulary(path.name, path.read_text(encoding="utf-8"))

    def relation(self, columns: list[str] | None = None, buckets: range | None = None) -> str:
        """The log's events as SQL over its files; columns that no file has are NULL.

        Args:
            columns: Which columns; all of the vocabulary by default.
            buckets: Only people of these buckets.
        """
        chosen = self.files(buckets)
        written = {name for file in chosen for name in file.columns}
        types = self.column_types()
        wanted = columns or list(types)
        parts = [name if name in written else f"CAST(NULL AS {types[name]}) AS {name}" for name in wanted]
        if not chosen:
            return f"SELECT {', '.join(parts)} WHERE false"
        paths = ", ".join(quoted(str(self.folder / file.path)) for file in chosen)
        which = f" WHERE bucket BETWEEN {buckets.start} AND {buckets.stop - 1}" if buckets is not None else ""
        # One file, as one person's is once it is sealed, need not be compared with others: half the time.
        by_name = ", union_by_name = true" if len(chosen) > 1 else ""
        return f"SELECT {', '.join(parts)} FROM read_parquet([{paths}]{by_name}){which}"

    def files(self, buckets: range | None = None) -> list[LogFile]:
        """The files of events that may hold people of these buckets (all by default), oldest first."""
        named = self.manifest.files(TAIL, SEALED)
        return [f for f in named if buckets is None or f.bucket is None or f.bucket in buckets]

    def column_types(self) -> dict[str, str]:
        """Every column an event may have, with its SQL type."""
        fields = {name: type_of(field).sql for name, field in self.vocabulary.fields.items()}
        return EVENT_COLUMNS | fields

    def events_of(self, person_id: str, known_at: datetime | None = None) -> list[Event]:
        """Everything recorded about one person by an instant (now, if not said), oldest first.

        Columns that say nothing are left out of an event.

        Raises:
            LogDamagedError: A file of the log is missing or not whole.
        """
        newest = self.manifest.newest()
        number = newest.number if newest else None
        events = self._recent.of(person_id, number, lambda: self._read(person_id))
        if known_at is None:
            return events
        known_at = known_at.astimezone(UTC).replace(tzinfo=None) if known_at.tzinfo else known_at
        return [event for event in events if event["recorded_at"] <= known_at]  # type: ignore[operator]

    def _read(self, person_id: str) -> list[Event]:
        bucket = bucket_of(person_id, self.manifest.settings.buckets)
        near = range(bucket, bucket + 1)
        written = {name for file in self.files(near) for name in file.columns}
        relation = self.relation([name for name in self.column_types() if name in written], near)
        try:
            cursor = self.reader().execute(f"SELECT * FROM ({relation}) WHERE person_id = ?", [person_id])
            names = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchall()
        except duckdb.Error:
            raise LogDamagedError(self.folder, "a file of events is missing or not whole.") from None
        # Sorted here: for so few rows it would be a fifth of DuckDB's time.
        rows.sort(key=itemgetter(names.index("occurred_at"), names.index("event_key")))
        events = (zip(names, row, strict=True) for row in rows)
        return [{name: value for name, value in event if value is not None} for event in events]

    def reader(self) -> duckdb.DuckDBPyConnection:
        """A connection for small reads, kept open and shared."""
        if self._reader is None:
            self._reader = connect()
            # For all cursors of it, too; where in files what lies is remembered.
            self._reader.execute("SET GLOBAL TimeZone = 'UTC'; SET GLOBAL parquet_metadata_cache = true")
            self._reader.execute("SET threads = 1")
        return self._reader

    def close(self) -> None:
        """Let go of what is held open; the log is not used any more."""
        if self._reader is not None:
            self._reader.close()
        self.manifest.close()

    @contextmanager
    def workshop(self) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
        """A connection and a scratch folder for one piece of work, gone afterwards.

        Raises:
            LogUnwritableError: The disk is full.
        """
        try:
            with scratch_folder(self.folder) as scratch, connect(scratch) as connection:
                # Files are read several times over, a group of buckets at a time; what lies where is kept.
                connection.execute("SET parquet_metadata_cache = true")
                yield connection, scratch
        except duckdb.IOException as error:
            why = os.strerror(errno.ENOSPC)
            if why not in str(error):
                raise
            raise LogUnwritableError(self.folder, why) from None


def connect(scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection that counts in UTC; with a scratch folder its tables may outgrow memory."""
    connection = duckdb.connect(str(scratch / "scratch.duckdb") if scratch else ":memory:")
    connection.execute(SETTINGS)
    return connection


def check_zone(name: str) -> None:
    """Make sure that a time zone is known.

    Raises:
        MomentError: There is no such time zone.
    """
    with connect() as connection:
        known = connection.execute("SELECT 1 FROM pg_timezone_names() WHERE name = ?", [name]).fetchone()
    what, form = "The time zone", "its name, like Europe/Prague"
    if known is None:
        raise MomentError(what, name, form)
