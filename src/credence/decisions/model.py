"""A policy: rows that ask something of a person's score and facts, and what is decided where one holds."""

from dataclasses import dataclass, field
from datetime import date

from credence.engines.policies.clauses import Asked, Decided, Subject
from credence.scorecards.model import Scorecard

ACCEPT, REFER, DECLINE = "accept", "refer", "decline"
# From the best to the worst for the person.
MEANINGS = (ACCEPT, REFER, DECLINE)
OTHERWISE, UNKNOWN = "otherwise", "unknown"
UNIQUE, FIRST = "unique", "first"
Term = str | int | float


def days_said(first: date | None, last: date | None) -> str:
    """From when and until when, as people read it; nothing where there are no limits."""
    return " ".join([*([f"from {first}"] if first else []), *([f"to {last}"] if last else [])])


@dataclass(frozen=True)
class Outcome:
    """What is decided: a word, its terms, and the sentence that is shown to the person."""

    outcome: str
    reason: str
    terms: dict[str, Term] = field(default_factory=dict)


@dataclass(frozen=True)
class PolicyRow:
    """A row: what it asks, and the outcome where all of it holds."""

    asks: Asked
    outcome: Outcome


@dataclass(frozen=True)
class Policy:
    """A policy as loaded, with its scorecard and the hash of all that can change a decision.

    Attributes:
        name: The name in its file.
        version: Its version.
        title: What people read.
        scorecard: The scorecard whose scores it decides on.
        setting: live or lab.
        purpose: What it decides about, among the scorecard's purposes.
        valid_from: The first day on which it holds.
        valid_to: The last day on which it holds.
        hit: unique (no two rows hold together) or first (the first that holds decides).
        outcomes: What each outcome means: accept, refer or decline.
        rows: The rows, from top to bottom.
        otherwise: What is decided where no row holds and all that is asked is known.
        unknown: What is decided where no row holds and something that is asked is not known.
        subjects: What the rows ask about, each once.
        definition_hash: The hash of all this and of the scorecard.
    """

    name: str
    version: int
    title: str
    scorecard: Scorecard
    setting: str
    rows: tuple[PolicyRow, ...]
    outcomes: dict[str, str]
    purpose: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    hit: str = UNIQUE
    otherwise: Outcome | None = None
    unknown: Outcome | None = None
    subjects: tuple[Subject, ...] = ()
    definition_hash: str = ""

    @property
    def decided(self) -> Decided:
        """The policy as the engines see it."""
        against = (
            place
            for place, (_, outcome) in enumerate(self.places())
            if outcome is not None and self.meaning(outcome) == DECLINE
        )
        return Decided(tuple(row.asks for row in self.rows), self.subjects, frozenset(against))

    def places(self) -> list[tuple[str, Outcome | None]]:
        """The name and the outcome of every place: the rows from 1, otherwise, unknown."""
        rows = [(str(number), row.outcome) for number, row in enumerate(self.rows, start=1)]
        return [*rows, (OTHERWISE, self.otherwise), (UNKNOWN, self.unknown)]

    def meaning(self, outcome: Outcome) -> str:
        """What an outcome means: accept, refer or decline."""
        return self.outcomes[outcome.outcome]
