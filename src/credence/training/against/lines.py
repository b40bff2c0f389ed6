"""The line of every question of a scorecard that stands, in which each row of a table falls."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from credence.characteristics.aggregates import Column, Crossing
from credence.scorecards.lines import points_said
from credence.scorecards.model import Attribute, Characteristic, Rest, Scorecard
from credence.training.against.standing import scores_of
from credence.training.arrays import Floats
from credence.training.columns import Table
from credence.training.directions import EITHER
from credence.training.judged import Question


def questions_of(card: Scorecard, table: Table, path: Path) -> tuple[Question, ...]:
    """The characteristics that move points, on rows that have a score; the scorecard asks columns."""
    found = [question(card, each, table, path) for each in card.characteristics]
    return tuple(each for each in found if len(set(each.points)) > 1 or isinstance(each.points[0], str))


def question(card: Scorecard, asked: Characteristic, table: Table, path: Path) -> Question:
    """One characteristic on rows that have a score."""
    rows = [*asked.attributes, *([asked.missing] if asked.missing else [])]
    rows = [row for row in rows if row.unscorable is None]
    points = tuple(row.points if isinstance(row.points, int) else points_said(row) for row in rows)
    places = _scores(card, _numbered(asked), table, path).astype(np.intp)
    whole = all(isinstance(each, int) for each in points)
    given = np.array(points, dtype=np.float64)[places] if whole else _scores(card, asked, table, path)
    answer = asked.measure.answer
    last = len(rows) - 1 if asked.missing in rows else -1
    return Question(
        answer.name if isinstance(answer, Column) else asked.name,
        asked.name,
        asked.monotone or EITHER,
        tuple(row.label for row in rows),
        points,
        places,
        given,
        float((places == last).mean()),
    )


def _numbered(asked: Characteristic) -> Characteristic:
    """The characteristic with the number of each line in place of its points."""
    number, lines = 0, []
    for row in (*asked.attributes, *([asked.missing] if asked.missing else [])):
        lines.append(replace(row, points=number))
        number += row.unscorable is None
    missing = lines.pop() if asked.missing else None
    return replace(asked, attributes=tuple(lines), missing=missing)


def _silent(asked: Characteristic) -> Characteristic:
    """The characteristic giving no points."""
    missing = asked.missing and Attribute(asked.missing.test, 0, asked.missing.label)
    return replace(asked, attributes=(Attribute(Rest(), 0, ""),), missing=missing)


def _scores(card: Scorecard, asked: Characteristic, table: Table, path: Path) -> Floats:
    """The points of one characteristic by itself; those that it crosses give none."""
    answer = asked.measure.answer
    names = answer.names if isinstance(answer, Crossing) else ()
    beside = [_silent(each) for each in card.characteristics if each.name in names]
    alone = replace(card, points_base=0, characteristics=(*beside, asked), scorable_when=())
    return scores_of(alone, table, path)
