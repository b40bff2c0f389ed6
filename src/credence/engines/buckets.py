"""One piece of a run: everybody in some person buckets, scored with every scorecard, in DuckDB.

A task is plain data that can be sent to another machine: which files to read, what to ask of them, and
where the results go. Carrying it out twice gives the same files.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex

import duckdb
import msgspec

from credence.engines.duckdb import Slice, ask, copy, gather, gathered, look_at
from credence.engines.moment import Moment
from credence.engines.sql.compile import Parts, Sources
from credence.errors import LogDamagedError
from credence.events import files
from credence.events.calendar import add_months
from credence.events.fields import quoted
from credence.events.log import connect
from credence.events.manifest import LogFile
from credence.events.upkeep import damage

PARTS, SCORES = "parts", "scores"


@dataclass(frozen=True)
class Pass:
    """Scorecards that share one pass over the events.

    Attributes:
        parts: The statements.
        folders: For each scorecard, the folder below `scores` where its scores go.
        people: The table of people that they look at, typed and with buckets; None for none.
    """

    parts: Parts
    folders: tuple[str, ...]
    people: Path | None = None


@dataclass(frozen=True)
class Task:
    """What is to be done, complete.

    Attributes:
        number: Its number in the run, from 0.
        draft: The folder of the run on its way; scores go to `scores` in it, receipts to `parts`.
        log: The folder of the log.
        moment: The moment of the run.
        slices: The buckets, in groups that are looked at together.
        files: The files that are read, to be compared with their hashes first.
        passes: The scorecards.
    """

    number: int
    draft: Path
    log: Path
    moment: Moment
    slices: tuple[Slice, ...]
    files: tuple[LogFile, ...]
    passes: tuple[Pass, ...]

    @property
    def receipt(self) -> Path:
        """The file that says that the task is done; written last."""
        return self.draft / PARTS / f"{self.number:05d}.json"


@dataclass(frozen=True)
class Written:
    """A file of scores: its path below `scores`, its rows, its SHA-256."""

    path: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Sent:
    """What one furnisher's events of some buckets are: see `runs.report.model.Furnisher`."""

    furnisher: str
    events: int
    last_occurred_on: date | None
    last_recorded_at: datetime
    month: int
    month_before: int


@dataclass(frozen=True)
class Done:
    """What a task did: its number, the files of scores, what furnishers sent."""

    number: int
    files: tuple[Written, ...]
    sent: tuple[Sent, ...]


def evaluate(task: Task, scratch: Path, threads: int | None = None) -> Done:
    """Carry out a task; what it wrote is on the disk when this returns.

    Args:
        task: What to do.
        scratch: A folder of its own for what is not kept.
        threads: How many threads DuckDB may use; all cores by default.

    Raises:
        LogDamagedError: A file of the log is missing, or is not what was written.
        EngineError: DuckDB could not carry out a step.
    """
    for file in task.files:
        for sentence in damage(task.log, file):
            raise LogDamagedError(task.log, sentence)
    with connect(scratch) as connection:
        connection.execute("SET parquet_metadata_cache = true")
        if threads is not None:
            connection.execute(f"SET threads = {threads}")
        written = [file for one in task.passes for file in _scored(connection, task, one, scratch)]
        done = Done(task.number, tuple(written), tuple(_sent(connection, task)))
    files.write_whole(task.receipt, msgspec.json.encode(done))
    return done


def receipt(task: Task) -> Done | None:
    """What a task did if it is done, and everything is still as it was written; else None."""
    try:
        done = msgspec.json.decode(task.receipt.read_bytes(), type=Done)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    whole = all(_is_whole(task.draft / SCORES, file) for file in done.files)
    return done if whole else None


def _is_whole(scores: Path, file: Written) -> bool:
    path = scores / file.path
    return path.is_file() and files.digest(path) == file.sha256


def _scored(connection: duckdb.DuckDBPyConnection, task: Task, one: Pass, scratch: Path) -> list[Written]:
    """Everybody's scores, gathered slice by slice and then scored together."""
    sources = Sources(people_table=one.people is not None)
    if one.people is not None:
        people = f"SELECT * FROM read_parquet({quoted(str(one.people))})"
        connection.execute(f"CREATE OR REPLACE TEMP VIEW all_people AS {people}")
    for number, part in enumerate(task.slices):
        look_at(connection, task.log, part, sources)
        gather(connection, one.parts, scratch / f"{number:05d}.part")
    gathered(connection, scratch)
    return [
        _write(connection, task, query, folder)
        for query, folder in zip(one.parts.scored, one.folders, strict=True)
    ]


def _write(connection: duckdb.DuckDBPyConnection, task: Task, query: str, folder: str) -> Written:
    """Write scores under another name, then give them theirs: another copy of the task may do the same."""
    path = f"{folder}/{task.number:05d}.parquet"
    target = task.draft / SCORES / path
    draft = target.with_name(f".{target.name}.{token_hex(4)}")
    rows = copy(connection, query, draft)
    files.sync(draft)
    sha256 = files.digest(draft)
    draft.rename(target)
    files.sync(target.parent)
    return Written(path, rows, sha256)


def _sent(connection: duckdb.DuckDBPyConnection, task: Task) -> list[Sent]:
    """What each furnisher sent of the task's people, as known at the moment."""
    as_of = task.moment.as_of
    month, before = (f"DATE '{add_months(as_of, -months)}'" for months in (1, 2))
    known = f"recorded_at <= TIMESTAMP '{task.moment.known_at}' AND batch <= {task.moment.snapshot or 0}"
    slices = " UNION ALL ".join(
        f"SELECT furnisher, occurred_on, recorded_at FROM ({part.events}) WHERE {known}"
        for part in task.slices
    )
    past = f"occurred_on < DATE '{as_of}'"
    rows = ask(
        connection,
        f"SELECT furnisher, count(*), max(occurred_on) FILTER ({past}), max(recorded_at), "
        f"count(*) FILTER ({past} AND occurred_on >= {month}), "
        f"count(*) FILTER (occurred_on >= {before} AND occurred_on < {month}) "
        f"FROM ({slices}) GROUP BY furnisher ORDER BY furnisher",
    )
    return [Sent(*row) for row in rows]
