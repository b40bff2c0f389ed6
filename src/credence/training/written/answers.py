"""Made-up answers for each line of a scorecard, and worked cases of them: no row of the table is shown."""

from fractions import Fraction

from credence.training.points import Line
from credence.training.written.definition import Asked, Entries

HALF = Fraction(1, 2)
# Scores of columns do not depend on a day, but a case has one.
DAY = "2000-01-01"


def cases(base: int, questions: list[Asked]) -> Entries:
    """The worst and the best answers, and the most usual ones, with the points that they must have."""
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
    pairs = list(zip(questions, lines, strict=True))
    answers = {question.bins.column: answer(question, line) for question, line in pairs}
    return {
        "sentence": sentence,
        "events": [],
        "columns": {name: value for name, value in answers.items() if value is not None},
        "score": base + sum(line.points for line in lines),
        "points": {question.name: line.points for question, line in pairs},
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
