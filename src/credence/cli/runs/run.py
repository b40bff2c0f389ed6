"""credence run: everybody scored as of one day, and published."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Exit, Option

from credence.cli.moments import now, read_date, read_instant
from credence.cli.output import check_readable, print_json, progress_by_step, say
from credence.cli.runs.outcome import held_back, outcome_facts, outcome_lines
from credence.errors import UsageError
from credence.events.log import EventLog
from credence.runs.evaluate import LOCAL
from credence.runs.request import Request
from credence.runs.run import Outcome
from credence.runs.run import run as make
from credence.runs.schedule import Schedule, common_schedule, day_at
from credence.runs.settings import ENGINE, NO_ENGINE, RunSettings, read_settings
from credence.scorecards.load import load_scorecard

WHOM = "Say what to score with: one or more scorecards, or `scorecards` in a file of --settings."
LOG = "Say whom to score: --log DIR, or `log` in a file of --settings."
OUT = "Say where the folder of all runs is: --out RUNS, or `runs` in a file of --settings."
WHEN = (
    "Say when: --as-of DATE, or `schedule: {day: 6}` in a file of --settings. "
    "The scorecards have no day of the month in common (`evaluated_on_day`)."
)
NO_FOLDER = "--out is {0}, which is a file. Name the folder of all runs."
IN_LOG = "--out is {0}, which is in the log ({1}). Name a folder of its own for the runs."
NO_REASON = "--accept is empty. Say why the scores are published although a limit was passed."
AHEAD = "--as-of is {0}, which is in the future: it is {1} where the log is ({2}). Ask again then."
STEPS = {
    "freeze": "Freezing the log",
    "evaluate": "Scoring",
    "check": "Checking",
    "publish": "Publishing",
}


def run(
    scorecards: Annotated[
        list[str] | None, Argument(help="Shipped names or paths; those of the settings if not said.")
    ] = None,
    log: Annotated[Path | None, Option(help="The folder of the event log.")] = None,
    out: Annotated[Path | None, Option(help="The folder of all runs.")] = None,
    as_of: Annotated[str | None, Option(help="The date of the scores; the last one due if not said.")] = None,
    known_at: Annotated[
        str | None, Option(help="As known at this instant; that of the day's run, else now, if not said.")
    ] = None,
    people: Annotated[Path | None, Option(help="A table of people (CSV or Parquet) with person_id.")] = None,
    contacts: Annotated[
        str | None, Option(help="In the lab: the scorecard whose last published scores of contacts are used.")
    ] = None,
    engine: Annotated[str | None, Option(help="local, or a Spark: local[*], spark://host:port.")] = None,
    groups: Annotated[Path | None, Option(help="A table of groups (CSV or Parquet), for the report.")] = None,
    cut_off: Annotated[int | None, Option(help="The score at which groups are compared.")] = None,
    settings: Annotated[Path | None, Option(help="A YAML file that says all of this.")] = None,
    accept: Annotated[
        str | None, Option(help="Publish although a limit was passed, for this reason.")
    ] = None,
    afresh: Annotated[
        bool, Option("--afresh", help="Leave the unfinished run, and begin a new one.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Score everybody as of one day and publish the scores; stopped at any moment, it goes on from there."""
    given = {"scorecards": tuple(scorecards or ()), "log": log, "runs": out}
    tables = {"people": people, "contacts": contacts, "groups": groups}
    wanted = _wanted(settings, given | tables | {"engine": engine, "cut_off": cut_off})
    clock, asked = now(), _request(wanted)
    today = day_at(asked.log, clock)
    schedule = wanted.schedule or common_schedule(asked.scorecards)
    instant = None if known_at is None else read_instant("--known-at", known_at)
    day = _day(as_of, schedule, today, asked.log)
    asked = replace(asked, as_of=day, known_at=instant, accepted=_reason(accept), afresh=afresh)
    with progress_by_step() as told:
        outcome = make(asked, clock, lambda step, done, total: told(STEPS[step], done, total))
    due = None if schedule is None else schedule.next(today)
    raise Exit(_tell(wanted.name, outcome, due, as_json=as_json))


def _wanted(settings: Path | None, given: dict[str, Any]) -> RunSettings:
    """The settings of a file, but for what is given beside it."""
    said = {name: value for name, value in given.items() if value not in (None, (), "")}
    return replace(read_settings(settings) if settings else RunSettings(), **said)


def _reason(accept: str | None) -> str | None:
    if accept is not None and not accept.strip():
        raise UsageError(NO_REASON)
    return accept


def _request(wanted: RunSettings) -> Request:
    """What is asked for, but for the day.

    Raises:
        UsageError: Something is missing, or cannot be.
    """
    engine = wanted.engine or LOCAL
    if not wanted.scorecards:
        raise UsageError(WHOM)
    if wanted.log is None:
        raise UsageError(LOG)
    if wanted.runs is None:
        raise UsageError(OUT)
    if wanted.runs.is_file():
        raise UsageError(NO_FOLDER.format(wanted.runs))
    if not ENGINE.fullmatch(engine):
        raise UsageError(NO_ENGINE.format(engine))
    _check_tables(wanted)
    log = EventLog.open(wanted.log)
    if wanted.runs.resolve().is_relative_to(log.folder.resolve()):
        raise UsageError(IN_LOG.format(wanted.runs, wanted.log))
    return Request(
        log=log,
        runs=wanted.runs,
        scorecards=tuple(load_scorecard(name, log.vocabulary) for name in wanted.scorecards),
        as_of=date.max,
        people=wanted.people,
        contacts=wanted.contacts,
        engine=engine,
        limits=wanted.limits,
        groups=wanted.groups,
        cut_off=wanted.cut_off,
    )


def _check_tables(wanted: RunSettings) -> None:
    for name, table in (("--people", wanted.people), ("--groups", wanted.groups)):
        if table is not None:
            check_readable(name, table)


def _day(as_of: str | None, schedule: Schedule | None, today: date, log: EventLog) -> date:
    """The day that is asked for, or the latest on which a run is due.

    Raises:
        MomentError: It is no date.
        UsageError: It has not come, or there is none.
    """
    if as_of is None:
        if schedule is None:
            raise UsageError(WHEN)
        return schedule.due(today)
    day = read_date("--as-of", as_of)
    if day > today:
        raise UsageError(AHEAD.format(day, today, log.manifest.settings.timezone))
    return day


def _tell(name: str | None, outcome: Outcome, due: date | None, *, as_json: bool) -> int:
    """Say what became of a run; the exit code that says it, too."""
    if outcome.published is None:
        error = held_back(outcome)
        if not as_json:
            raise error
        facts = outcome_facts(name, outcome, due)
        print_json({"error": error.code, "sentence": str(error)} | facts)
        return 2
    if as_json:
        print_json(outcome_facts(name, outcome, due))
    else:
        say("\n".join(outcome_lines(name, outcome, due)))
    return 1 if outcome.breaches else 0
