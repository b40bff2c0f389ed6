"""Reports of runs, as an operator reads them before readers have the scores; and runs on their way."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from credence.engines.buckets import PARTS, SCORES
from credence.errors import RunDamagedError
from credence.runs.drafts import unfinished
from credence.runs.plan import Plan
from credence.runs.publish import FACTS
from credence.runs.published import PublishedRun


@dataclass(frozen=True)
class OnItsWay:
    """A run that is not published: how much of it is done, and the limits that hold it back, if any."""

    run: str
    as_of: date
    known_at: datetime
    done: int
    tasks: int
    held: tuple[str, ...]


def report_of(run: PublishedRun) -> dict[str, Any]:
    """The facts of a run's report (docs/reference/run-report.md).

    Raises:
        RunDamagedError: The report is missing or cannot be read.
    """
    try:
        return _facts(run.folder / FACTS)
    except (FileNotFoundError, msgspec.DecodeError):
        raise RunDamagedError(run.folder, f"its {FACTS} is missing or cannot be read.") from None


def on_their_way(runs: Path) -> list[OnItsWay]:
    """The runs that are begun and not published, as known earliest first."""
    return [_seen(draft, plan) for draft, plan in unfinished(runs).items()]


def _seen(draft: Path, plan: Plan) -> OnItsWay:
    done = len(list((draft / PARTS).glob("*.json")))
    path = draft / SCORES / FACTS
    held = tuple(_facts(path)["limits_reached"]) if path.is_file() else ()
    return OnItsWay(plan.run, plan.asked.as_of, plan.known_at, done, len(plan.tasks), held)


def _facts(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return found
