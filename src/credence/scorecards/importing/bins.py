"""Bins as tools write them in tables, `[a, b)` and lists of values, put together as answers to a column."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from credence.scorecards.importing.additive import Axis, Effect
from credence.scorecards.importing.files import Source
from credence.scorecards.importing.limits import exact
from credence.scorecards.model import Below, OneOf, Rest, Test

INTERVAL = re.compile(r"\s*[\[(]\s*(\S+?)\s*[,~]\s*(\S+?)\s*\)\s*")
HOLES = "The bins of '{column}' leave out what is between {low} and {high}, as they are written."


@dataclass(frozen=True)
class Bin:
    """A row of a table: an interval (its limits), or values; what it adds, and where it stands.

    Attributes:
        value: What it adds.
        line: Its line.
        interval: From the first number up to, but not with, the second; None for no limit.
        values: Values by themselves.
    """

    value: Fraction
    line: int
    interval: tuple[Fraction | None, Fraction | None] | None = None
    values: tuple[str | Fraction, ...] = ()


def interval_of(text: str) -> tuple[Fraction | None, Fraction | None] | None:
    """The limits of an interval that is closed below and open above; None if the text is none.

    Raises:
        ValueError: A limit is no number.
    """
    found = INTERVAL.fullmatch(text)
    if found is None:
        return None
    low, high = found.groups()
    return (
        None if low == "-inf" else exact(float(low)),
        None if high in {"inf", "+inf"} else exact(float(high)),
    )


def effect_of(
    source: Source, column: str, bins: Sequence[Bin], others: tuple[Fraction | None, Fraction | None]
) -> Effect:
    """The table of a column.

    Args:
        source: The file, which takes the faults.
        column: The column.
        bins: Its bins.
        others: What a missing answer adds, and one that is in no bin; None for no score.

    Raises:
        ValueError: Values beside intervals are no numbers.
    """
    missing, unseen = others
    ranges = sorted((b for b in bins if b.interval), key=_low)
    text = not ranges and any(isinstance(value, str) for b in bins for value in b.values)
    tests: list[Test] = [OneOf(tuple(_value(v, text=text) for v in b.values)) for b in bins if b.values]
    values: list[Fraction | None] = [b.value for b in bins if b.values]
    if ranges:
        _check(source, column, ranges)
        tests += _limits(ranges)
        values += [b.value for b in ranges]
    else:
        tests.append(Rest())
        values.append(unseen)
    axis = Axis(column, tuple(tests), text)
    return Effect((axis,), {(place,): value for place, value in enumerate([*values, missing])})


def _low(each: Bin) -> Fraction:
    low = each.interval[0] if each.interval else None
    return Fraction(-(10**30)) if low is None else low


def _value(value: str | Fraction, *, text: bool) -> str | Fraction:
    return str(value) if text else Fraction(value)


def _limits(ranges: list[Bin]) -> list[Test]:
    """The upper limits, but for the last."""
    ends = [b.interval[1] for b in ranges[:-1] if b.interval]
    return [*(Below(end) for end in ends if end is not None), Rest()]


def _check(source: Source, column: str, ranges: list[Bin]) -> None:
    """Note bins that do not follow upon each other from the least number to the greatest."""
    ends: Iterable[tuple[Fraction | None, Fraction | None]] = [b.interval for b in ranges if b.interval]
    above: Fraction | None = None
    for number, (each, (low, high)) in enumerate(zip(ranges, ends, strict=True)):
        if low != above or (high is None) != (number == len(ranges) - 1) or (low is not None and low == high):
            said = HOLES.format(column=column, low=_said(above), high=_said(low))
            source.fault(column, said, each.line)
        above = high


def _said(limit: Fraction | None) -> str:
    return "no limit" if limit is None else str(float(limit))
