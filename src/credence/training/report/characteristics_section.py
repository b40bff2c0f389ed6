"""The scorecard itself: what each question tells by itself, and points, rows and bad share of its lines."""

from dataclasses import dataclass

import numpy as np

from credence.scorecards.lines import said
from credence.training import figures
from credence.training.applied import asked, placed
from credence.training.arrays import Codes, Floats, totals
from credence.training.bins import Bins
from credence.training.directions import EITHER
from credence.training.evidence import Evidence
from credence.training.points import Line
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
    "Shares and rows are of the rows that were learnt from.",
)


@dataclass(frozen=True)
class Answer:
    """A line of points: its answers, its rows, their bad share (None of nobody), its weight of evidence."""

    answer: str
    points: int
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


def characteristics_section(evidence: Evidence) -> Section:
    """Of the rows that were learnt from, and the scorecard that is written."""
    fit, points, table = evidence.fit, evidence.points, evidence.table
    columns = asked(fit, table)
    found = []
    for bins, lines, places in zip(fit.bins, points.lines, placed(fit, points, table), strict=True):
        if lines:
            direction = fit.directions.get(bins.column, EITHER)
            missing = float(columns[bins.column].missing.mean())
            found.append(_told((bins, lines), places, table.bad, (direction, missing)))
    found.sort(key=lambda one: -one.information_value)
    leaks = [one.column for one in found if one.information_value > LEAKING]
    much = [one.column for one in found if one.information_value > SUSPICIOUS]
    first = f"{len(found)} questions with {points.rows} lines; everybody starts with {points.base} points."
    much_told = f"These tell suspiciously much by themselves: {', '.join(much)}." if much else ""
    told = LEAKS.format(", ".join(leaks)) if leaks else ""
    says = tuple(sentence for sentence in (told, first, much_told, *SAYS) if sentence)
    grids = (_questions(found), *map(_answers, found))
    return Section("characteristics", "Questions and points", says, found, grids, warns=bool(leaks))


def _told(
    question: tuple[Bins, tuple[Line, ...]], places: Codes, bad: Floats, known: tuple[str, float]
) -> Told:
    bins, lines = question
    good, bads = totals(places, 1 - bad, len(lines)), totals(places, bad, len(lines))
    weights = figures.weights_of_evidence(good, bads)
    answers = [
        Answer(label(bins, line), line.points, int(g + b), _rate(b, g + b), round(float(weight), 4))
        for line, g, b, weight in zip(lines, good, bads, weights, strict=True)
    ]
    given = np.array([line.points for line in lines], dtype=np.float64)
    apart = float(given @ good / good.sum() - given @ bads / bads.sum())
    span = int(given.max() - given.min())
    value = round(figures.information_value(good, bads), 4)
    direction, missing = known
    return Told(bins.column, direction, span, value, round(apart, 2), round(missing, 6), answers)


def _rate(bad: float, rows: float) -> float | None:
    return round(float(bad / rows), 6) if rows else None


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
