"""A fitted scorecard on rows that it was not fitted to, as the written one scores them."""

import numpy as np

from credence.scorecards.lines import said
from credence.training.arrays import Codes, Flags
from credence.training.bins import Bins
from credence.training.columns import Column, Table
from credence.training.directions import EITHER
from credence.training.fit import Fit
from credence.training.judged import Question
from credence.training.points import Line, Points


def applied(fit: Fit, points: Points, table: Table) -> tuple[Codes, Flags]:
    """The score of each row of another table with the same columns, and whether it has one.

    A row has none where an answer is missing that nobody missed among the rows of the fit.
    """
    scores = np.full(len(table.bad), points.base, dtype=np.intp)
    known = np.ones(len(table.bad), dtype=bool)
    for lines, places in zip(points.lines, placed(fit, points, table), strict=True):
        if lines:
            scores += np.array([line.points for line in lines])[places]
            known &= places >= 0
    return scores, known


def asked(fit: Fit, table: Table) -> dict[str, Column]:
    """The columns of a table by name, with those that the fit made by crossing others."""
    found = {column.name: column for column in table.columns}
    return found | {crossing.name: crossing.column(table) for crossing in fit.wishes.crossings}


def placed(fit: Fit, points: Points, table: Table) -> list[Codes]:
    """For each characteristic the number of the line that each row falls in; -1 where it falls in none."""
    columns = asked(fit, table)
    return [
        _places(bins, lines, columns[bins.column]) if lines else np.full(len(table.bad), -1, dtype=np.intp)
        for bins, lines in zip(fit.bins, points.lines, strict=True)
    ]


def _places(bins: Bins, lines: tuple[Line, ...], column: Column) -> Codes:
    owner = np.full(bins.shape.size + 1, -1, dtype=np.intp)
    for number, line in enumerate(lines):
        owner[list(line.attributes)] = number
    codes = bins.codes(column)
    if bins.text and not bins.rest:
        known, numbered = column.numbered()
        new = np.array([text not in bins.values for text in known] or [False])
        codes[new[numbered] & (numbered >= 0)] = _usual(bins, lines)
    return owner[codes]


def _usual(bins: Bins, lines: tuple[Line, ...]) -> int:
    """An attribute of the line that texts which nobody had get: the most usual one."""
    last = bins.shape.size - 1
    named = [line for line in lines if not (bins.missing and last in line.attributes)]
    return max(named, key=lambda line: (line.rows, line.attributes)).attributes[0]


def questions_of(fit: Fit, points: Points, table: Table) -> tuple[Question, ...]:
    """The characteristics that move points, on the rows of a table of which each has a score."""
    columns = asked(fit, table)
    return tuple(
        Question(
            bins.column,
            bins.column,
            fit.directions.get(bins.column, EITHER),
            tuple(label(bins, line) for line in lines),
            tuple(line.points for line in lines),
            places,
            np.array([line.points for line in lines], dtype=np.float64)[places],
            float(columns[bins.column].missing.mean()),
        )
        for bins, lines, places in zip(fit.bins, points.lines, placed(fit, points, table), strict=True)
        if lines
    )


def label(bins: Bins, line: Line) -> str:
    """The answers of a line in words."""
    places = sorted(line.attributes)
    parts = []
    if ordered := [place for place in places if place < bins.ordered]:
        low = said(bins.limits[ordered[0] - 1]) if ordered[0] else None
        high = said(bins.limits[ordered[-1]]) if ordered[-1] < len(bins.limits) else None
        parts.append(_between(low, high))
    alone = [place - bins.ordered for place in places if place >= bins.ordered]
    for place in alone:
        if place < len(bins.values):
            value = bins.values[place]
            parts.append(value if isinstance(value, str) else said(value))
        else:
            parts.append("another" if bins.rest and place == len(bins.values) else "not known")
    return ", ".join(parts)


def _between(low: str | None, high: str | None) -> str:
    if low is None:
        return "any number" if high is None else f"below {high}"
    return f"{low} or more" if high is None else f"{low} to below {high}"
