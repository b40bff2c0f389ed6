"""credence runs: list, check, report: what was published, and whether it still is what was published."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from typer import Argument, Exit, Option, Typer

from credence.cli.output import print_json, say
from credence.cli.runs.outcome import run_facts, scores_line
from credence.cli.runs.report import read_report, report_lines, understood
from credence.engines.buckets import SCORES
from credence.errors import RunNotFoundError
from credence.events.calendar import instant
from credence.runs.drafts import unfinished
from credence.runs.publish import FACTS
from credence.runs.published import MANIFEST, PublishedRun, damage, open_run, published
from credence.scoring.words import counted

app = Typer(no_args_is_help=True, help="Runs: what 'credence run' published, and what it has not yet.")
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]
Run = Annotated[Path, Argument(help="The folder of one run.")]
PUBLISHED, UNFINISHED, HELD_BACK = "published", "not finished", "held back"


@app.command("list")
def list_(runs: Annotated[Path, Argument(help="The folder of all runs.")], as_json: AsJson = False) -> None:
    """List the published runs of a folder, and those that are not finished or were held back."""
    if not runs.is_dir():
        raise RunNotFoundError(runs, "folder of runs")
    done, waiting = published(runs), unfinished(runs)
    if not done and not waiting and not as_json:
        say(f"No run is in {runs}.")
    for run in done:
        if as_json:
            print_json({"state": PUBLISHED} | run_facts(run))
        else:
            say("\n".join(_lines(run)))
    for draft, plan in waiting.items():
        folder, state = _state(draft)
        if as_json:
            moment = {"as_of": plan.asked.as_of, "known_at": instant(plan.known_at)}
            print_json({"state": state, "folder": str(folder), "run": plan.run} | moment)
        else:
            say(f"{_moment(plan.asked.as_of, plan.known_at)}, {state}\n  {folder}")


def _lines(run: PublishedRun) -> list[str]:
    found = [
        scores_line(f"{one.name}@{one.version}", one.people, one.scored, one.mean)
        for one in run.manifest.scorecards
    ]
    head = f"{_moment(run.as_of, run.known_at)}, hash {run.hash[:12]}"
    return [head, f"  {run.folder}", *(f"  {line}" for line in found)]


def _moment(as_of: date, known_at: datetime) -> str:
    return f"{as_of}, known at {instant(known_at)}"


def _state(draft: Path) -> tuple[Path, str]:
    """What an unfinished run waits for, and the folder to name to others."""
    scores = draft / SCORES
    held = (scores / FACTS).is_file() and not understood(scores).published
    return (scores, HELD_BACK) if held else (draft, UNFINISHED)


@app.command()
def check(run: Run, as_json: AsJson = False) -> None:
    """Check that every file of a published run is still what was published."""
    if not (run / MANIFEST).is_file():
        raise RunNotFoundError(run, "published run")
    found = open_run(run)
    files = len(found.manifest.others) + sum(len(one.files) for one in found.manifest.scorecards)
    damaged = damage(found)
    if as_json:
        print_json({"files": files, "damage": damaged})
    else:
        for sentence in damaged:
            say(f"- {sentence}")
        state = f"{counted(len(damaged), 'thing')} to look at" if damaged else "nothing is damaged"
        say(f"{counted(files, 'file')} checked: {state}.")
    if damaged:
        raise Exit(1)


@app.command()
def report(run: Run, as_json: AsJson = False) -> None:
    """Print the main facts of a run's report, also of one that was held back."""
    if as_json:
        print_json(read_report(run))
    else:
        say("\n".join(report_lines(run)))
