"""A town in a log, and short ways to score it and to ask its files."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from credence import EventLog, Moment, load_scorecard, score_people
from credence.lab.big_town.make import TownFiles

NOW = datetime(2026, 11, 6, tzinfo=UTC)
EARLIER, LAST_DAY = date(2026, 10, 6), date(2026, 11, 6)
EVERYDAY = load_scorecard("everyday")


@dataclass(frozen=True)
class Settled:
    """A town whose events are in a log.

    Attributes:
        files: The town's files.
        log: The log.
        folder: Where scores may be written.
    """

    files: TownFiles
    log: EventLog
    folder: Path

    def scores(self, moment: Moment) -> Path:
        """The scores of a moment."""
        out = self.folder / f"{moment.as_of}-{moment.known_at:%Y%m%d}.parquet"
        if not out.exists():
            score_people(EVERYDAY, self.log, moment, out)
        return out


def at(day: date, known_on: date | None = None) -> Moment:
    return Moment(day, datetime.combine(known_on or day, datetime.min.time()))


def asked(question: str, **named: Path) -> list[Any]:
    """The rows of a question in SQL, in which {names} are files."""
    return duckdb.execute(question.format(**named)).fetchall()
