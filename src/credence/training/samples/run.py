"""Samples from a file: read, draw, and tell how many there are and what was left out."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from credence.engines.samples.asked import BAD, GOOD, INDETERMINATE
from credence.engines.samples.draw import Counted, draw, horizon_of
from credence.engines.samples.statements import answered
from credence.events.log import EventLog
from credence.events.manifest import Progress, silent
from credence.training.samples.definition import read_samples


@dataclass(frozen=True)
class Month:
    """Rows of a month of observation."""

    month: str
    good: int
    bad: int
    indeterminate: int
    left_out: int

    @property
    def bad_rate(self) -> float | None:
        """The share of bad rows among good and bad ones; None where there are none."""
        rows = self.good + self.bad
        return self.bad / rows if rows else None


@dataclass(frozen=True)
class Reason:
    """How many rows ended as they did for one reason."""

    why: str
    rows: int


@dataclass(frozen=True)
class Samples:
    """What was drawn.

    Attributes:
        scorecard: Whose characteristics were answered.
        characteristics: Their names.
        not_asked: Names of those that no event answers.
        known_until: The last day that was looked at.
        snapshot: The state of the log that was read.
        good: Rows that ended well.
        bad: Rows that did not.
        indeterminate: Rows that are neither, which are kept apart.
        months: The same a month of observation.
        told_by: For good, bad and indeterminate, the rules that told it.
        left_out: Why rows were left out.
    """

    scorecard: str
    characteristics: tuple[str, ...]
    not_asked: tuple[str, ...]
    known_until: str
    snapshot: int
    good: int
    bad: int
    indeterminate: int
    months: tuple[Month, ...]
    told_by: dict[str, tuple[Reason, ...]]
    left_out: tuple[Reason, ...]


def sample(
    definition: Path, log: EventLog, out: Path, apart: Path | None = None, progress: Progress = silent
) -> Samples:
    """Write a table of labelled rows: answers as known at each observation point, and how it ended.

    Args:
        definition: The YAML file that says what to sample.
        log: The log.
        out: The Parquet file to write.
        apart: Another for the indeterminate rows; they are only counted if None.
        progress: Told of parts done and parts in all.

    Raises:
        SourceNotFoundError: A file is not there.
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: A definition has faults; all of them are told.
        IntakeError: The log is empty, or a table is not as it must be.
        LogDamagedError: A file of the log is missing or torn.
        EngineError: The engine could not carry out a step.
    """
    asked = read_samples(definition, log.vocabulary)
    horizon = horizon_of(log, asked)
    counted = draw(log, asked, horizon, (out, apart), progress)
    names = tuple(c.name for c in answered(asked.scorecard))
    rows = {name: _rows(counted, name) for name in (GOOD, BAD, INDETERMINATE)}
    return Samples(
        scorecard=f"{asked.scorecard.name}@{asked.scorecard.version}",
        characteristics=names,
        not_asked=tuple(c.name for c in asked.scorecard.characteristics if c.name not in names),
        known_until=str(horizon.end - timedelta(days=1)),
        snapshot=horizon.snapshot,
        **rows,
        months=_months(counted),
        told_by={name: _reasons(counted, name) for name in rows if rows[name]},
        left_out=_reasons(counted, None),
    )


def _rows(counted: list[Counted], outcome: str | None, month: str | None = None) -> int:
    return sum(c.rows for c in counted if c.outcome == outcome and month in (None, c.month))


def _months(counted: list[Counted]) -> tuple[Month, ...]:
    names = sorted({each.month for each in counted})
    outcomes = (GOOD, BAD, INDETERMINATE, None)
    return tuple(Month(name, *(_rows(counted, outcome, name) for outcome in outcomes)) for name in names)


def _reasons(counted: list[Counted], outcome: str | None) -> tuple[Reason, ...]:
    """The reasons of an outcome, the most frequent first."""
    whys = sorted({each.why for each in counted if each.outcome == outcome})
    found = [
        Reason(why, sum(c.rows for c in counted if (c.outcome, c.why) == (outcome, why))) for why in whys
    ]
    return tuple(sorted(found, key=lambda reason: -reason.rows))
