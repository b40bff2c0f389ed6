"""Upkeep of a log that changes no answer: compacting, checking, backing up; and erasing, which does."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from shutil import copy2, rmtree

import duckdb

from credence.errors import LogDamagedError, LogExistsError, PersonNotFoundError
from credence.events import files
from credence.events.fields import quoted
from credence.events.keys import ERASED, bucket_of
from credence.events.log import EventLog
from credence.events.manifest import KEYS, SEALED, TAIL, Change, LogFile, Progress, silent
from credence.events.scratch import abandoned
from credence.events.sqlite_manifest import SqliteManifest

# How many events are sorted in memory at a time.
ROWS_A_GROUP_OF_BUCKETS = 1_000_000
ORDER = "ORDER BY person_id, occurred_at, event_key"


@dataclass
class Condition:
    """What a check of the log found: damage, and things worth knowing that harm nothing."""

    files: int = 0
    events: int = 0
    damage: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def bucket_groups(log: EventLog, rows_most: int) -> list[range]:
    """Ranges of buckets of about so many events each, so that memory stays the same at any size."""
    buckets = log.manifest.settings.buckets
    events = sum(file.rows for file in log.files())
    groups = min(buckets, max(1, -(-events // rows_most)))
    edges = [buckets * number // groups for number in range(groups + 1)]
    return [range(start, stop) for start, stop in pairwise(edges)]


def compact(log: EventLog, now: datetime, progress: Progress = silent) -> int:
    """Move the tail into sealed files, one a bucket; return how many events were moved.

    The files taken out by it are deleted by the next `compact`, so that a reader may finish with them.

    Raises:
        LogBusyError: Another process held the log for a minute.
    """
    with log.workshop() as (connection, _), log.manifest.changing(now) as change:
        _delete_retired(log, _last_compacted(log))
        _delete_strays(log)
        moved = sum(file.rows for file in log.manifest.files(TAIL))
        change.describe("compact", moved)
        if moved:
            _seal(log, connection, change, progress)
            _merge_keys(log, connection, change)
        else:
            change.cancel()
    return moved


def _last_compacted(log: EventLog) -> int:
    """The snapshot of the last `compact`; none was before the first."""
    return max((one.number for one in log.manifest.snapshots() if one.what == "compact"), default=0)


def _seal(log: EventLog, connection: duckdb.DuckDBPyConnection, change: Change, progress: Progress) -> None:
    groups, before = bucket_groups(log, ROWS_A_GROUP_OF_BUCKETS), log.files()
    for number, buckets in enumerate(groups, start=1):
        for file in _sealed(log, connection, buckets, change.snapshot):
            change.add(file)
        progress(number, len(groups))
    for file in before:
        change.remove(file.path)


def _sealed(
    log: EventLog, connection: duckdb.DuckDBPyConnection, buckets: range, snapshot: int
) -> list[LogFile]:
    """Write the sealed files of a group of buckets from all that the log holds of them."""
    written = {name for file in log.files(buckets) for name in file.columns}
    relation = log.relation([name for name in log.column_types() if name in written], buckets)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE part AS {relation}")
    present = connection.execute("SELECT DISTINCT bucket FROM part ORDER BY bucket").fetchall()
    sealed = []
    for (bucket,) in present:
        query = f"SELECT * FROM part WHERE bucket = {bucket} {ORDER}"
        file = files.write(connection, log.folder, query, SEALED, f"{bucket:04d}-{snapshot:06d}")
        sealed.append(replace(file, bucket=bucket))
    return sealed


def _merge_keys(log: EventLog, connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    keys = log.manifest.files(KEYS)
    if len(keys) > 1:
        rows = f"SELECT event_key, content FROM {files.read(log.folder, keys)} ORDER BY event_key"
        change.add(files.write(connection, log.folder, rows, KEYS, f"{change.snapshot:06d}"))
        for file in keys:
            change.remove(file.path)


def erase(log: EventLog, person_id: str, now: datetime) -> int:
    """Rewrite every file without a person's events, and delete the old copies; return how many went.

    The events' keys stay, without their content, so that a furnisher cannot send them again.

    Raises:
        PersonNotFoundError: The log knows nothing of this person.
        LogBusyError: Another process held the log for a minute.
    """
    with log.workshop() as (connection, _), log.manifest.changing(now) as change:
        _delete_strays(log)
        holding = _holding(log, connection, person_id)
        if not holding:
            raise PersonNotFoundError(person_id, "now")
        count = _erase_from(log, connection, change, person_id, holding)
        change.describe("erase", count)
    _delete_retired(log)
    return count


def _erase_from(
    log: EventLog,
    connection: duckdb.DuckDBPyConnection,
    change: Change,
    person_id: str,
    holding: list[LogFile],
) -> int:
    who = quoted(person_id)
    gone = f"SELECT event_key FROM {files.read(log.folder, holding)} WHERE person_id = {who}"
    connection.execute(f"CREATE TEMP TABLE gone AS {gone}")
    for file in holding:
        rows = f"SELECT * FROM {files.read(log.folder, [file])} WHERE person_id <> {who}"
        _replace(log, connection, change, file, rows)
    for file in log.manifest.files(KEYS):
        erased = f"CASE WHEN event_key IN (FROM gone) THEN {ERASED} ELSE content END AS content"
        rows = f"SELECT event_key, {erased} FROM {files.read(log.folder, [file])}"
        _replace(log, connection, change, file, rows)
    (count,) = connection.execute("SELECT count(*) FROM gone").fetchone() or (0,)
    return int(count)


def _holding(log: EventLog, connection: duckdb.DuckDBPyConnection, person_id: str) -> list[LogFile]:
    bucket = bucket_of(person_id, log.manifest.settings.buckets)
    near = log.files(range(bucket, bucket + 1))
    who = f"bucket = {bucket} AND person_id = {quoted(person_id)}"

    def holds(file: LogFile) -> bool:
        found = f"SELECT 1 FROM {files.read(log.folder, [file])} WHERE {who} LIMIT 1"
        return connection.execute(found).fetchone() is not None

    return [file for file in near if holds(file)]


def _replace(
    log: EventLog, connection: duckdb.DuckDBPyConnection, change: Change, file: LogFile, rows: str
) -> None:
    name = f"{file.bucket:04d}-" if file.bucket is not None else ""
    new = files.write(connection, log.folder, rows, file.role, f"{name}{change.snapshot:06d}")
    change.add(replace(new, bucket=file.bucket))
    change.remove(file.path)


def _delete_retired(log: EventLog, until: int | None = None) -> None:
    """Delete files that were taken out by a snapshot (any, if not said)."""
    retired = log.manifest.retired(until)
    for path in retired:
        (log.folder / path).unlink(missing_ok=True)
    log.manifest.forget(retired)


def _strays(log: EventLog) -> list[str]:
    """What interrupted work left behind; nothing ever saw it."""
    named = {file.path for file in log.manifest.files(TAIL, SEALED, KEYS)} | set(log.manifest.retired())
    found = [path for role in (TAIL, SEALED, KEYS) for path in (log.folder / role).glob("*")]
    paths = [path.relative_to(log.folder).as_posix() for path in (*found, *abandoned(log.folder))]
    return sorted(path for path in paths if path not in named)


def _delete_strays(log: EventLog) -> None:
    """Delete what interrupted work left behind; only inside a change, so that nobody is at work."""
    for path in _strays(log):
        if (log.folder / path).is_dir():
            rmtree(log.folder / path, ignore_errors=True)
        else:
            (log.folder / path).unlink(missing_ok=True)


def check(log: EventLog, progress: Progress = silent) -> Condition:
    """Verify every file against the manifest, and look for corrections whose event is unknown."""
    condition = Condition()
    named = log.manifest.files(TAIL, SEALED, KEYS)
    for number, file in enumerate(named, start=1):
        condition.damage += damage(log.folder, file)
        progress(number, len(named))
    condition.files = len(named)
    condition.events = sum(file.rows for file in named if file.role != KEYS)
    condition.notes += [f"{path} is left from interrupted work; compact removes it." for path in _strays(log)]
    if not condition.damage:
        condition.notes += _dangling(log)
    return condition


def damage(folder: Path, file: LogFile) -> list[str]:
    """What is wrong with a file of a log: nothing, or one sentence."""
    path = folder / file.path
    if not path.is_file():
        return [f"{file.path} is missing."]
    if files.digest(path) != file.sha256:
        return [f"{file.path} is not what was written: its hash differs."]
    return []


def _dangling(log: EventLog) -> list[str]:
    columns = ["person_id", "event_key", "target_key", "furnisher", "event_id"]
    with log.workshop() as (connection, _):
        rows = connection.execute(
            f"WITH events AS ({log.relation(columns)}) SELECT furnisher, event_id FROM events AS mark "
            "WHERE target_key IS NOT NULL AND NOT EXISTS (FROM events WHERE "
            "events.person_id = mark.person_id AND events.event_key = mark.target_key) ORDER BY ALL"
        ).fetchall()
    said = "corrects or marks an event that is not known of this person; it has no effect."
    return [f"{event_id} of {furnisher} {said}" for furnisher, event_id in rows]


def back_up(log: EventLog, folder: Path) -> int:
    """Copy the log as it is now into an empty folder, verified; return how many files were copied.

    The manifest is copied first: what is imported meanwhile is not in it, and its files not in the copy.

    Raises:
        LogExistsError: The folder exists and is not empty.
        LogDamagedError: A file is not what the manifest says.
    """
    if folder.exists() and any(folder.iterdir()):
        raise LogExistsError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    assert isinstance(log.manifest, SqliteManifest), "a server backs up its own manifest"
    log.manifest.copy_to(folder)
    named = SqliteManifest(folder).files(TAIL, SEALED, KEYS)
    for file in named:
        _copy(log.folder, folder, file)
    return len(named)


def _copy(log_folder: Path, folder: Path, file: LogFile) -> None:
    source, target = log_folder / file.path, folder / file.path
    target.parent.mkdir(exist_ok=True)
    if source.is_file():
        copy2(source, target)
        files.sync(target)
    found = damage(folder, file)
    if found:
        raise LogDamagedError(log_folder, found[0])


def restore(backup: Path, folder: Path) -> int:
    """Make a log from a backup, which is itself a whole log; errors as for `back_up`."""
    log = EventLog.open(backup)
    return back_up(log, folder)
