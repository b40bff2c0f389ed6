"""credence samples: labelled rows from the event log, each as it was known when it was looked at."""

from pathlib import Path
from typing import Annotated

import msgspec
from rich.cells import cell_len
from typer import Option

from credence.cli.lines import padded
from credence.cli.output import check_readable, check_writable, print_json, progress, say
from credence.engines.samples.asked import BAD, INDETERMINATE, NOT_KNOWN
from credence.errors import UsageError
from credence.events.log import EventLog
from credence.training.samples.run import Month, Reason, Samples, sample

RECORDED_LATE = (
    "Nothing was known at any point. A history that is imported without its own recorded_at is known from "
    "the day of the import on: import it with --backfill."
)
TITLES = {BAD: "Bad:", INDETERMINATE: "Indeterminate:"}


def samples(
    file: Path,
    log: Annotated[Path, Option(help="The folder of the event log.")],
    out: Annotated[Path, Option(help="The Parquet file to write: a row a person and observation point.")],
    apart: Annotated[
        Path | None, Option(help="A Parquet file for the indeterminate rows; else only counted.")
    ] = None,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Sample a log by FILE: answers as known at observation points, and how it ended afterwards."""
    check_readable("The definition", file)
    check_writable("--out", out)
    check_writable("--apart", apart)
    if apart is not None and apart.resolve() == out.resolve():
        sentence = f"--out and --apart are both {out}. Name another file for one."
        raise UsageError(sentence)
    with progress("Sampling") as told:
        made = sample(file, EventLog.open(log), out, apart, told)
    if as_json:
        print_json({"out": str(out), "apart": str(apart) if apart else None} | msgspec.to_builtins(made))
    else:
        say("\n".join([*receipt(made), f"Written to {out}."]))


def receipt(made: Samples) -> list[str]:
    """What was drawn, in lines."""
    rows = made.good + made.bad
    share = f" ({100 * made.bad / rows:.1f} %)" if rows else ""
    left_out = sum(reason.rows for reason in made.left_out)
    lines = [
        f"{rows:,} rows of {len(made.characteristics)} characteristics of {made.scorecard}.",
        f"{made.bad:,} of them are bad{share}. The log was looked at up to {made.known_until}.",
        f"Beside them {made.indeterminate:,} are indeterminate, and {left_out:,} were left out.",
        "  month         good       bad  bad rate  indeterminate  left out",
        *map(_month, made.months),
    ]
    for outcome, title in TITLES.items():
        lines += _reasons(title, made.told_by.get(outcome, ()))
    lines += _reasons("Left out:", made.left_out)
    if [reason.why for reason in made.left_out] == [NOT_KNOWN] and not rows + made.indeterminate:
        lines.append(RECORDED_LATE)
    if made.not_asked:
        lines.append(f"No event answers these, which have no column: {', '.join(made.not_asked)}.")
    return lines


def _month(month: Month) -> str:
    rate = "-" if month.bad_rate is None else f"{100 * month.bad_rate:.1f} %"
    numbers = f"{month.good:>10,}{month.bad:>10,}{rate:>10}{month.indeterminate:>15,}{month.left_out:>10,}"
    return f"  {month.month}{numbers}"


def _reasons(title: str, reasons: tuple[Reason, ...]) -> list[str]:
    width = max((cell_len(reason.why) for reason in reasons), default=0)
    lines = [f"  {padded(reason.why, width)}{reason.rows:>10,}" for reason in reasons]
    return [title, *lines] if lines else []
