"""What `credence events import` says of a bank statement or a wallet's bill, line by line."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from credence.cli.output import check_readable, check_writable, say
from credence.errors import UsageError
from credence.events.batches import ImportOptions
from credence.events.data_sets.take import DATA_SETS
from credence.events.exports.lines import OUT, Line, one_line
from credence.events.exports.money import written
from credence.events.exports.take import EXPORTS, ExportOptions, ExportReport

FORMS = (*DATA_SETS, *EXPORTS)
LINES_SHOWN = 10


def check_form(form: str | None, options: ExportOptions, usual: ImportOptions) -> None:
    """See that what was asked for goes together.

    Args:
        form: What was given with --as.
        options: How an export is imported.
        usual: How a file of events is imported, of which an export takes only a part.

    Raises:
        UsageError: The form is unknown, nobody is named, or an option does not fit the form.
        SourceNotFoundError: There is no file of rules.
    """
    if form is not None and form not in FORMS:
        sentence = (
            f"There is no data set and no export '{form}'. Known data sets: {', '.join(DATA_SETS)}; "
            f"exports: {', '.join(EXPORTS)}."
        )
        raise UsageError(sentence)
    if form not in EXPORTS:
        own = {
            "--person": options.person_id,
            "--rules": options.rules,
            "--uncategorised": options.uncategorised,
        }
        _refuse(own, f"is only for --as {', '.join(EXPORTS)}")
        return
    _refuse({"--timezone": usual.timezone, "--backfill": usual.backfill}, f"is not for --as {form}")
    if not options.person_id:
        sentence = f"Whose statement is it? Give the person's id: --as {form} --person ID."
        raise UsageError(sentence)
    if options.rules is not None:
        check_readable("--rules", options.rules)
    check_writable("--uncategorised", options.uncategorised)


def _refuse(options: Mapping[str, object], why: str) -> None:
    for name, given in options.items():
        if given:
            sentence = f"{name} {why}. Leave it out."
            raise UsageError(sentence)


def say_lines(report: ExportReport) -> None:
    """Say which lines were left out and why, and show those that no rule takes."""
    out, unknown = sum(count for _, count, _ in report.ignored), len(report.uncategorised)
    say(f"Of {_many(report.lines)}, {out:,} left out and {unknown:,} not categorised.")
    for reason, count, first in report.ignored:
        say(f"  {_many(count)} left out (first: row {first}): {reason}.")
    if unknown:
        say(f"  {_many(unknown)} not categorised, and not imported:")
    for line in report.uncategorised[:LINES_SHOWN]:
        say(f"    {_shown(line)}")
    if report.told:
        say(f"Every line that no rule takes is told in {report.told}. Write rules, and import again.")
    for note in report.notes:
        say(note)


def _many(count: int) -> str:
    return f"{count:,} {'line' if count == 1 else 'lines'}"


def _shown(line: Line) -> str:
    said = line.said
    amount = written(-abs(line.minor) if line.direction == OUT else line.minor, said.currency)
    texts = ", ".join(filter(None, map(one_line, (said.counterparty, said.description)))) or "no text"
    words = one_line(f"{said.category} {said.status}")
    return f"row {line.row}, {line.occurred_at[:10]}, {amount} {said.currency}: {texts} [{words}]"


def lines_facts(report: ExportReport) -> dict[str, object]:
    """The same for programs."""
    ignored = [dict(zip(("reason", "lines", "first_row"), reason, strict=True)) for reason in report.ignored]
    return {
        "lines": report.lines,
        "ignored": ignored,
        "uncategorised": len(report.uncategorised),
        "uncategorised_file": str(report.told) if report.told else None,
        "notes": list(report.notes),
    }


def with_place(options: ExportOptions, file: Path) -> ExportOptions:
    """The options with a place where lines are told that no rule takes, if none is named."""
    return replace(
        options, uncategorised=options.uncategorised or Path(f"{file.resolve().name}.uncategorised.csv")
    )
