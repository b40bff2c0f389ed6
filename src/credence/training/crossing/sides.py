"""A side of a crossing: the attributes of one characteristic in a few groups, whatever the outcomes are."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from credence.scorecards.lines import said
from credence.training.arrays import Codes
from credence.training.bins import Bins
from credence.training.columns import Column

# About so many groups of bins; special numbers and missing answers are groups beside.
GROUPS = 4
# The group of texts that are not named.
NOBODY = -1


@dataclass(frozen=True)
class Side:
    """The groups of one characteristic.

    Attributes:
        bins: Its attributes.
        groups: The group of each attribute, from 0; -1 for texts that are not named.
    """

    bins: Bins
    groups: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many groups there are."""
        return max(self.groups) + 1

    @property
    def ordered(self) -> int:
        """How many of them stand in order; they come first."""
        return max(self.groups[: self.bins.ordered], default=NOBODY) + 1

    @property
    def guarded(self) -> list[bool]:
        """For each group whether it is a special number, which what is asked of others would take in."""
        last = self.ordered + len(self.bins.values)
        return [not self.bins.text and self.ordered <= group < last for group in range(self.count)]

    def members(self, group: int) -> list[int]:
        """The attributes of a group."""
        return [place for place, mine in enumerate(self.groups) if mine == group]

    def places(self, column: Column) -> Codes:
        """The group of each row; -1 for what nobody had."""
        codes = self.bins.codes(column)
        if self.bins.text and not self.bins.rest:
            known, numbered = column.numbered()
            new = np.array([text not in self.bins.values for text in known] or [False])
            codes[new[numbered] & (numbered >= 0)] = len(self.groups)
        found: Codes = np.array([*self.groups, NOBODY], dtype=np.intp)[codes]
        return found

    def words(self, group: int) -> str:
        """What answers a group has."""
        first, last = self.members(group)[0], self.members(group)[-1]
        bins = self.bins
        if first >= bins.ordered:
            named = bins.values[first - bins.ordered :]
            return "none" if not named else f"'{named[0]}'" if bins.text else said(Fraction(named[0]))
        low = said(bins.limits[first - 1]) if first else ""
        high = said(bins.limits[last]) if last < len(bins.limits) else ""
        if low and high:
            return f"{low} to {high}"
        return f"below {high}" if high else f"{low} or more" if low else "a number"


def side(bins: Bins, codes: Codes) -> Side:
    """Groups of about as many rows each; a bin that has as many by itself is a group by itself."""
    counts = np.bincount(codes, minlength=bins.shape.size).tolist()
    if bins.text:
        return Side(bins, tuple(_texts(bins, counts)))
    groups = _numbers(counts[: bins.ordered])
    first = groups[-1] + 1
    return Side(bins, (*groups, *range(first, first + bins.shape.alone)))


def _numbers(counts: list[int]) -> list[int]:
    even = sum(counts) / GROUPS
    heavy = [count >= even for count in counts]
    light = sum(count for count, much in zip(counts, heavy, strict=True) if not much)
    part = max(light / max(GROUPS - sum(heavy), 1), 1)
    groups, filled = [0], counts[0]
    for place, (before, much) in enumerate(pairwise(heavy), 1):
        turns = before or much or filled >= part
        groups.append(groups[-1] + turns)
        filled = counts[place] if turns else filled + counts[place]
    return groups


def _texts(bins: Bins, counts: list[int]) -> list[int]:
    """The most usual texts, each by itself."""
    values = len(bins.values)
    named = sorted(sorted(range(values), key=lambda place: (-counts[place], place))[:GROUPS])
    groups = [named.index(place) if place in named else NOBODY for place in range(values)]
    return [*groups, *[NOBODY] * bins.rest, *[len(named)] * bins.missing]
