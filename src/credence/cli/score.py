"""credence score: everybody in a log or a table, one row a person."""

from pathlib import Path
from typing import Annotated

from rich.cells import cell_len
from typer import Option

from credence.cli.lines import padded
from credence.cli.moments import now, read_known_at, read_moment
from credence.cli.output import check_writable, print_json, progress, say
from credence.engines.moment import Moment
from credence.engines.results import summary
from credence.engines.sql.compile import columns_needed
from credence.engines.tables import Tables
from credence.errors import UsageError
from credence.events.log import EventLog
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from credence.scoring.run import score_people, score_points

WHERE = "Say whom to score: --log DIR, or --people TABLE."
WHEN = "Say when: --as-of DATE for everybody, or with --log a table of moments, --at TABLE. Not both."
FLAT = "--points-only is for a table of people: give --people without --log."


def score(
    scorecard: str,
    out: Annotated[Path, Option(help="The Parquet file to write: one row a person.")],
    log: Annotated[Path | None, Option(help="The folder of the event log.")] = None,
    people: Annotated[Path | None, Option(help="A table of people (CSV or Parquet) with person_id.")] = None,
    as_of: Annotated[str | None, Option(help="The date of the scores.")] = None,
    at: Annotated[
        Path | None, Option(help="A table of person_id, as_of and known_at: a moment each.")
    ] = None,
    known_at: Annotated[str | None, Option(help="As known at this instant; now if not said.")] = None,
    points_only: Annotated[
        bool, Option("--points-only", help="Of a table of people: points without answers and reasons.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Score people with SCORECARD (a shipped name or a path) into a Parquet file."""
    if (as_of is None) == (at is None) or (at is not None and log is None):
        raise UsageError(WHEN)
    if points_only and log is not None:
        raise UsageError(FLAT)
    _check_out(out, (people, at))
    where = source_of(log, people)
    moment = read_moment(as_of, known_at) if as_of else Moment(now().date(), read_known_at(known_at))
    with progress("Scoring") as report:
        card = load_scorecard(scorecard, where.vocabulary if isinstance(where, EventLog) else None)
        check_columns(card, people)
        if points_only and isinstance(where, Path):
            score_points(card, where, moment, out)
        else:
            score_people(card, where, moment, out, Tables(at, people), report)
    _print_summary(out, "people" if at is None else "moments", as_json=as_json)


def _check_out(out: Path, tables: tuple[Path | None, ...]) -> None:
    check_writable("--out", out)
    if out.resolve() in [table.resolve() for table in tables if table is not None]:
        sentence = f"--out is {out}, which is read, too. Name another file."
        raise UsageError(sentence)


def source_of(log: Path | None, people: Path | None) -> EventLog | Path:
    """Whom a command looks at: those of a log, else those of a table.

    Raises:
        UsageError: Neither is given.
    """
    if log is not None:
        return EventLog.open(log)
    if people is not None:
        return people
    raise UsageError(WHERE)


def check_columns(card: Scorecard, people: Path | None) -> None:
    """Make sure that a scorecard which looks at a table has one.

    Raises:
        UsageError: It has none.
    """
    if people is None and columns_needed(card):
        columns = ", ".join(columns_needed(card))
        sentence = f"'{card.name}' looks at columns of a table ({columns}): give it with --people TABLE."
        raise UsageError(sentence)


def _print_summary(out: Path, what: str, *, as_json: bool) -> None:
    found = summary(out)
    if as_json:
        print_json(
            {
                "out": str(out),
                "rows": found.rows,
                "mean": found.mean,
                "bands": found.bands,
                "unscorable": found.unscorable,
            }
        )
        return
    without = sum(found.unscorable.values())
    mean = "" if found.mean is None else f", on average {found.mean:.1f}"
    say(f"{found.rows:,} {what}: {found.rows - without:,} with a score{mean}, {without:,} without.")
    counted = (*found.bands.items(), *found.unscorable.items())
    longest = max((cell_len(name) for name, _ in counted), default=0)
    for name, rows in counted:
        say(f"  {padded(name, longest)}{rows:>10,}")
    say(f"One row for each is in {out}.")
