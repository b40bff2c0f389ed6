"""A crossing as a scorecard writes it: which answers of both sides each line asks for."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from credence.training.columns import Column, Table
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import Side
from credence.training.points import Line

Entries = dict[str, object]


def asked_first(crossing: Crossing, lines: tuple[Line, ...]) -> list[tuple[tuple[int, int], Line]]:
    """The lines of cells with their groups; special answers before numbers that would take them in."""
    cells = [
        (divmod(line.attributes[0], crossing.other.count), line) for line in lines if line is not lines[-1]
    ]
    sides = crossing.one, crossing.other
    return sorted(cells, key=lambda x: ([g < s.ordered for g, s in zip(x[0], sides, strict=True)], x[0]))


def when(crossing: Crossing, names: tuple[str, str], cell: tuple[int, int]) -> Entries:
    """What the answers of both sides must be for a cell."""
    sides = zip(names, (crossing.one, crossing.other), cell, strict=True)
    tests = {name: _test(side, group) for name, side, group in sides}
    return {"when": {name: test for name, test in tests.items() if test}}


def _test(side: Side, group: int) -> Entries:
    first, last = side.members(group)[0], side.members(group)[-1]
    bins = side.bins
    if first >= bins.ordered:
        values = bins.values[first - bins.ordered :]
        return {"equals": values[0]} if values else {"missing": True}
    low: Entries = {"at_least": bins.limits[first - 1]} if first else {}
    return low | ({"below": bins.limits[last]} if last < len(bins.limits) else {})


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
