"""What somebody asks of a run."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from credence.events.log import EventLog
from credence.runs.limits import USUAL, Limits
from credence.scorecards.model import Scorecard


@dataclass(frozen=True)
class Request:
    """A run to be made, or to be taken up again.

    Attributes:
        log: The log.
        runs: The folder of all runs.
        scorecards: What to score with; each name once.
        as_of: The day.
        known_at: The instant in UTC; None for that of the unfinished run of the day, else of the published
            one, else now.
        people: A table of people, for measures that take a column.
        contacts: In the lab, the scorecard whose last published scores of contacts are joined.
        engine: `local`, or the URL of a Spark master.
        limits: What holds the scores back.
        accepted: Why they are published although a limit was passed.
        afresh: Whether an unfinished run of the day is left, and a new one begun.
        events_at_a_time: About how many events are looked at together.
        groups: A table of groups, for the report alone; no part of what the run is.
        cut_off: The score at which groups are compared; the least of each band if not said.
    """

    log: EventLog
    runs: Path
    scorecards: tuple[Scorecard, ...]
    as_of: date
    known_at: datetime | None = None
    people: Path | None = None
    contacts: str | None = None
    engine: str = "local"
    limits: Limits = USUAL
    accepted: str | None = None
    afresh: bool = False
    events_at_a_time: int = 2_000_000
    groups: Path | None = None
    cut_off: int | None = None
