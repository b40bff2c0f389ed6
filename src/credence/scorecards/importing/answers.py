"""Answers made up for worked cases, and the points that the tables of a model give them."""

from collections.abc import Iterator
from fractions import Fraction

from credence.scorecards.importing.additive import Axis
from credence.scorecards.importing.points import Rounded
from credence.scorecards.model import Below, OneOf, Test
from credence.scorecards.written.measures import Entries

Answer = str | Fraction | None
NOTHING = "No answer to any question"
LEAST, MOST = "The least answer to every question", "The greatest answer to every question"
# Scores of columns do not depend on a day, but a case has one.
DAY = "2000-01-01"


def cases_of(model: Rounded) -> Entries:
    """Worked cases: answers at either end, and none, with the points that the model's tables give."""
    axes = {axis.column: axis for table in model.tables for axis in table.effect.axes}
    answers = {
        LEAST: {column: _least(axis) for column, axis in axes.items()},
        MOST: {column: _greatest(axis) for column, axis in axes.items()},
        NOTHING: dict.fromkeys(axes),
    }
    made = [case for words, of in answers.items() for case in _case(words, of, model)]
    return {"as_of": DAY, "cases": made}


def _case(words: str, answers: dict[str, Answer], model: Rounded) -> Iterator[Entries]:
    """A case; none where somebody with these answers has no score."""
    points = [
        table.points[tuple(place_of(axis, answers[axis.column]) for axis in table.effect.axes)]
        for table in model.tables
    ]
    known = [each for each in points if each is not None]
    if len(known) == len(points):
        columns = {column: answer for column, answer in answers.items() if answer is not None}
        yield {"sentence": words, "events": [], "columns": columns, "score": model.base + sum(known)}


def place_of(axis: Axis, answer: Answer) -> int:
    """Where an answer falls on an axis."""
    if answer is None:
        return axis.missing
    return next(place for place, test in enumerate(axis.tests) if meets(test, answer))


def meets(test: Test, answer: str | Fraction) -> bool:
    """Whether an answer meets a test; every answer is part of the rest."""
    if isinstance(test, Below):
        assert isinstance(answer, Fraction), "limits are of numbers"
        return answer < test.limit or (test.inclusive and answer == test.limit)
    return not isinstance(test, OneOf) or answer in test.values


def _named(axis: Axis) -> list[str | Fraction]:
    return [value for test in axis.tests if isinstance(test, OneOf) for value in test.values]


def _least(axis: Axis) -> Answer:
    """An answer under every limit; the first that is named where there is no limit."""
    named = _named(axis)
    if axis.text or not _limits(axis):
        return named[0] if named else Fraction(0)
    return _beside(_limits(axis)[0], -1, named)


def _greatest(axis: Axis) -> Answer:
    """An answer over every limit; one that is not named where there is no limit."""
    named = _named(axis)
    if axis.text:
        return next(text for text in _texts() if text not in named)
    return _beside(max(_limits(axis), default=Fraction(0)), 1, named)


def _limits(axis: Axis) -> list[Fraction]:
    return [test.limit for test in axis.tests if isinstance(test, Below)]


def _beside(limit: Fraction, step: int, named: list[str | Fraction]) -> Fraction:
    answer = limit + step
    while answer in named:
        answer += step
    return answer


def _texts() -> Iterator[str]:
    text = "another"
    while True:
        yield text
        text += " one"
