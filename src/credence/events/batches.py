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
from credence.events import sources
from credence.events.chunks import Chunk, Receipt, count_rows
from credence.events.fields import quoted
from credence.events.intake import Intake
from credence.events.log import EventLog, check_zone
from credence.events.manifest import Progress, silent

ROWS_A_CHUNK = 1_000_000


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
    except duckdb.Error as error:
        words = str(error).splitlines()[0].rstrip(".")
        sentence = f"its rows cannot be taken to the end: {words}. Batches acknowledged before are safe."
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
        report.torn = count_rows(connection, "rejects")
        (last,) = connection.execute("SELECT coalesce(max(row), 0) FROM staged").fetchone() or (0,)
        chunk = Chunk(log, intake, connection, options.rows_a_batch)
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


def _sentences(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, int]]:
    """What was said of the rejects: field, sentence, how often, first row; the most frequent first."""
    return connection.execute(
        "SELECT field, sentence, count(*), min(row) FROM rejects GROUP BY ALL ORDER BY 3 DESC, 4, 1, 2"
    ).fetchall()


def _write_rejects(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    rows = "SELECT row, field, value, sentence FROM rejects ORDER BY row, field, sentence"
    connection.execute(f"COPY ({rows}) TO {quoted(str(path))} (FORMAT csv, HEADER)")
