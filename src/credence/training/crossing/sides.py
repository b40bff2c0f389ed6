"""A side of a crossing: the attributes of one characteristic in a few groups, whatever the outcomes are."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
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
# The first of some groups, and the last.
Span = tuple[int, int]


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
    def special(self) -> list[bool]:
        """For each group whether it is a special number."""
        numbers = 0 if self.bins.text else len(self.bins.values)
        return [0 <= group - self.ordered < numbers for group in range(self.count)]

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

    @cached_property
    def questions(self) -> tuple[list[Span], list[list[bool]]]:
        """Spans of groups that can be asked for, narrowest first, and for each which groups fall in it."""
        ordered, count = self.ordered, self.count
        spans = [(a, b) for a in range(ordered) for b in range(a, ordered) if (a, b) != (0, ordered - 1)]
        spans += [(group, group) for group in range(ordered, count)]
        spans += [] if self.bins.text else [(0, count - 1)]
        found = sorted(((self._falls(*span), span) for span in spans), key=lambda each: sum(each[0]))
        return [span for _, span in found], [falls for falls, _ in found]

    def _falls(self, first: int, last: int) -> list[bool]:
        """Which groups fall in a span: a span of numbers takes in special ones, too."""
        found = [first <= group <= last for group in range(self.count)]
        if last < self.ordered:
            low, high = self.limits(first, last)
            for number, value in enumerate(self.bins.values, self.ordered):
                found[number] = (low is None or low <= Fraction(value)) and (
                    high is None or Fraction(value) < high
                )
        return found

    def limits(self, first: int, last: int) -> tuple[Fraction | None, Fraction | None]:
        """The limits of groups of numbers; None at an end."""
        low, high, limits = self.members(first)[0], self.members(last)[-1], self.bins.limits
        return limits[low - 1] if low else None, limits[high] if high < len(limits) else None

    def asked(self, groups: Sequence[int]) -> Span:
        """The narrowest span that groups fall in."""
        spans, falls = self.questions
        return next(
            span for span, mine in zip(spans, falls, strict=True) if all(mine[group] for group in groups)
        )

    def words(self, first: int, last: int) -> str:
        """What answers a span of groups has."""
        bins = self.bins
        if first >= self.ordered:
            named = bins.values[self.members(first)[0] - bins.ordered :]
            return "none" if not named else f"'{named[0]}'" if bins.text else said(Fraction(named[0]))
        low, high = (None, None) if last >= self.ordered else self.limits(first, last)
        if low is not None and high is not None:
            return f"{said(low)} to {said(high)}"
        return (
            f"below {said(high)}"
            if high is not None
            else f"{said(low)} or more"
            if low is not None
            else "any"
        )


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
