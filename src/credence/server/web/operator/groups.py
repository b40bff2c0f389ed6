"""The people of a run by group, as a page shows them: shares as bars, and ratios to the most favoured."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from credence.runs.report.groups import FOUR_FIFTHS, PEOPLE_LEAST
from credence.server.web.operator.checks import Facts


@dataclass(frozen=True)
class Group:
    """A group of people; the figures are None or empty where there are too few people to tell more.

    Attributes:
        name: What it is called; None for the people in no group.
        people: How many there are.
        few: Whether they are too few.
        without: The share without a score, in percent.
        mean: Their mean score.
        share: The share at or above the cut-off, of one; None without a cut-off.
        ratio: That share beside the greatest; None where nothing is compared.
        low: Whether the ratio is under four fifths.
    """

    name: str | None
    people: int
    few: bool
    without: float | None = None
    mean: float | None = None
    share: float | None = None
    ratio: float | None = None
    low: bool = False


@dataclass(frozen=True)
class Column:
    """The people by one column; `tick` is four fifths of the greatest share, None without a comparison."""

    name: str
    tick: float | None
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Groups:
    """The people by group, and the score at which they are compared; fewer than `least` are too few."""

    cut_off: int | None
    columns: tuple[Column, ...]
    least: int = PEOPLE_LEAST


def groups(card: Facts) -> Groups | None:
    """What a scorecard's part of a report says of groups; None where no table of groups was given."""
    found = card.get("groups")
    if found is None:
        return None
    return Groups(found["cut_off"], tuple(_column(one) for one in found["columns"]))


def _column(one: Facts) -> Column:
    found = tuple(_group(group) for group in one["groups"])
    return Column(one["column"], _tick(found), found)


def _group(group: Facts) -> Group:
    if group["too_few"]:
        return Group(group["group"], group["people"], few=True)
    without = 100 * (group["people"] - group["scored"]) / group["people"]
    told = Group(group["group"], group["people"], few=False, without=without, mean=group["mean"])
    return _compared(told, group["reached"])


def _compared(group: Group, reached: Sequence[Facts]) -> Group:
    if not reached:
        return group
    at = reached[0]
    low = at["ratio"] is not None and at["ratio"] < FOUR_FIFTHS
    return replace(group, share=at["share"], ratio=at["ratio"], low=low)


def _tick(found: Sequence[Group]) -> float | None:
    best = max((one.share for one in found if one.ratio is not None and one.share is not None), default=None)
    return None if best is None else FOUR_FIFTHS * best
