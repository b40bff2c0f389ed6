"""credence events: import, show, check, compact, erase, back up, restore, upgrade."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from typer import Argument, Exit, Option, Typer

from credence.cli import exports
from credence.cli.lines import plain
from credence.cli.moments import now, read_instant
from credence.cli.output import check_readable, check_writable, print_json, progress, say
from credence.errors import PersonNotFoundError
from credence.events import batches, sqlite_manifest, upkeep
from credence.events.batches import ImportOptions, ImportReport
from credence.events.calendar import instant
from credence.events.chunks import Receipt
from credence.events.data_sets.take import DATA_SETS, import_data_set
from credence.events.exports.take import EXPORTS, ExportOptions, ExportReport, import_export
from credence.events.log import Event, EventLog
from credence.events.manifest import TAIL, Settings
from credence.events.vocabulary import COMMON_COLUMNS

app = Typer(no_args_is_help=True, help="Events: what happened. The log keeps them; nothing in it is edited.")
LogFolder = Annotated[Path, Option("--log", help="The folder of the event log.")]
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]
# Small files are merged as they come; so many in the tail are large ones, not sorted by person yet.
TAIL_FILES_MANY = 32
SENTENCES_SHOWN = 10
HIDDEN = ("bucket", "event_key", "target_key", "date_only", "occurred_on", "person_id")


@app.command("import")
def import_(
    file: Annotated[Path, Argument(help="CSV, JSON lines or Parquet; with --as a folder or an export.")],
    log: LogFolder,
    form: Annotated[str | None, Option("--as", help=f"What it is: {', '.join(exports.FORMS)}.")] = None,
    person: Annotated[str, Option(help="With an export: whose it is.")] = "",
    rules: Annotated[Path | None, Option(help="With an export: a YAML file of your own rules.")] = None,
    uncategorised: Annotated[
        Path | None, Option(help="With an export: where lines are told that no rule takes.")
    ] = None,
    vocabulary: Annotated[
        Path | None, Option(help="A YAML file of your own kinds, kept with the log.")
    ] = None,
    timezone: Annotated[str | None, Option(help="The zone of times written without an offset.")] = None,
    log_timezone: Annotated[str, Option(help="For a new log: the zone of its days.")] = "UTC",
    backfill: Annotated[bool, Option(help="Rows carry their own recorded_at (history).")] = False,
    rejects: Annotated[Path | None, Option(help="Where refused rows are told.")] = None,
    rows_a_batch: Annotated[int, Option(help="How many rows are acknowledged at a time.", min=1)] = 1_000_000,
    as_json: AsJson = False,
) -> None:
    """Import a file of events; every batch is safe on the disk when it is acknowledged."""
    told = rejects or Path(f"{file.resolve().name}.rejects.csv")
    options = ImportOptions(timezone, backfill, told, rows_a_batch)
    export = ExportOptions(form or "", person, rules, told, uncategorised, rows_a_batch)
    exports.check_form(form, export, options)
    _check_paths(file, form, vocabulary, told)
    target = _open_or_create(log, log_timezone)
    if vocabulary:
        target.add_vocabulary(vocabulary)
    report = _take(target, file, (form, options, export), as_json=as_json)
    lines = report if isinstance(report, ExportReport) else None
    taken = report.taken if isinstance(report, ExportReport) else report
    _print_report(taken, target, lines, as_json=as_json)


def _take(
    target: EventLog, file: Path, how: tuple[str | None, ImportOptions, ExportOptions], *, as_json: bool
) -> ImportReport | ExportReport:
    """Import, and say of each batch that it is safe."""
    form, options, export = how

    def acknowledge(receipt: Receipt) -> None:
        if receipt.batch is not None and as_json:
            print_json({"batch": receipt.batch, "accepted": receipt.accepted})
        elif receipt.batch is not None:
            say(f"Batch {receipt.batch}: {receipt.accepted:,} events are safe.")

    with progress("Importing") as report_progress:
        told = (acknowledge, report_progress)
        if form in EXPORTS:
            return import_export(target, file, now(), exports.with_place(export, file), told)
        if form is not None:
            return import_data_set(target, form, file, now(), options.rejects, told)
        return batches.import_file(target, file, now(), options, *told)


def _check_paths(file: Path, form: str | None, vocabulary: Path | None, told: Path) -> None:
    """See that all is there before a log is made."""
    if form not in DATA_SETS or not file.exists():
        check_readable("The file of events", file)
    if vocabulary is not None:
        check_readable("--vocabulary", vocabulary)
    check_writable("--rejects", told)


def _open_or_create(folder: Path, timezone: str) -> EventLog:
    if folder.exists() and any(folder.iterdir()):
        return EventLog.open(folder)
    return EventLog.create(folder, Settings(timezone=timezone))


def _print_report(report: ImportReport, log: EventLog, lines: ExportReport | None, *, as_json: bool) -> None:
    counts = {name: report.total(name) for name in ("accepted", "repeated", "conflicts", "rejected")}
    counts["rejected"] += report.torn
    refused = counts["conflicts"] + counts["rejected"]
    if as_json:
        rejects = str(report.rejects) if report.rejects else None
        said = [
            dict(zip(("field", "sentence", "rows", "first_row"), s, strict=True)) for s in report.sentences
        ]
        of_lines = exports.lines_facts(lines) if lines else {}
        print_json(counts | {"rejects": rejects, "sentences": said} | of_lines)
    else:
        say(
            f"{counts['accepted']:,} new, {counts['repeated']:,} already there, "
            f"{counts['conflicts']:,} in conflict, {counts['rejected']:,} refused."
        )
        for _, sentence, rows, first in report.sentences[:SENTENCES_SHOWN]:
            say(f"  {rows:,} {'row' if rows == 1 else 'rows'} (first: row {first}): {sentence}.")
        if report.rejects:
            say(f"Every refused row is told in {report.rejects}.")
        if lines:
            exports.say_lines(lines)
        if len(log.manifest.files(TAIL)) >= TAIL_FILES_MANY:
            command = f"credence events compact --log {log.folder}"
            say(f"'{command}' sorts the log, so that people are found faster.")
    if refused or (lines and (lines.uncategorised or lines.notes)):
        raise Exit(1)


@app.command()
def show(
    person: str,
    log: LogFolder,
    known_at: Annotated[str | None, Option(help="Only what was recorded by this instant.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show everything recorded about one person, oldest first."""
    known = read_instant("--known-at", known_at) if known_at else None
    events = EventLog.open(log).events_of(person, known)
    if not events:
        raise PersonNotFoundError(person, known_at or "now")
    for event in events:
        facts = _facts(event)
        print_json({"person_id": person} | facts) if as_json else say(_event_line(facts))


def _facts(event: Event) -> dict[str, object]:
    """An event as people and programs read it, without what only the log needs."""
    facts = {name: _readable(value) for name, value in event.items() if name not in HIDDEN}
    return facts | ({"occurred_at": str(event["occurred_on"])} if event["date_only"] else {})


def _readable(value: object) -> object:
    if isinstance(value, datetime):
        return instant(value)
    return str(value) if isinstance(value, date) else value


def _event_line(facts: dict[str, object]) -> str:
    known = (*COMMON_COLUMNS, "batch", "action")
    others = ", ".join(f"{name} {value}" for name, value in facts.items() if name not in known)
    action = f"  {facts['action']}" if "action" in facts else ""
    sent = f"[{facts['furnisher']} {facts['event_id']}]"
    return f"{facts['occurred_at']}  {facts['kind']}{action}  {sent}  {others}"


@app.command()
def check(log: LogFolder, as_json: AsJson = False) -> None:
    """Verify every file of the log against its manifest."""
    with progress("Checking") as report:
        condition = upkeep.check(EventLog.open(log), report)
    if as_json:
        print_json(condition)
    else:
        for sentence in (*condition.damage, *condition.notes):
            say(sentence)
        state = "damaged" if condition.damage else "whole"
        say(f"{condition.files:,} files with {condition.events:,} events: the log is {state}.")
    if condition.damage:
        raise Exit(1)


@app.command()
def compact(log: LogFolder, as_json: AsJson = False) -> None:
    """Merge the log's files; no answer changes."""
    with progress("Compacting") as report:
        moved = upkeep.compact(EventLog.open(log), now(), report)
    _done({"moved": moved}, f"{moved:,} events were moved into sealed files.", as_json=as_json)


def _done(facts: dict[str, object], sentence: str, *, as_json: bool) -> None:
    print_json(facts) if as_json else say(sentence)


@app.command()
def erase(
    person: str,
    log: LogFolder,
    yes: Annotated[bool, Option("--yes", help="Do it without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person from every file of the log, for good."""
    target = EventLog.open(log)
    if not yes and not _agreed(person):
        _done({"erased": 0}, "Nothing was erased.", as_json=as_json)
        raise Exit(1)
    events = upkeep.erase(target, person, now())
    gone = f"{events:,} events of '{person}' are gone. Backups made before still hold them."
    _done({"erased": events}, gone, as_json=as_json)


def _agreed(person: str) -> bool:
    """Ask, on standard error so that the answer stays clean; no answer is a no."""
    sys.stderr.write(f"Erase everything about '{plain(person)}' for good? Type yes: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip() == "yes"


@app.command("backup")
def back_up(folder: Path, log: LogFolder, as_json: AsJson = False) -> None:
    """Copy the log, verified, into an empty folder."""
    copied = upkeep.back_up(EventLog.open(log), folder)
    _done({"files": copied, "folder": str(folder)}, f"{copied:,} files are in {folder}.", as_json=as_json)


@app.command()
def restore(backup: Path, log: LogFolder, as_json: AsJson = False) -> None:
    """Make a log from a backup."""
    copied = upkeep.restore(backup, log)
    _done({"files": copied, "folder": str(log)}, f"{copied:,} files are in {log}.", as_json=as_json)


@app.command()
def upgrade(log: LogFolder, as_json: AsJson = False) -> None:
    """Bring an older log to this version's format."""
    found, current = sqlite_manifest.upgrade(log), sqlite_manifest.FORMAT
    sentence = f"The log had format {found} and has format {current}."
    _done({"found": found, "format": current}, sentence, as_json=as_json)
