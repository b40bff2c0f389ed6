"""What the report of a run says, as facts: for programs as JSON, for people as a page."""

from dataclasses import dataclass, field
from datetime import date, datetime

from credence.engines.compared import Comparison
from credence.runs.report.groups import Groups
from credence.scorecards.model import Scorecard

# Fewer events a month are too few to tell anything of a furnisher by.
EVENTS_TELLING = 10


@dataclass(frozen=True)
class Share:
    """People of one kind (a bin, a band, an attribute, a code): how many now, and how many in the last run.

    `before` is None where there is no last run, or where it knew no such kinds.
    """

    label: str
    people: int
    before: int | None = None


@dataclass(frozen=True)
class Drift:
    """How the answers of one characteristic moved since the last run.

    Attributes:
        name: The characteristic.
        question: As the scorecard asks it.
        attributes: People in each attribute; those without a score among them. Where points are given for
            each event: people by the number of events.
        psi: Population stability index over the attributes; None without a last run, or where the last
            run asked otherwise (another measure, window or other attributes).
        csi: Characteristic stability index in points: the sum of (share now - share before) times points.
            None without a last run, where the points changed, or where they follow the answer.
        psi_by_chance: What chance alone keeps the PSI under, 19 times of 20; None where there is none.
    """

    name: str
    question: str
    attributes: tuple[Share, ...]
    psi: float | None = None
    csi: float | None = None
    psi_by_chance: float | None = None


@dataclass(frozen=True)
class Before:
    """The last run that a report compares with.

    `changes` are the differences between the scorecard then and now, a sentence each.
    """

    run: str
    as_of: date
    known_at: datetime
    version: int
    people: int
    scored: int
    mean: float | None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardReport:
    """One scorecard's part of the report.

    Attributes:
        scorecard: The scorecard.
        people: Rows in all; `scored` of them have a score, on average `mean`.
        quantiles: The score at some shares of the people, with the least and the greatest.
        bins: People by ranges of the score.
        bands: People by band, lowest first; empty where the scorecard has none.
        unscorable: People without a score, by code.
        characteristics: How each characteristic moved.
        before: The last run; None where there is none.
        psi: Population stability index of the score over `bins`; None without a last run.
        moves: Person by person since the last run: migration between bands, the largest movers and their
            characteristic; None without a last run.
        limits: The least and the greatest score of each bin.
        psi_by_chance: What chance alone keeps the PSI under, 19 times of 20; None where there is none.
        groups: The people by group; None where no table of groups was given.
    """

    scorecard: Scorecard
    people: int
    scored: int
    mean: float | None
    quantiles: dict[str, int]
    bins: tuple[Share, ...]
    bands: tuple[Share, ...]
    unscorable: tuple[Share, ...]
    characteristics: tuple[Drift, ...]
    before: Before | None = None
    psi: float | None = None
    moves: Comparison | None = None
    limits: tuple[tuple[int, int], ...] = ()
    psi_by_chance: float | None = None
    groups: Groups | None = None

    @property
    def mean_change(self) -> float | None:
        """By how many points the mean moved since the last run; None where one of the two is lacking."""
        before = None if self.before is None else self.before.mean
        return None if self.mean is None or before is None else self.mean - before


@dataclass(frozen=True)
class Furnisher:
    """How fresh the data of one furnisher is, as of the day of the run and as known to it.

    Attributes:
        name: The furnisher.
        events: How many of its events are known.
        last_occurred_on: The day of its newest event.
        last_recorded_at: When the log last took something of it, in UTC.
        month: How many of its events happened in the month before `as_of`, and `month_before` in the one
            before that.
    """

    name: str
    events: int
    last_occurred_on: date | None
    last_recorded_at: datetime | None
    month: int
    month_before: int

    def silent_days(self, as_of: date) -> int | None:
        """Days since its newest event; None where it never sent one."""
        return None if self.last_occurred_on is None else max(0, (as_of - self.last_occurred_on).days)

    @property
    def sent_less(self) -> bool:
        """Whether it sent less than half of what it sent the month before, where that was not little."""
        return self.month_before >= EVENTS_TELLING and 2 * self.month < self.month_before


@dataclass(frozen=True)
class Report:
    """The report of a run."""

    run: str
    as_of: date
    known_at: datetime
    snapshot: int | None
    cards: tuple[CardReport, ...]
    furnishers: tuple[Furnisher, ...] = field(default=())


@dataclass(frozen=True)
class Verdict:
    """Whether the scores were published: a sentence for each limit that was passed.

    `accepted` is why they were published although a limit was passed; None where nobody said so.
    """

    reached: tuple[str, ...] = ()
    published: bool = True
    accepted: str | None = None
