"""A model that is a sum: for each answer, or two answers crossed, a table of what it adds."""

from dataclasses import dataclass
from fractions import Fraction

from credence.scorecards.model import Test

LOG_ODDS, POINTS = "log_odds", "points"


@dataclass(frozen=True)
class Axis:
    """How the answers to one column are told apart.

    Attributes:
        column: The column.
        tests: Tried from top to bottom: values by themselves, rising limits, and the rest.
        text: Whether its answers are texts.
    """

    column: str
    tests: tuple[Test, ...]
    text: bool = False

    @property
    def missing(self) -> int:
        """The place of those without an answer, after those of the tests."""
        return len(self.tests)

    @property
    def places(self) -> range:
        """The places of all tests, and of the missing."""
        return range(len(self.tests) + 1)


@dataclass(frozen=True)
class Effect:
    """What one answer adds, or two crossed ones.

    Attributes:
        axes: One column, or two.
        values: By the places on the axes; None where there is no score.
    """

    axes: tuple[Axis, ...]
    values: dict[tuple[int, ...], Fraction | None]


@dataclass(frozen=True)
class Additive:
    """A fitted model.

    Attributes:
        effects: What is added up.
        base: What everyone starts with.
        kind: What is added up: log odds of a bad outcome, or points of which more are better.
        told: What a reader of the file should know of it.
    """

    effects: tuple[Effect, ...]
    base: Fraction
    kind: str
    told: tuple[str, ...] = ()
