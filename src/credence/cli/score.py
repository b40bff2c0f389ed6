"""credence score: everybody in a log or a table, one row a person."""

from pathlib import Path
from typing import Annotated

from typer import Option

from credence.cli.moments import now, read_moment
from credence.cli.output import print_json, progress, say
from credence.engines.moment import Moment
from credence.engines.results import summary
from credence.engines.tables import Tables
from credence.errors import UsageError
from credence.events.log import EventLog
from credence.scorecards.load import load_scorecard
from credence.scoring.run import score_people

WHERE = "Say whom to score: --log DIR, or --people TABLE."
WHEN = "Say when: --as-of DATE for everybody, or with --log a table of moments, --at TABLE. Not both."


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
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Score people with SCORECARD (a shipped name or a path) into a Parquet file."""
    if log is None and people is None:
        raise UsageError(WHERE)
    if (as_of is None) == (at is None) or (at is not None and log is None):
        raise UsageError(WHEN)
    moment = read_moment(as_of, known_at) if as_of else Moment(now().date(), now().replace(tzinfo=None))
    with progress("Scoring") as report:
        if log is None:
            assert people is not None, "either a log or a table is given"
            score_people(load_scorecard(scorecard), people, moment, out)
        else:
            source = EventLog.open(log)
            card = load_scorecard(scorecard, source.vocabulary)
            score_people(card, source, moment, out, Tables(at, people), report)
    _print_summary(out, as_json=as_json)


def _print_summary(out: Path, *, as_json: bool) -> None:
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
    say(f"{found.rows:,} people: {found.rows - without:,} with a score{mean}, {without:,} without.")
    for name, people in (*found.bands.items(), *found.unscorable.items()):
        say(f"  {name:<16}{people:>10,}")
    say(f"One row a person is in {out}.")
