"""What is asked of a log: at which points to look, what each row must meet, how its outcome is told."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from credence.characteristics.filters import Filter
from credence.scorecards.model import Requirement, Scorecard

BAD, INDETERMINATE, GOOD = "bad", "indeterminate", "good"
# Why a row is left out, before any exclusion of the analyst's own.
NOT_OVER, NOT_KNOWN = "the performance window is not over", "nothing was known yet"
# What tells the outcome of rows that no rule applies to.
NO_RULE = "no rule applies"


@dataclass(frozen=True)
class Rule:
    """Something that is true of a row if at least one requirement holds; `why` says it."""

    why: str
    alternatives: tuple[Requirement, ...]


@dataclass(frozen=True)
class Points:
    """Observation points; exactly one of `days`, `each` and `table` says where.

    Attributes:
        days: Days on which everybody is looked at.
        each: Events; whoever one happened to is looked at on its day.
        days_before: So many days before that.
        table: A table of person_id and as_of.
        outcome: Its column that says how it ended; None where the log tells.
        columns: Others of its columns that are kept as they are, such as what a loan was asked for.
    """

    days: tuple[date, ...] = ()
    each: Filter | None = None
    days_before: int = 0
    table: Path | None = None
    outcome: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcomes:
    """How an outcome is told; the first that applies wins, in the order of the attributes.

    Attributes:
        months: The performance window; 0 where a table tells the outcome.
        rules: For bad, indeterminate and good the rules, which look at the window alone.
        values: The same for values of the table's column.
    """

    months: int = 0
    rules: tuple[tuple[str, tuple[Rule, ...]], ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def rest(self) -> str:
        """The outcome of a row to which nothing applies: good, unless it is said what good is."""
        said = dict(self.rules).get(GOOD) or dict(self.values).get(GOOD)
        return INDETERMINATE if said else GOOD


@dataclass(frozen=True)
class Asked:
    """All that is asked.

    Attributes:
        scorecard: Whose characteristics are answered.
        points: The observation points.
        outcomes: How the outcome is told.
        exclude: Rows of which a rule is true are left out; it looks at what was known at the point.
        known_until: The last day that is looked at; the log's last if None.
    """

    scorecard: Scorecard
    points: Points
    outcomes: Outcomes
    exclude: tuple[Rule, ...] = ()
    known_until: date | None = None


@dataclass(frozen=True)
class Horizon:
    """Up to where a log is looked at: the first day after, the instant of the last record, the snapshot."""

    end: date
    known_at: datetime
    snapshot: int
