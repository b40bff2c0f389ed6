"""What a policy asks of a person: subjects, tests of their values, and whether a test holds.

The SQL twin is in `decided.py`; both read this model.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from credence.engines.found import Value

SCORE, UNSCORABLE, LIST, ANSWER, COLUMN = "score", "unscorable", "list", "answer", "column"
ABSENT, PRESENT, UNKNOWN = "absent", "present", "unknown"
STATUSES = (ABSENT, PRESENT, UNKNOWN)


@dataclass(frozen=True)
class Subject:
    """Something a policy may ask about: a score, a list, an answer of the scorecard, a column of a table.

    Attributes:
        kind: score, unscorable, list, answer or column.
        name: Which list, characteristic or column; empty for the others.
        title: What people read.
        text: Whether its values are texts.
        whole: Whether its values are whole numbers; other numbers are floats, in every engine.
        least: The least number there can be, where that is known.
        most: The greatest.
        always: Whether there is a value for everybody.
    """

    kind: str
    name: str = ""
    title: str = ""
    text: bool = False
    whole: bool = False
    least: int | None = None
    most: int | None = None
    always: bool = False

    @property
    def place(self) -> str:
        """Its short name: `score`, `list court`."""
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True)
class Range:
    """Numbers between two limits; None is no limit, and a limit itself is inside if it is said to be."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_inside: bool = True
    high_inside: bool = True


@dataclass(frozen=True)
class Ranges:
    """True of numbers in one of some ranges."""

    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Among:
    """True of some texts."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """True of every value that is there, or with `known` false of one that is not."""

    known: bool = True


Test = Ranges | Among | Known


@dataclass(frozen=True)
class Clause:
    """One thing that a row asks; `asks` says it to people."""

    subject: Subject
    test: Test
    asks: str


@dataclass(frozen=True)
class Asked:
    """All that a row asks: every clause must hold, between two days that both belong to it."""

    clauses: tuple[Clause, ...]
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def of_score(self) -> tuple[Clause, ...]:
        """The clauses that ask for the score to lie somewhere."""
        return tuple(c for c in self.clauses if c.subject.kind == SCORE and isinstance(c.test, Ranges))

    @property
    def capped(self) -> bool:
        """Whether it asks for a score under a limit."""
        tests = [clause.test for clause in self.of_score]
        return any(all(part.high is not None for part in t.ranges) for t in tests if isinstance(t, Ranges))

    def valid(self, as_of: date) -> bool:
        """Whether the row is there on a day."""
        return (self.valid_from is None or self.valid_from <= as_of) and (
            self.valid_to is None or as_of <= self.valid_to
        )


@dataclass(frozen=True)
class Decided:
    """What an engine needs to know of a policy: its rows, the rest of the known and of the not known.

    A row is told by its place from 0; `otherwise` has the place after the last, `unknown` the one after.
    `against` are the places that are decided against the person, of rows and of the rest.
    """

    rows: tuple[Asked, ...]
    subjects: tuple[Subject, ...]
    against: frozenset[int] = frozenset()

    @property
    def beside(self) -> tuple[Subject, ...]:
        """What a table of people must hold: the lists and columns that are asked."""
        return tuple(s for s in self.subjects if s.kind in (LIST, COLUMN))

    @property
    def better(self) -> list[Asked]:
        """The rows that are not decided against the person, and ask for a score."""
        rows = [row for place, row in enumerate(self.rows) if place not in self.against]
        return [row for row in rows if row.of_score]

    @property
    def too_low(self) -> list[int]:
        """The places decided against the person whose row asks for a score under a limit."""
        return [
            place
            for place in sorted(self.against - {self.otherwise, self.unknown})
            if self.rows[place].capped
        ]

    @property
    def otherwise(self) -> int:
        """The place of those left over of whom all is known."""
        return len(self.rows)

    @property
    def unknown(self) -> int:
        """The place of those left over of whom something that is asked is not known."""
        return len(self.rows) + 1


def holds(test: Test, value: Value | Fraction) -> bool:
    """Whether a test is true of a value; nothing that is compared is true of a missing one."""
    if isinstance(test, Known):
        return test.known == (value is not None)
    if value is None:
        return False
    if isinstance(test, Among):
        return value in test.texts
    assert isinstance(value, int | float | Fraction), "only numbers lie in ranges"
    return any(within(value, part) for part in test.ranges)


def within(value: float | Fraction, part: Range) -> bool:
    """Whether a number lies in a range; a float is compared with the float nearest to the limit."""

    def side(limit: Fraction) -> int:
        other = float(limit) if isinstance(value, float) else limit
        return (value > other) - (value < other)

    above = part.low is None or side(part.low) >= (0 if part.low_inside else 1)
    return above and (part.high is None or side(part.high) <= (0 if part.high_inside else -1))


def not_known(subject: Subject, value: Value | Fraction) -> bool:
    """Whether a value says that something is not known: no score, no answer, an unknown status."""
    return value == UNKNOWN if subject.kind == LIST else value is None and subject.kind != UNSCORABLE


def place_of(decided: Decided, facts: dict[Subject, Value], as_of: date) -> int:
    """The place of the first row of which every clause holds; else of the rest, known or not known."""
    for place, row in enumerate(decided.rows):
        if row.valid(as_of) and all(holds(clause.test, facts[clause.subject]) for clause in row.clauses):
            return place
    missing = any(not_known(subject, facts[subject]) for subject in decided.subjects)
    return decided.unknown if missing else decided.otherwise


def score_told(decided: Decided, place: int, facts: dict[Subject, Value], as_of: date) -> bool:
    """Whether the reasons of the score are told: it was decided against the person, and for a score too low.

    That is where the row that decided asks for a score under a limit, or where one that is not against the
    person asks for another score than there is.
    """
    if place not in decided.against:
        return False
    return place in decided.too_low or any(
        row.valid(as_of) and not all(holds(c.test, facts[c.subject]) for c in row.of_score)
        for row in decided.better
    )
