"""Scoring: everybody in a log, a table of people, or one person."""

from datetime import date, datetime
from pathlib import Path

from credence.engines import duckdb as engine
from credence.engines import flat
from credence.engines.found import Row
from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.engines.tables import Tables
from credence.events.log import EventLog
from credence.events.manifest import Progress, silent
from credence.events.vocabulary import shipped
from credence.scorecards.model import Scorecard


def score_people(
    scorecard: Scorecard,
    source: EventLog | Path,
    moment: Moment,
    out: Path,
    tables: Tables | None = None,
    progress: Progress = silent,
) -> int:
    """Score everybody in a log, or a flat table of people, into a Parquet file of one row a person.

    Args:
        scorecard: The scorecard.
        source: An event log, or the path of a table with a column person_id.
        moment: The moment; a log's newest snapshot is read and named unless one is given.
        out: The Parquet file to write.
        tables: Beside a log: moments asked a person, and a table of people for its columns.
        progress: Told of parts done and parts in all.

    Returns:
        How many rows were written.

    Raises:
        SourceNotFoundError: A table is not there.
        IntakeError: A table cannot be read, or lacks a column.
        EngineError: The engine could not carry out a step.
    """
    if isinstance(source, Path):
        return engine.score_table(scorecard, shipped(), moment, source, out)
    return engine.score_log(scorecard, source, at_newest(source, moment), out, tables, progress)


def score_points(scorecard: Scorecard, people: Path, moment: Moment, out: Path) -> int:
    """Score a flat table of people into a Parquet file of points alone, in a fraction of the time.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: The table cannot be read or lacks a column, or the scorecard counts events.
        EngineError: The engine could not carry out a step.
    """
    return flat.score_points(scorecard, moment, people, out)


def score_person(scorecard: Scorecard, log: EventLog, person_id: str, as_of: date, known_at: datetime) -> Row:
    """Score one person on demand; a person of whom nothing is known has a row of missing answers."""
    moment = at_newest(log, Moment(as_of, known_at))
    return evaluate(scorecard, log.vocabulary, log.events_of(person_id, known_at), moment)


def at_newest(log: EventLog, moment: Moment) -> Moment:
    """The same moment, reading the log's newest snapshot unless another is named."""
    newest = log.snapshot
    if moment.snapshot is not None or newest is None:
        return moment
    return Moment(moment.as_of, moment.known_at, newest.number)
