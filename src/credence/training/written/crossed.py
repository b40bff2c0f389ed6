"""A crossing as a scorecard writes it: which answers of both sides each line asks for."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from credence.training.columns import Column, Table
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import Side, Span
from credence.training.points import Line

Entries = dict[str, object]


def when(crossing: Crossing, names: tuple[str, str], line: Line) -> Entries:
    """What the answers of both sides must be for a line."""
    sides = zip(names, (crossing.one, crossing.other), crossing.asked(line.attributes), strict=True)
    tests = {name: _test(side, span) for name, side, span in sides}
    return {"when": {name: test for name, test in tests.items() if test}}


def _test(side: Side, span: Span) -> Entries:
    first, last = span
    if first >= side.ordered:
        values = side.bins.values[side.members(first)[0] - side.bins.ordered :]
        return {"equals": values[0]} if values else {"missing": True}
    low, high = (None, None) if last >= side.ordered else side.limits(first, last)
    return {name: limit for name, limit in (("at_least", low), ("below", high)) if limit is not None}


def line_of(
    crossing: Crossing, lines: tuple[Line, ...], answers: Mapping[str, str | Fraction | None]
) -> Line:
    """The line in which somebody with such answers falls."""
    columns = tuple(_column(side, answers[side.bins.column]) for side in (crossing.one, crossing.other))
    cell = crossing.column(Table(columns, np.zeros(1), np.zeros(1, dtype=np.intp), 0))
    place = int(crossing.bins.codes(cell)[0])
    return next(line for line in lines if place in line.attributes)


def _column(side: Side, value: str | Fraction | None) -> Column:
    name = side.bins.column
    if side.bins.text:
        return Column(name, texts=np.array([value], dtype=object))
    return Column(name, np.array([np.nan if value is None else float(value)]))
