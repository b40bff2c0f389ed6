"""The definitions that scores were given by: as they were when a run was published, or in force."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from credence.events.log import EventLog
from credence.runs.published import open_run
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from credence.server.services.context import Context
from credence.server.services.reading.scores import Score


def card_of(context: Context, log: EventLog, score: Score) -> Scorecard:
    """The scorecard that gave a score."""
    if score.folder is None:
        return in_force(log, score.scorecard)
    return as_published(context.settings.runs / score.folder, score.scorecard)


def in_force(log: EventLog, name: str) -> Scorecard:
    """The scorecard of a name as it is now, in the log's vocabulary."""
    return load_scorecard(name, log.vocabulary)


@lru_cache(maxsize=64)
def as_published(folder: Path, name: str) -> Scorecard:
    """A scorecard as it was when a run was made; what was published never changes."""
    return open_run(folder).scorecard(name)


@lru_cache(maxsize=64)
def purposes_of(name: str) -> tuple[str, ...]:
    """What a scorecard may be used for; nothing if it does not say."""
    return load_scorecard(name).purpose


@contextmanager
def reading(log: EventLog) -> Iterator[EventLog]:
    """The log opened for one read in a thread: what it holds open is for one thread alone."""
    opened = EventLog.open(log.folder)
    try:
        yield opened
    finally:
        opened.close()


def plain(moment: datetime) -> datetime:
    """An instant as the log keeps it: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)
