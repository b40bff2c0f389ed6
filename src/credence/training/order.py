"""What is asked of training: the file, how to learn, what to look at, where to write."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from credence.scorecards.scale import Scale
from credence.training.methods.choice import BEST
from credence.training.table import Source

USUAL = Scale(600, 50, 20)


@dataclass(frozen=True)
class Looks:
    """What is looked at beside the figures that every scorecard gets.

    Attributes:
        cut_off: The score from which people would be accepted; the one that accepts seven in ten if not said.
        segments: Columns kept beside; the scorecard is looked at within each of their values.
        groups: Columns kept beside whose groups of people are compared; never asked.
        people: A table of `person_id` and groups, for groups that are not in the table.
        champion: A scorecard in use, which is compared on the same people.
        rejects: A table of people who were refused, with the same columns and no outcome.
        ceiling: Whether boosted trees are tuned on the same folds, to compare with.
        decision: A column kept beside that says whether somebody accepted or refused.
        align: A column kept beside with an existing score, or a scorecard, whose scale is taken.
        fairer: How strongly the scorecard draws groups together; None for the plain one.
    """

    cut_off: int | None = None
    segments: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    people: Path | None = None
    champion: Path | None = None
    rejects: Path | None = None
    ceiling: bool = False
    fairer: float | None = None
    decision: str | None = None
    align: str | None = None

    @property
    def beside(self) -> tuple[str, ...]:
        """The columns of the table that are looked at and not asked."""
        return (*self.segments, *self.groups, *([self.decision] if self.decision else []))


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Attributes:
        source: The file, and what of it.
        scale: Which score stands for which odds.
        lines_most: At most so many lines of points; None for as many as cost nothing to keep.
        specials: Numbers that are codes and no amounts.
        directions: A YAML file of columns whose points must rise or fall.
        looks: What is looked at beside.
        out: The folder to make; None for none.
        characteristics: A scorecard whose measures are asked in place of the columns that are named so.
        method: How to learn: fused, woe, average, or the best of them.
        crossings: At most so many pairs of columns are crossed.
        derive: At most so many numbers made of several columns are asked.
        vocabulary: A YAML file of kinds that the characteristics may name beside the shipped ones.
    """

    source: Source
    scale: Scale = USUAL
    lines_most: int | None = None
    specials: tuple[Fraction, ...] = ()
    directions: Path | None = None
    looks: Looks = field(default_factory=Looks)
    out: Path | None = None
    characteristics: str | None = None
    method: str = BEST
    crossings: int = 0
    vocabulary: Path | None = None
    derive: int = 0
