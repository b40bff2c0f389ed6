"""Imports: rows of a file become acknowledged batches of the log, a chunk at a time.

A chunk is checked without holding the log; then, alone among writers, it is compared with every
(furnisher, event_id) ever recorded, written, and acknowledged by the manifest's commit.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from credence.errors import BackfillError, IntakeError
from credence.events import files, sources
from credence.events.corrections import Check
from credence.events.fields import quoted
from credence.events.intake import EVENT_COLUMNS, Intake
from credence.events.log import EventLog, check_zone
from credence.events.manifest import KEYS, TAIL, Change, Progress, silent
from credence.events.vocabulary import COMMON_COLUMNS

ROWS_A_CHUNK = 1_000_000
# A reject report shows where to look; a file of nothing but rejects does not need every row twice.
ERASED = 0


@dataclass(frozen=True)
class Receipt:
    """What became of one chunk of rows; the batch's number is the snapshot it made (None: nothing new)."""

    batch: int | None
    accepted: int
    repeated: int
    conflicts: int
    rejected: int


@dataclass
class ImportReport:
    """What became of an import: its receipts, and where the rejects are written, if there are any."""

    receipts: list[Receipt] = field(default_factory=list)
    torn: int = 0
    rejects: Path | None = None
    sentences: list[tuple[str, str, int, int]] = field(default_factory=list)

    def total(self, name: str) -> int:
        """The sum of one count over all receipts."""
        return sum(int(getattr(receipt, name)) for receipt in self.receipts)


@dataclass(frozen=True)
class ImportOptions:
    """How a file is imported.

    Attributes:
        timezone: The zone of times written without an offset; without it they are refused.
        backfill: Rows carry their own recorded_at.
        rejects: Where refused rows are told, if there are any.
        rows_a_batch: How many rows are acknowledged at a time.
    """

    timezone: str | None = None
    backfill: bool = False
    rejects: Path | None = None
    rows_a_batch: int = ROWS_A_CHUNK


Acknowledge = Callable[[Receipt], None]
Stage = Callable[[duckdb.DuckDBPyConnection, Path], None]


def import_file(
    log: EventLog,
    path: Path,
    now: datetime,
    options: ImportOptions | None = None,
    acknowledge: Acknowledge | None = None,
    progress: Progress = silent,
) -> ImportReport:
    """Import a file of events; each batch is safe on the disk when it is acknowledged.

    Args:
        log: The log.
        path: A CSV, JSON lines or Parquet file.
        now: The instant to record, with its time zone.
        options: How to read the file.
        acknowledge: Told of each batch once it is safe.
        progress: Told of rows done and rows in all.

    Raises:
        SourceNotFoundError: There is no such file.
        IntakeError: The file cannot be read as a table of events at all.
        BackfillError: Scores were published from this log already.
        LogBusyError: Another process held the log for a minute.
    """
    intake = intake_of(log, now, options or ImportOptions())

    def stage(connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        sources.stage(connection, path, intake.columns(), scratch, intake.kept())

    try:
        return import_staged(log, intake, stage, now, (options or ImportOptions(), acknowledge, progress))
    except duckdb.Error:
        sentence = "its rows cannot be read to the end. Batches acknowledged before are safe."
        raise IntakeError(path, sentence) from None


def import_rows(log: EventLog, rows: list[dict[str, object]], now: datetime) -> ImportReport:
    """Import rows handed over in Python, each a mapping of columns to values; errors as for a file."""
    intake = intake_of(log, now, ImportOptions())

    def stage(connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        sources.write_lines(rows, scratch / "rows.jsonl")
        sources.stage(connection, scratch / "rows.jsonl", intake.columns(), scratch)

    return import_staged(log, intake, stage, now, (ImportOptions(), None, silent))


def intake_of(log: EventLog, now: datetime, options: ImportOptions) -> Intake:
    """How rows of this import are read and checked; errors as for `import_file`."""
    if options.timezone:
        check_zone(options.timezone)
    if options.backfill and log.manifest.published():
        raise BackfillError(log.folder)
    recorded_at = now.astimezone(UTC).replace(tzinfo=None).isoformat()
    return Intake(log.vocabulary, log.manifest.settings, recorded_at, options.timezone, options.backfill)


def import_staged(
    log: EventLog,
    intake: Intake,
    stage: Stage,
    now: datetime,
    how: tuple[ImportOptions, Acknowledge | None, Progress],
) -> ImportReport:
    """Import whatever `stage` puts into the table `staged`."""
    options, acknowledge, progress = how
    report = ImportReport()
    with log.workshop() as (connection, scratch):
        stage(connection, scratch)
        report.torn = _count(connection, "rejects")
        (last,) = connection.execute("SELECT coalesce(max(row), 0) FROM staged").fetchone() or (0,)
        chunk = _Chunk(log, intake, connection, options.rows_a_batch)
        for start in range(1, last + 1, options.rows_a_batch):
            receipt = chunk.take(start, now)
            report.receipts.append(receipt)
            if acknowledge:
                acknowledge(receipt)
            progress(min(start + options.rows_a_batch - 1, last), last)
        report.sentences = _sentences(connection)
        if report.sentences and options.rejects:
            report.rejects = options.rejects
            _write_rejects(connection, options.rejects)
    return report


@dataclass
class _Chunk:
    log: EventLog
    intake: Intake
    connection: duckdb.DuckDBPyConnection
    rows: int
    present: dict[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    def __post_init__(self) -> None:
        described = self.connection.execute("DESCRIBE staged").fetchall()
        self.present = {row[0]: row[1] for row in described}
        self.checks = self.intake.checks(self.present)
        self.run(f"CREATE OR REPLACE TEMP TABLE kinds AS {self.intake.kinds()}")

    def take(self, start: int, now: datetime) -> Receipt:
        rejected = self.check(start)
        with self.log.manifest.changing(now) as change:
            self.judge()
            counts = dict(
                self.connection.execute("SELECT verdict, count(*) FROM doubtful GROUP BY 1").fetchall()
            )
            accepted = _count(self.connection, "typed") - sum(counts.values())
            if accepted:
                self.write(change, "ANTI JOIN doubtful USING (row)" if counts else "")
                change.describe("import", accepted)
            else:
                change.cancel()
        conflicts = counts.get("conflict", 0) + counts.get("erased", 0)
        batch = change.snapshot if accepted else None
        return Receipt(batch, accepted, counts.get("repeated", 0), conflicts, rejected)

    def check(self, start: int) -> int:
        """Split the chunk into typed events and rejects; return how many rows were rejected."""
        missing = [name for name in (*COMMON_COLUMNS, "target") if name not in self.present]
        nulls = "".join(f", CAST(NULL AS VARCHAR) AS {name}" for name in missing)
        moment = self.intake.moment("occurred_at", self.present)
        chosen = f"SELECT *{nulls} FROM staged WHERE row BETWEEN {start} AND {start + self.rows - 1}"
        rows = f"SELECT *, {moment} AS moment FROM ({chosen})"
        self.type(rows)
        return self.keep_rejects(rows)

    def type(self, rows: str) -> None:
        """Read all rows in one pass, broken ones too: they are told by `whole`."""
        columns = self.intake.event(self.present)
        typed = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
        said = f"row, replaces, retracts, {self.intake.whole(self.present)} AS whole, {typed}"
        self.run(
            "CREATE OR REPLACE TEMP TABLE typed AS "
            f"SELECT * EXCLUDE (replaces, retracts), {self.intake.content(self.present)} AS content "
            f"FROM (SELECT {said} FROM ({rows}) LEFT JOIN kinds USING (kind))"
        )

    def keep_rejects(self, rows: str) -> int:
        (rejected,) = self.connection.execute("SELECT count(*) FROM typed WHERE NOT whole").fetchone() or (0,)
        if rejected:
            broken = f"({rows}) SEMI JOIN (SELECT row FROM typed WHERE NOT whole) USING (row)"
            self.run(f"CREATE OR REPLACE TEMP TABLE broken AS SELECT * FROM {broken}")
            self.run("DELETE FROM typed WHERE NOT whole")
        for check in self.checks if rejected else ():
            value = check.field if check.field in self.present else "NULL"
            name = quoted(check.field) if check.field else "unknown"
            self.run(
                f"INSERT INTO rejects SELECT row, {name}, left(CAST({value} AS VARCHAR), 200), "
                f"{_said(check.sentence)} FROM broken WHERE NOT coalesce({check.condition}, false)"
            )
        return int(rejected)

    def judge(self) -> None:
        """Compare the chunk with itself and with every event ever recorded; keep what is not accepted."""
        known = self.log.manifest.files(KEYS)
        paths = ", ".join(quoted(str(self.log.folder / file.path)) for file in known)
        keys = (
            f"read_parquet([{paths}])"
            if known
            else "(SELECT 0::BIGINT AS event_key, 0::BIGINT AS content WHERE false)"
        )
        self.run(
            f"""CREATE OR REPLACE TEMP TABLE doubtful AS
            WITH sent AS (SELECT row, event_id, event_key, content FROM typed),
            known AS (SELECT event_key, content FROM {keys} SEMI JOIN sent USING (event_key)),
            twice AS (SELECT event_key, min(row) AS first, arg_min(content, row) AS content
                      FROM sent GROUP BY event_key HAVING count(*) > 1)
            SELECT row, event_id, CASE
                WHEN known.content = {ERASED} THEN 'erased'
                WHEN known.content = sent.content THEN 'repeated'
                WHEN known.event_key IS NOT NULL THEN 'conflict'
                WHEN twice.content = sent.content THEN 'repeated'
                ELSE 'conflict' END AS verdict
            FROM sent LEFT JOIN known USING (event_key) LEFT JOIN twice USING (event_key)
            WHERE known.event_key IS NOT NULL OR twice.first <> row"""
        )
        self.run(
            "INSERT INTO rejects SELECT row, 'event_id', event_id, CASE verdict WHEN 'erased' "
            "THEN 'this event was erased with its person and is not taken again' "
            "ELSE 'this furnisher already sent this event_id with other content; to correct an event, "
            "send a new one that replaces it' END FROM doubtful WHERE verdict IN ('conflict', 'erased')"
        )

    def write(self, change: Change, without: str) -> None:
        stamp = "recorded_at" if self.intake.backfill else f"TIMESTAMP '{change.made_at}' AS recorded_at"
        said = {"recorded_at": stamp, "batch": f"{change.snapshot}::INTEGER AS batch"}
        columns = ", ".join(said.get(name, name) for name in self.spoken())
        # People of a bucket lie together, so that one of them is found fast before `compact` as well.
        query = f"SELECT {columns} FROM typed {without} ORDER BY bucket, person_id"
        keys = f"SELECT event_key, content FROM typed {without} ORDER BY event_key"
        name = f"{change.snapshot:06d}"
        change.add(files.write(self.connection, self.log.folder, query, TAIL, name))
        change.add(files.write(self.connection, self.log.folder, keys, KEYS, name))

    def spoken(self) -> list[str]:
        """The columns that say anything in this chunk."""
        optional = ["reported_at", "action", "target_key", "target_furnisher", "target"]
        optional += [name for name in self.log.vocabulary.fields if name in self.present and name != "target"]
        counts = ", ".join(f"count({name})" for name in optional)
        said = self.connection.execute(f"SELECT {counts} FROM typed").fetchone() or ()
        silent_columns = {name for name, count in zip(optional, said, strict=True) if not count}
        names = [*EVENT_COLUMNS, *(name for name in optional if name not in EVENT_COLUMNS)]
        return [name for name in names if name not in silent_columns]

    def run(self, statement: str) -> None:
        self.connection.execute(statement)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _said(sentence: str) -> str:
    """A sentence with {columns} as SQL."""
    before, brace, rest = sentence.partition("{")
    if not brace:
        return quoted(sentence)
    column, _, after = rest.partition("}")
    return f"concat({quoted(before)}, left({column}, 80), {quoted(after)})"


def _sentences(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, int]]:
    """What was said of the rejects: field, sentence, how often, first row; the most frequent first."""
    return connection.execute(
        "SELECT field, sentence, count(*), min(row) FROM rejects GROUP BY ALL ORDER BY 3 DESC, 4, 1, 2"
    ).fetchall()


def _write_rejects(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    rows = "SELECT row, field, value, sentence FROM rejects ORDER BY row, field, sentence"
    connection.execute(f"COPY ({rows}) TO {quoted(str(path))} (FORMAT csv, HEADER)")
