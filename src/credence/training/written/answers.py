"""Made-up answers for each line of a scorecard, and worked cases of them: no row of the table is shown."""

from fractions import Fraction

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
    if any(each.source for each in questions):
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
    pairs = [
        (question, line) for question, line in zip(questions, lines, strict=True) if not question.crossing
    ]
    answers = {question.bins.column: answer(question, line) for question, line in pairs}
    crossed = [(question, question.crossing) for question in questions if question.crossing]
    pairs += [(question, line_of(crossing, question.lines, answers)) for question, crossing in crossed]
    lines = [line for _, line in pairs]
    return {
        "sentence": sentence,
        "events": [],
        "columns": {name: value for name, value in answers.items() if value is not None},
        "score": base + sum(line.points for line in lines),
        "points": {question.name: line.points for question, line in pairs},
    }


def _nothing(base: int, questions: list[Asked]) -> Entries:
    """A case without events: nothing is counted, and what cannot be counted is missing."""
    lines = [
        question.nothing if question.source else max(question.lines, key=lambda line: line.rows)
        for question in questions
    ]
    pairs = [(question, line) for question, line in zip(questions, lines, strict=True) if line is not None]
    answers = {q.bins.column: answer(q, line) for q, line in pairs if not q.source}
    unknown = [question.name for question, line in zip(questions, lines, strict=True) if line is None]
    expected: Entries = {
        "score": base + sum(line.points for _, line in pairs),
        "points": {question.name: line.points for question, line in pairs},
    }
    return {
        "sentence": "Somebody to whom nothing ever happened",
        "events": [],
        "columns": {name: value for name, value in answers.items() if value is not None},
        **(expected if not unknown else {"unscorable": f"{unknown[0]}_unknown"}),
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
