"""The scorecard itself: what each question tells by itself, and points, rows and bad share of its lines."""

from dataclasses import dataclass

from credence.training import figures
from credence.training.arrays import Floats, totals
from credence.training.judged import Judged, Question
from credence.training.report.section import Grid, Section

# An information value over this is suspicious: perhaps the answer was not known before the outcome.
SUSPICIOUS, LEAKING = 0.5, 2.0
LEAKS = "So much do these tell by themselves that somebody must ask when they were known: {}."
SAYS = (
    (
        "Information value (IV) is how much a question tells by itself, over the lines that it has here: "
        "under 0.02 next to nothing, over 0.5 so much that somebody should ask whether the answer was "
        "known before the outcome. Questions that say much the same share what they tell, so points need "
        "not follow it."
    ),
    (
        "Good less bad is the distance between the mean points of good and of bad rows: these add up to the "
        "distance between their mean scores."
    ),
    "Shares and rows are of the rows that were learnt from, or that a standing scorecard is judged by.",
)


@dataclass(frozen=True)
class Answer:
    """A line: its answers, points or their rule, rows, their bad share (None of nobody), and weight."""

    answer: str
    points: int | str
    rows: int
    bad_rate: float | None
    weight_of_evidence: float


@dataclass(frozen=True)
class Told:
    """What one characteristic tells."""

    column: str
    direction: str
    points: int
    information_value: float
    good_less_bad: float
    missing: float
    answers: list[Answer]


def characteristics_section(evidence: Judged) -> Section:
    """Of the rows of the table, by the scorecard as it is."""
    found = [_told(question, evidence.table.bad) for question in evidence.questions]
    found.sort(key=lambda one: -one.information_value)
    leaks = [one.column for one in found if one.information_value > LEAKING]
    much = [one.column for one in found if one.information_value > SUSPICIOUS]
    lines = sum(len(one.answers) for one in found)
    first = f"{len(found)} questions with {lines} lines; everybody starts with {evidence.base} points."
    much_told = f"These tell suspiciously much by themselves: {', '.join(much)}." if much else ""
    told = LEAKS.format(", ".join(leaks)) if leaks else ""
    says = tuple(sentence for sentence in (told, first, much_told, *SAYS) if sentence)
    grids = (_questions(found), *map(_answers, found))
    return Section("characteristics", "Questions and points", says, found, grids, warns=bool(leaks))


def _told(question: Question, bad: Floats) -> Told:
    size = len(question.answers)
    good, bads = totals(question.places, 1 - bad, size), totals(question.places, bad, size)
    weights = figures.weights_of_evidence(good, bads)
    answers = [
        Answer(answer, points, int(g + b), _rate(b, g + b), round(float(weight), 4))
        for answer, points, g, b, weight in zip(
            question.answers, question.points, good, bads, weights, strict=True
        )
    ]
    apart = float(question.given[bad == 0].mean() - question.given[bad == 1].mean())
    value = round(figures.information_value(good, bads), 4)
    return Told(
        question.column,
        question.direction,
        question.span,
        value,
        round(apart, 2),
        round(question.missing, 6),
        answers,
    )


def _rate(bad: float, rows: float) -> float | None:
    return round(float(bad / rows), 6) if rows else None


def _questions(found: list[Told]) -> Grid:
    rows = tuple(
        (
            one.column,
            one.direction,
            len(one.answers),
            one.points,
            round(one.information_value, 3),
            one.good_less_bad,
            round(100 * one.missing, 1),
        )
        for one in found
    )
    heads = ("Question", "Points", "Lines", "Span of points", "IV", "Good less bad, points", "Not known, %")
    return Grid("What each question tells", heads, rows)


def _answers(one: Told) -> Grid:
    rows = tuple(
        (
            each.answer,
            each.points,
            each.rows,
            None if each.bad_rate is None else round(100 * each.bad_rate, 1),
            round(each.weight_of_evidence, 2),
        )
        for each in one.answers
    )
    return Grid(one.column, ("Answer", "Points", "Rows", "Bad, %", "Weight of evidence"), rows)
