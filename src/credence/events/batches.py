"""Imports: rows of a file become acknowledged batches of the log, a chunk at a time.

A chunk is checked without holding the log; then, alone among writers, it is compared with every
(furnisher, event_id) ever recorded, written, and acknowledged by the manifest's commit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

import duckdb

from credence.errors import BackfillError, IntakeError
from credence.events import sources
from credence.events.chunks import Chunk, Outcome, Receipt, count_rows
from credence.events.fields import quoted
from credence.events.intake import Intake
from credence.events.log import EventLog, check_zone
from credence.events.manifest import Progress, silent

ROWS_A_CHUNK = 1_000_000


@dataclass
class ImportReport:
    """What became of an import: its receipts, and where the rejects are written, if there are any.

    `outcomes` has the rows that were not accepted, for an import that was to tell of each.
    """

    receipts: list[Receipt] = field(default_factory=list)
    torn: int = 0
    rejects: Path | None = None
    sentences: list[tuple[str, str, int, int]] = field(default_factory=list)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def outcome(self, row: int) -> Outcome:
        """What became of a row, counted from 1; known where the options asked for `each`."""
        return self.outcomes.get(row, Outcome())

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
        each: Whether the report tells what became of each row.
        dry: Rows are checked and compared only; none is taken.
    """

    timezone: str | None = None
    backfill: bool = False
    rejects: Path | None = None
    rows_a_batch: int = ROWS_A_CHUNK
    each: bool = False
    dry: bool = False


Acknowledge = Callable[[Receipt], None]
# Rows of a file by number: values by column, or what is wrong with the row.
FileRows = list[tuple[int, dict[str, str | None] | str]]
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
        sentence = (
            f"its rows cannot be taken to the end: {_words(error)}. Batches acknowledged before are safe."
        )
        raise IntakeError(path, sentence) from None


def file_rows(
    log: EventLog, path: Path, columns: list[str], rows_a_time: int = ROWS_A_CHUNK
) -> Iterator[FileRows]:
    """The rows of a file with their numbers, some at a time, for whoever looks at them before the log does.

    A row is its values as texts, with the first column that is not among `columns` in `unknown`; or what is
    wrong with it, where it is no row at all.

    Raises:
        SourceNotFoundError: There is no such file.
        IntakeError: The file cannot be read as a table at all, or not to its end.
    """
    with log.workshop() as (connection, scratch):
        try:
            sources.stage(connection, path, columns, scratch)
            torn = dict(connection.execute("SELECT row, sentence FROM rejects").fetchall())
            (last,) = connection.execute("SELECT coalesce(max(row), 0) FROM staged").fetchone() or (0,)
            for start in range(1, max([last, *torn]) + 1, rows_a_time):
                yield _some_rows(connection, torn, range(start, start + rows_a_time))
        except duckdb.Error as error:
            raise IntakeError(path, f"its rows cannot be read to the end: {_words(error)}.") from None


def _some_rows(connection: duckdb.DuckDBPyConnection, torn: dict[int, str], numbers: range) -> FileRows:
    which = f"SELECT * FROM staged WHERE row BETWEEN {numbers.start} AND {numbers.stop - 1}"
    cursor = connection.execute(which)
    names = [column[0] for column in cursor.description or ()]
    whole = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    found: dict[int, dict[str, str | None] | str] = {row.pop("row"): row for row in whole}
    found |= {number: sentence for number, sentence in torn.items() if number in numbers}
    return sorted(found.items(), key=itemgetter(0))


def import_rows(
    log: EventLog, rows: list[dict[str, object]], now: datetime, options: ImportOptions | None = None
) -> ImportReport:
    """Import rows handed over in Python, each a mapping of columns to values; errors as for a file."""
    options = options or ImportOptions()
    intake = intake_of(log, now, options)

    # Columns that no row has need not be looked for in each.
    said = {name for row in rows for name in row}
    columns = [name for name in intake.columns() if name in said] or intake.columns()

    def stage(connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        sources.write_lines(rows, scratch / "rows.jsonl")
        sources.stage(connection, scratch / "rows.jsonl", columns, scratch)

    return import_staged(log, intake, stage, now, (options, None, silent))


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
            receipt = chunk.weigh(start) if options.dry else chunk.take(start, now)
            report.receipts.append(receipt)
            if options.each:
                report.outcomes |= {row: Outcome(verdict) for row, verdict in chunk.verdicts().items()}
            if acknowledge:
                acknowledge(receipt)
            progress(min(start + options.rows_a_batch - 1, last), last)
        if options.each:
            _tell_faults(connection, report.outcomes)
        report.sentences = _sentences(connection)
        if report.sentences and options.rejects:
            report.rejects = options.rejects
            _write_rejects(connection, options.rejects)
    return report


def _tell_faults(connection: duckdb.DuckDBPyConnection, outcomes: dict[int, Outcome]) -> None:
    """Add to the outcomes what was said of refused rows."""
    for row, name, sentence in connection.execute("SELECT row, field, sentence FROM rejects").fetchall():
        told = outcomes.get(row, Outcome("rejected"))
        outcomes[row] = Outcome(told.verdict, (*told.faults, (name, sentence)))


def _words(error: duckdb.Error) -> str:
    return str(error).splitlines()[0].rstrip(".")


def _sentences(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int, int]]:
    """What was said of the rejects: field, sentence, how often, first row; the most frequent first."""
    return connection.execute(
        "SELECT field, sentence, count(*), min(row) FROM rejects GROUP BY ALL ORDER BY 3 DESC, 4, 1, 2"
    ).fetchall()


def _write_rejects(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    rows = "SELECT row, field, value, sentence FROM rejects ORDER BY row, field, sentence"
    connection.execute(f"COPY ({rows}) TO {quoted(str(path))} (FORMAT csv, HEADER)")
