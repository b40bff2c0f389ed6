"""The statement: one person's score as lines that add up, each with its evidence."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Evidence:
    """An event behind a line: what it was, who sent it, and the first day on which it counts no more."""

    furnisher: str
    event_id: str
    kind: str
    title: str
    occurred_at: str
    ends_on: date | None


@dataclass(frozen=True)
class StatementLine:
    """One characteristic: the question, the answer in words, and its points of the most possible.

    `points` is None where there is no score; `points_most` where nothing limits it. `ends_on` is the
    day on which the last of the evidence stops counting; None where it has no end.
    """

    characteristic: str
    category: str | None
    question: str
    answer: str
    attribute: str
    points: int | None
    points_most: int | None
    reason: str | None
    missing: bool
    ends_on: date | None
    events: tuple[str, ...]
    furnishers: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class StatementReason:
    """Why the score is not higher: code, sentence, and points below the baseline (rounded to a tenth).

    Where the scorecard tells reasons above its baseline: why it is not lower.
    """

    code: str
    sentence: str
    points: float


@dataclass(frozen=True)
class Wanting:
    """What a person without a score lacks: the rule, what is known, and what would be enough."""

    code: str
    sentence: str
    known: str
    needed: str


@dataclass(frozen=True)
class Statement:
    """Everything said of one person by one scorecard at one moment. The points add up to the score."""

    person_id: str
    scorecard: str
    title: str
    version: int
    definition_hash: str
    as_of: date
    known_at: datetime
    snapshot: int | None
    baseline: str
    score: int | None
    band: str | None
    range: tuple[int, int] | None
    unscorable: str | None
    points_base: int
    lines: tuple[StatementLine, ...]
    reasons: tuple[StatementReason, ...]
    wanting: tuple[Wanting, ...] = ()
    categories: dict[str, str] | None = None
    next_evaluation: date | None = None
    reason_points: str = "below"

    def __post_init__(self) -> None:
        """Hold what must hold whatever was asked: the lines add up to the score."""
        if self.score is not None:
            total = self.points_base + sum(line.points or 0 for line in self.lines)
            assert total == self.score, "the lines add up to the score"
