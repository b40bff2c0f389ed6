"""A scorecard: base points, and for each characteristic the points of the attribute its answer falls in."""

from dataclasses import dataclass, field
from fractions import Fraction

from credence.characteristics.measure import Measure

MISSING = "missing"
# The longest window, in months.
WINDOW_MOST = 1200
# So that points and their sums, packed with the places of reasons, fit the whole numbers of every engine.
POINTS_MOST = 1_000_000
# What results say of everybody, so that no characteristic may be called so: docs/reference/scores.md.
RESULT_COLUMNS = (
    "person_id", "scorecard", "version", "definition_hash", "as_of", "known_at", "snapshot", "score", "band",
    "unscorable", "reason_1", "reason_2", "reason_3", "reason_4",
)  # fmt: skip


@dataclass(frozen=True)
class Below:
    """True of numbers under a limit; with `inclusive`, of the limit too."""

    limit: Fraction
    inclusive: bool = False


@dataclass(frozen=True)
class OneOf:
    """True of some numbers or some texts."""

    values: tuple[str | Fraction, ...]


@dataclass(frozen=True)
class Rest:
    """True of every answer."""


@dataclass(frozen=True)
class Cell:
    """What a crossing asks of one other characteristic's answer; every part that is given must hold."""

    name: str
    at_least: Fraction | None = None
    below: Fraction | None = None
    one_of: OneOf | None = None
    missing: bool = False
    up_to: Fraction | None = None


@dataclass(frozen=True)
class When:
    """True where every cell is."""

    cells: tuple[Cell, ...]


Test = Below | OneOf | Rest | When


@dataclass(frozen=True)
class Line:
    """Points that follow the answer: times x answer + plus, rounded to whole points and kept within limits.

    Attributes:
        times: Points for each unit of the answer.
        plus: Points at an answer of zero.
        rounding: floor, ceiling or half_up (halves go up, below zero too).
        at_least: The fewest points; none fewer than -POINTS_MOST in any case.
        at_most: The most points; none more than POINTS_MOST in any case.
    """

    times: Fraction
    plus: Fraction
    rounding: str
    at_least: int | None = None
    at_most: int | None = None

    @property
    def limits(self) -> tuple[int, int]:
        """The fewest and the most points that the line can give."""
        least = -POINTS_MOST if self.at_least is None else self.at_least
        return least, POINTS_MOST if self.at_most is None else self.at_most


@dataclass(frozen=True)
class Attribute:
    """A set of answers and its points; `label` is its stable name in results.

    Whoever falls in an attribute with a code under `unscorable` has no score, for that reason.
    """

    test: Test
    points: int | Line
    label: str
    reason: str | None = None
    unscorable: str | None = None

    @property
    def points_least(self) -> int | None:
        """The fewest points anyone gets here; None where nothing limits them."""
        return self.points.at_least if isinstance(self.points, Line) else self.points

    @property
    def points_most(self) -> int | None:
        """The most points anyone gets here; None where nothing limits them."""
        return self.points.at_most if isinstance(self.points, Line) else self.points


@dataclass(frozen=True)
class PointsEach:
    """Points for each event, at most `cap`: of the same sign, None where POINTS_MOST is the only limit."""

    points: int
    cap: int | None
    reason: str | None = None
    label: str = "each"

    @property
    def most(self) -> int:
        """The limit in any case, of the sign of the points."""
        if self.cap is not None:
            return self.cap
        return POINTS_MOST if self.points > 0 else -POINTS_MOST


@dataclass(frozen=True)
class Characteristic:
    """One question about a person, its measure, and the points of its attributes, tried from top to bottom.

    `missing` is the attribute of those without an answer; None where everyone has one. `each` replaces
    the attributes where points are given per event.
    """

    name: str
    category: str | None
    question: str
    months: int | None
    measure: Measure
    attributes: tuple[Attribute, ...] = ()
    missing: Attribute | None = None
    each: PointsEach | None = None
    monotone: str | None = None
    advice: bool = True

    def rows(self) -> tuple[Attribute | PointsEach, ...]:
        """Every row of the characteristic's table, the missing one last."""
        rows = (*self.attributes, *((self.each,) if self.each else ()))
        return (*rows, *((self.missing,) if self.missing else ()))

    @property
    def points_most(self) -> int | None:
        """The most points anyone can get here; None where nothing limits them."""
        if self.each is not None:
            return None if self.each.cap is None and self.each.points > 0 else max(0, self.each.cap or 0)
        most = [row.points_most for row in self._scored()]
        known = [points for points in most if points is not None]
        return max(known, default=0) if len(known) == len(most) else None

    @property
    def points_least(self) -> int | None:
        """The fewest points anyone can get here; None where nothing limits them."""
        if self.each is not None:
            return None if self.each.cap is None and self.each.points < 0 else min(0, self.each.cap or 0)
        least = [row.points_least for row in self._scored()]
        known = [points for points in least if points is not None]
        return min(known, default=0) if len(known) == len(least) else None

    def _scored(self) -> list[Attribute]:
        """The attributes that give points: not those of people without a score."""
        return [row for row in self.rows() if isinstance(row, Attribute) and row.unscorable is None]


@dataclass(frozen=True)
class Requirement:
    """A measure that must reach something for a person to be scorable."""

    measure: Measure
    months: int | None
    test: str
    limit: Fraction


@dataclass(frozen=True)
class Rule:
    """A rule of scorability: at least one requirement must hold, else nobody is given a number."""

    code: str
    sentence: str
    alternatives: tuple[Requirement, ...]


@dataclass(frozen=True)
class Band:
    """A named part of the range; the last band has no upper limit."""

    name: str
    below: int | None


@dataclass(frozen=True)
class Category:
    """A group of characteristics as people see them."""

    title: str
    meaning: str


@dataclass(frozen=True)
class StatedBaseline:
    """Points to compare with, as the file states them; `method` says what they are (PMML's names)."""

    method: str
    points: dict[str, Fraction]


@dataclass(frozen=True)
class Scorecard:
    """A scorecard as loaded from its file, with the hash of all that can move a score.

    `language` is empty where the texts are those of the file.
    """

    name: str
    version: int
    title: str
    setting: str
    points_base: int
    characteristics: tuple[Characteristic, ...]
    purpose: tuple[str, ...] = ()
    range: tuple[int, int] | None = None
    scorable_when: tuple[Rule, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    categories: dict[str, Category] = field(default_factory=dict)
    jurisdiction: str = "any"
    evaluated_on_day: int | None = None
    barred_kinds: tuple[str, ...] = ()
    baseline: StatedBaseline | None = None
    reason_points: str = "below"
    reasons_always: tuple[str, ...] = ()
    definition_hash: str = ""
    language: str = ""

    def band_of(self, score: int) -> str | None:
        """The name of the band a score lies in: bands include their lower limit, not their upper."""
        return next((b.name for b in self.bands if b.below is None or score < b.below), None)

    def characteristic(self, name: str) -> Characteristic:
        """The characteristic of this name."""
        return next(c for c in self.characteristics if c.name == name)

    def measures(self) -> list[tuple[Measure, int | None]]:
        """Every measure the scorecard needs, with its window."""
        scored = [(c.measure, c.months) for c in self.characteristics]
        return scored + [(r.measure, r.months) for rule in self.scorable_when for r in rule.alternatives]

    def reason_codes(self) -> list[str]:
        """The reason codes in document order: where each first stands in a characteristic."""
        codes = [row.reason for c in self.characteristics for row in c.rows() if row.reason]
        return list(dict.fromkeys(codes))
