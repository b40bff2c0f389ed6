"""Made-up answers for each line of a scorecard, and worked cases of them: no row of the table is shown."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from credence.characteristics.aggregates import Derived
from credence.engines.answering import derived
from credence.training.columns import Column
from credence.training.points import Line
from credence.training.written.crossed import line_of
from credence.training.written.definition import Asked, Entries

HALF = Fraction(1, 2)
# Scores of columns do not depend on a day, but a case has one.
DAY = "2000-01-01"


def cases(base: int, questions: list[Asked]) -> Entries:
    """The worst and the best answers, and the most usual ones, with the points that they must have.

    Where events answer a question, one case of somebody to whom nothing ever happened.
    """
    if any(each.source and not each.made for each in questions):
        return {"as_of": DAY, "cases": [_nothing(base, questions)]}
    chosen = {
        "The fewest points to every question": [min(q.lines, key=lambda x: x.points) for q in questions],
        "The most points to every question": [max(q.lines, key=lambda x: x.points) for q in questions],
        "The most usual answer to every question": [max(q.lines, key=lambda x: x.rows) for q in questions],
    }
    return {
        "as_of": DAY,
        "cases": [_case(sentence, base, questions, lines) for sentence, lines in chosen.items()],
    }


def _case(sentence: str, base: int, questions: list[Asked], lines: list[Line]) -> Entries:
    found: list[tuple[Asked, Line | None]] = [
        (question, line)
        for question, line in zip(questions, lines, strict=True)
        if not question.crossing and not question.made
    ]
    columns = {question.bins.column: answer(question, line) for question, line in found if line}
    answers = dict(columns)
    for question, made in ((q, q.made) for q in questions):
        # A part that is not asked itself is any number.
        columns |= {part.name: columns.get(part.name, Fraction(1)) for part in made.columns} if made else {}
        if made:
            answers[question.bins.column] = value = _value(made, columns)
            found.append((question, _line_of(question, value)))
    crossed = [(question, question.crossing) for question in questions if question.crossing]
    found += [(question, line_of(crossing, question.lines, answers)) for question, crossing in crossed]
    return {
        "sentence": sentence,
        "events": [],
        "columns": {name: value for name, value in columns.items() if value is not None},
        **_expected(base, found),
    }


def _value(made: Derived, columns: Mapping[str, str | Fraction | None]) -> Fraction | None:
    """The number that is made of some answers."""
    parts = [columns[part.name] for part in made.columns]
    value = derived(made.way, [float(part) if isinstance(part, Fraction) else None for part in parts])
    return None if value is None else Fraction(value)


def _line_of(question: Asked, value: Fraction | None) -> Line | None:
    """The line that a number falls in; None where there is none for it."""
    number = np.array([np.nan if value is None else float(value)])
    place = int(question.bins.codes(Column(question.name, number))[0])
    return next((line for line in question.lines if place in line.attributes), None)


def _expected(base: int, found: list[tuple[Asked, Line | None]]) -> Entries:
    """The score and its points; or that there is none, where an answer has no points."""
    unknown = next((question.name for question, line in found if line is None), None)
    if unknown is not None:
        return {"unscorable": f"{unknown}_unknown"}
    points = {question.name: line.points for question, line in found if line is not None}
    return {"score": base + sum(points.values()), "points": points}


def _nothing(base: int, questions: list[Asked]) -> Entries:
    """A case without events: nothing is counted, and what cannot be counted is missing."""
    lines = [
        question.nothing if question.source else max(question.lines, key=lambda line: line.rows)
        for question in questions
    ]
    found = list(zip(questions, lines, strict=True))
    answers = {q.bins.column: answer(q, line) for q, line in found if line is not None and not q.source}
    return {
        "sentence": "Somebody to whom nothing ever happened",
        "events": [],
        "columns": {name: value for name, value in answers.items() if value is not None},
        **_expected(base, found),
    }


def answer(question: Asked, line: Line) -> str | Fraction | None:
    """An answer that falls in a line; None where that is to have none."""
    if line is question.without:
        return None
    bins, values = question.bins, question.values(line)
    if values:
        return values[0]
    if bins.text:
        return _unlike(bins.values)
    first, last = line.attributes[0], line.attributes[-1]
    above = (
        bins.limits[last] if last < len(bins.limits) else bins.limits[first - 1] + 1 if first else Fraction(1)
    )
    tried = bins.limits[first - 1] if first else above - 1
    while tried in bins.values:
        tried = (tried + above) * HALF
    return tried


def _unlike(values: tuple[str | Fraction, ...]) -> str:
    """A text that is none of some."""
    found = "another"
    while found in values:
        found += " one"
    return found
