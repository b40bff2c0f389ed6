"""How scores differ between groups of people: shares at or above a score, and the ratios between them.

A ratio is the share of a group's people who have at least a score, divided by that share in the most favoured
group. It tells that groups fare differently, and nothing of the cause. Under four fifths is where the US
Uniform Guidelines on Employee Selection Procedures look closer (29 CFR 1607.4(D)): a rule of thumb.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from credence.engines.counts.groups import Count
from credence.scorecards.model import Scorecard

# Of fewer people nothing but their number is told: a few of them more or less make another picture.
PEOPLE_LEAST = 30
FOUR_FIFTHS = 0.8
NO_GROUP = "in no group"


@dataclass(frozen=True)
class Reached:
    """The people of a group who have at least a score.

    Attributes:
        score: The score.
        people: How many have it.
        share: Of all people of the group, those without a score among them.
        ratio: The share divided by that of the most favoured group; None without two groups to compare,
            where nobody at all has that score, and for people in no group.
    """

    score: int
    people: int
    share: float
    ratio: float | None


@dataclass(frozen=True)
class Group:
    """One group of people.

    Attributes:
        name: What it is called; None for the people in no group.
        people: How many there are.
        scored: How many have a score; None where there are too few people to tell more of.
        mean: Their mean score; None where nobody has one.
        reached: The people at or above each cut-off; empty where there is none.
    """

    name: str | None
    people: int
    scored: int | None = None
    mean: float | None = None
    reached: tuple[Reached, ...] = ()

    @property
    def label(self) -> str:
        """What it is called; people in no group are called so."""
        return NO_GROUP if self.name is None else self.name

    @property
    def ratio(self) -> float | None:
        """The ratio at the cut-off; None where there is none."""
        return self.reached[0].ratio if self.reached else None


@dataclass(frozen=True)
class Grouping:
    """The people by one column of the table of groups; those in no group stand last."""

    column: str
    groups: tuple[Group, ...]

    @property
    def lowest(self) -> Group | None:
        """The group with the lowest ratio at the cut-off; None where none has one."""
        known = [(group.ratio, group) for group in self.groups if group.ratio is not None]
        return min(known, key=lambda pair: pair[0])[1] if known else None


@dataclass(frozen=True)
class Groups:
    """One scorecard's people by every column of the table of groups.

    Attributes:
        cut_offs: The scores at which groups are compared; the first is the cut-off of limits and checks.
        columns: The people by each column.
    """

    cut_offs: tuple[int, ...]
    columns: tuple[Grouping, ...]


def cut_offs_of(card: Scorecard, cut_off: int | None) -> tuple[int, ...]:
    """The scores at which groups are compared: the one that is asked for, or the least of each band.

    The lowest band has no such score, because everybody with a score reaches it. The first cut-off is thus
    the least score of the second band from below: what is compared is who is not in the lowest band.
    """
    if cut_off is not None:
        return (cut_off,)
    return tuple(band.below for band in card.bands if band.below is not None)


def grouping(column: str, counts: Sequence[Count], cut_offs: Sequence[int]) -> Grouping:
    """The groups of one column with their shares and ratios."""
    best = [_most_favoured(counts, place) for place in range(len(cut_offs))]
    return Grouping(column, tuple(_group(count, cut_offs, best) for count in counts))


def _group(count: Count, cut_offs: Sequence[int], best: Sequence[Count | None]) -> Group:
    if count.people < PEOPLE_LEAST:
        return Group(count.group, count.people)
    mean = count.points / count.scored if count.scored else None
    reached = (
        Reached(score, people, people / count.people, _ratio(count, most, place))
        for place, (score, people, most) in enumerate(zip(cut_offs, count.reaching, best, strict=True))
    )
    return Group(count.group, count.people, count.scored, mean, tuple(reached))


def _most_favoured(counts: Sequence[Count], place: int) -> Count | None:
    """The group of the greatest share; None where there is nothing to compare with, or nobody is favoured."""
    large = [count for count in counts if count.group is not None and count.people >= PEOPLE_LEAST]
    if len(large) < 2:  # noqa: PLR2004 - one group alone is compared with none
        return None
    best = max(large, key=lambda count: Fraction(count.reaching[place], count.people))
    return best if best.reaching[place] else None


def _ratio(count: Count, best: Count | None, place: int) -> float | None:
    if best is None or count.group is None:
        return None
    return (count.reaching[place] * best.people) / (count.people * best.reaching[place])
