"""Importing an export: read, sorted by the rules, and taken into the log like any other rows."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from credence.events import batches, sources
from credence.events.batches import Acknowledge, ImportOptions, ImportReport
from credence.events.exports import alipay, camt, ofx, wechat
from credence.events.exports.facts import Sorted, Source, sort_lines
from credence.events.exports.lines import Export, Line, Torn, masked_account
from credence.events.exports.money import written
from credence.events.exports.rules import rules_for
from credence.events.fields import TEXT_LENGTH_MOST
from credence.events.log import EventLog
from credence.events.manifest import Progress, silent

EXPORTS: Mapping[str, Callable[[Path], Export]] = {
    "ofx": ofx.read,
    "camt": camt.read,
    "alipay": alipay.read,
    "wechat": wechat.read,
}
# The columns of the file of lines that no rule takes.
COLUMNS = (
    "row", "line", "occurred_at", "amount", "currency", "direction", "counterparty", "description",
    "category", "status", "account", "reference",
)  # fmt: skip
# A cell that begins with one of these would be a formula to a spreadsheet.
FORMULAS = ("=", "+", "@", "-", "\t")


@dataclass(frozen=True)
class ExportOptions:
    """How an export is imported.

    Attributes:
        form: Which format: one of `EXPORTS`.
        person_id: Whose it is.
        rules: A file of one's own rules, asked before the shipped ones.
        rejects: Where refused lines are told, if there are any.
        uncategorised: Where lines are told that no rule takes, if there are any.
        rows_a_batch: How many lines are acknowledged at a time.
    """

    form: str
    person_id: str
    rules: Path | None = None
    rejects: Path | None = None
    uncategorised: Path | None = None
    rows_a_batch: int = batches.ROWS_A_CHUNK


@dataclass(frozen=True)
class ExportReport:
    """What became of every line of an export.

    Attributes:
        taken: What the log said of the events made of it, and of lines that cannot be read.
        lines: How many lines it has.
        ignored: Why lines were left out: reason, how many, the first row.
        uncategorised: The lines that no rule takes.
        told: Where they are told, if there are any.
        notes: What else wants a look.
    """

    taken: ImportReport
    lines: int
    ignored: tuple[tuple[str, int, int], ...]
    uncategorised: tuple[Line, ...]
    told: Path | None
    notes: tuple[str, ...]


def import_export(
    log: EventLog,
    path: Path,
    now: datetime,
    options: ExportOptions,
    told: tuple[Acknowledge | None, Progress] = (None, silent),
) -> ExportReport:
    """Import a bank statement or a wallet's bill of one person; nothing is guessed.

    Raises:
        SourceNotFoundError: There is no such file, or no such file of rules.
        IntakeError: The file is something else than an export of this form.
        DefinitionError: It is of the form, and broken; or the rules have faults.
    """
    source = Source(options.form, options.person_id, rules_for(log.vocabulary, options.rules), log.vocabulary)
    export = EXPORTS[options.form](path)
    found = sort_lines(export.lines, source)
    how = ImportOptions(rejects=options.rejects, rows_a_batch=options.rows_a_batch)
    intake = batches.intake_of(log, now, how)

    def stage(connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        _stage(connection, scratch, found, export.torn, intake.columns())

    taken = batches.import_staged(log, intake, stage, now, (how, *told))
    if found.uncategorised and options.uncategorised:
        write_uncategorised(found.uncategorised, options.uncategorised)
    return ExportReport(
        taken,
        len(export.lines) + len(export.torn),
        _reasons(found),
        tuple(found.uncategorised),
        options.uncategorised if found.uncategorised else None,
        export.notes,
    )


def _stage(
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
    found: Sorted,
    torn: tuple[Torn, ...],
    known: list[str],
) -> None:
    """Put the events into `staged`, each under the number of its line, and torn lines into `rejects`."""
    sources.write_lines([row for _, row in found.events], scratch / "rows.jsonl")
    sources.stage(connection, scratch / "rows.jsonl", known, scratch)
    numbers = [number for number, _ in found.events]
    connection.execute("UPDATE staged SET row = list_extract(?, row)", [numbers])
    said = [(line.row, line.field, line.value[:TEXT_LENGTH_MOST], line.sentence) for line in torn]
    if said:
        connection.executemany("INSERT INTO rejects VALUES (?, ?, ?, ?)", said)


def _reasons(found: Sorted) -> tuple[tuple[str, int, int], ...]:
    rows: dict[str, list[int]] = {}
    for reason, line in found.ignored:
        rows.setdefault(reason, []).append(line.row)
    return tuple((reason, len(numbers), min(numbers)) for reason, numbers in rows.items())


def write_uncategorised(lines: list[Line], path: Path) -> None:
    """Write the lines that no rule takes as CSV, for reading and for writing rules."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(line) for line in lines)


def _cells(line: Line) -> list[str]:
    said = line.said
    amount = written(abs(line.minor), said.currency)
    numbers = [str(line.row), str(said.place), line.occurred_at, amount, said.currency, line.direction]
    texts = (said.counterparty, said.description, said.category, said.status, masked_account(said.account))
    return numbers + [_harmless(text) for text in (*texts, said.reference)]


def _harmless(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(FORMULAS) else text
