"""The points as a scorecard's definition: tests, points, reasons in words, a baseline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from credence.characteristics.aggregates import Derived, can_be_missing
from credence.scorecards import proposed
from credence.scorecards.model import RESULT_COLUMNS, Characteristic
from credence.training.bins import Bins
from credence.training.columns import Column
from credence.training.crossing.crossed import Crossing
from credence.training.directions import EITHER
from credence.training.fit import Fit
from credence.training.points import Line, Points
from credence.training.written.crossed import when
from credence.training.written.origin import Origin

Entries = dict[str, object]
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@dataclass(frozen=True)
class Asked:
    """A characteristic of the scorecard: its name, its bins, its lines, its direction.

    `source` is the one whose answers the column holds, if events are asked, or several columns, and not the
    column; `crossing` the one whose cells it has, and `sides` the names of what is crossed.
    """

    name: str
    bins: Bins
    lines: tuple[Line, ...]
    direction: str
    source: Characteristic | None = None
    crossing: Crossing | None = None
    sides: tuple[str, str] = ("", "")

    @property
    def made(self) -> Derived | None:
        """What the column is made of, if it is made of others."""
        answer = None if self.source is None else self.source.measure.answer
        return answer if isinstance(answer, Derived) else None

    @property
    def most(self) -> int:
        """The most points."""
        return max(line.points for line in self.lines)

    @property
    def in_order(self) -> list[Line]:
        """The lines of bins, in their order."""
        return sorted(
            (x for x in self.lines if x.attributes[0] < self.bins.ordered), key=lambda x: x.attributes
        )

    @property
    def without(self) -> Line | None:
        """The line of those without an answer."""
        last = self.bins.shape.size - 1
        return next((x for x in self.lines if self.bins.missing and last in x.attributes), None)

    @property
    def nothing(self) -> Line | None:
        """The line of somebody to whom nothing ever happened: a count of 0, or no answer."""
        if self.source is None or can_be_missing(self.source.measure.answer):
            return self.without
        place = int(self.bins.codes(Column(self.name, numbers=np.zeros(1)))[0])
        return next(line for line in self.lines if place in line.attributes)

    @property
    def alone(self) -> list[Line]:
        """The lines of special numbers or categories; the one of texts that are left over is last."""
        found = [x for x in self.lines if x not in self.in_order and x is not self.without]
        return sorted(found, key=lambda x: (self.bins.text and x is self._left(found), x.attributes))

    def _left(self, lines: list[Line]) -> Line:
        """The line of texts that are not named: that of the rare ones, or else the most usual."""
        rest = self.bins.ordered + len(self.bins.values)
        rare = [line for line in lines if self.bins.rest and rest in line.attributes]
        return rare[0] if rare else max(lines, key=lambda line: (line.rows, line.attributes))

    def values(self, line: Line) -> list[str | Fraction]:
        """The special numbers or categories of a line."""
        places = [place - self.bins.ordered for place in line.attributes]
        return [self.bins.values[place] for place in places if 0 <= place < len(self.bins.values)]


def asked(fit: Fit, points: Points, origin: Origin | None = None) -> list[Asked]:
    """The characteristics that move points, with names as results may use them."""
    crossings = {crossing.name: crossing for crossing in fit.wishes.crossings}
    sources = {bins.column: origin.of(bins.column) for bins in fit.bins} if origin else {}
    found: list[Asked] = []
    taken = {*RESULT_COLUMNS, *(name for name, source in sources.items() if source)}
    for bins, lines in zip(fit.bins, points.lines, strict=True):
        if lines:
            source = sources.get(bins.column)
            name = source.name if source else snake(bins.column, taken)
            taken.add(name)
            crossing = crossings.get(bins.column)
            names = {each.bins.column: each.name for each in found}
            sides = (
                (names[crossing.one.bins.column], names[crossing.other.bins.column]) if crossing else ("", "")
            )
            way = fit.directions.get(bins.column, EITHER)
            found.append(Asked(name, bins, lines, way, source, crossing, sides))
    return found


def snake(column: str, taken: set[str]) -> str:
    """A column's name in lower_snake, unlike those that are taken."""
    name = "_".join(WORD.findall(column)).lower() or "column"
    name = name if name[0].isalpha() else f"column_{name}"
    number, found = 2, name
    while found in taken:
        number, found = number + 1, f"{name}_{number}"
    return found


def definition(
    name: str, title: str, points: Points, questions: list[Asked], origin: Origin | None = None
) -> Entries:
    """Everything that the scorecard's file says; what an origin says of the law holds for its measures."""
    reasons: dict[str, str] = {}
    characteristics = {each.name: _characteristic(each, reasons, origin) for each in questions}
    least, most = points.base, points.base
    for each in questions:
        least += min(line.points for line in each.lines)
        most += each.most
    return {
        "name": name,
        "version": 1,
        "title": title,
        "setting": "lab",
        "range": [least, most],
        "points_base": points.base,
        **({"jurisdiction": origin.scorecard.jurisdiction} if origin and not origin.made else {}),
        **_categories(questions, origin),
        "reasons": reasons,
        "baseline": {"method": "mean", "points": {each.name: _mean(each) for each in questions}},
        "characteristics": characteristics,
    }


def _mean(each: Asked) -> Fraction:
    rows = sum(line.rows for line in each.lines)
    return Fraction(round(100 * sum(line.rows * line.points for line in each.lines) / rows), 100)


def _characteristic(each: Asked, reasons: dict[str, str], origin: Origin | None) -> Entries:
    if each.crossing is not None:
        return _crossed(each, each.crossing, reasons)
    monotone: Entries = {"monotone": each.direction} if each.direction != EITHER else {}
    kind: Entries = {"type": "text"} if each.bins.text else {}
    question: Entries = {"question": proposed.question(each.name)}
    measure: Entries = {"column": each.bins.column, **kind}
    if each.source is not None and origin is not None:
        question, measure = _said_there(each.source, origin), origin.measure(each.source)
    return {
        **question,
        **monotone,
        "measure": measure,
        "attributes": [test | _given(each, line, why, reasons) for test, line, why in rows(each)],
        **_missing(each, reasons),
    }


def _said_there(source: Characteristic, origin: Origin) -> Entries:
    """What the scorecard that is asked says of a question for people."""
    category: Entries = (
        {"category": source.category} if source.category in origin.scorecard.categories else {}
    )
    window: Entries = {"months": source.months} if source.months else {}
    advice: Entries = {} if source.advice else {"advice": False}
    return category | {"question": source.question} | window | advice


def _categories(questions: list[Asked], origin: Origin | None) -> Entries:
    """The categories that questions are in, as the scorecard that is asked has them."""
    used = {each.source.category for each in questions if each.source is not None}
    known = origin.scorecard.categories if origin else {}
    kept = {name: {"title": c.title, "meaning": c.meaning} for name, c in known.items() if name in used}
    return {"categories": kept} if kept else {}


def _crossed(each: Asked, crossing: Crossing, reasons: dict[str, str]) -> Entries:
    """Cells in the order in which they are tried, and what all the others get."""
    one, other = map(proposed.in_words, each.sides)
    *cells, usual = each.lines
    why = [(f"cell_{n}", f"is {crossing.words(line.attributes)}") for n, line in enumerate(cells, 1)]
    return {
        "question": f"How do the {one} and the {other} go together?",
        "measure": {"cross": list(each.sides)},
        "attributes": [
            *(
                when(crossing, each.sides, line) | _given(each, line, reason, reasons)
                for line, reason in zip(cells, why, strict=True)
            ),
            _given(each, usual, ("usual", "is a usual one"), reasons),
        ],
    }


def _missing(each: Asked, reasons: dict[str, str]) -> Entries:
    if each.without is not None:
        return {"missing": _given(each, each.without, proposed.UNKNOWN, reasons)}
    if each.source is not None and not can_be_missing(each.source.measure.answer):
        return {}
    code = f"{each.name}_unknown"
    reasons[code] = proposed.sentence(each.name, proposed.UNKNOWN[1])
    return {"missing": {"unscorable": code}}


def _given(each: Asked, line: Line, why: tuple[str, str], reasons: dict[str, str]) -> Entries:
    """The points of a line, and below the best its reason, which is noted."""
    if line.points == each.most:
        return {"points": line.points}
    code = f"{each.name}_{why[0]}"
    reasons[code] = proposed.sentence(each.name, why[1])
    return {"points": line.points, "reason": code}


def rows(each: Asked) -> Iterator[tuple[Entries, Line, tuple[str, str]]]:
    """Each line but that of the missing, in the order of the file: test, line, why it is below the best."""
    for number, line in enumerate(each.alone, 1):
        values = each.values(line)
        test: Entries = {"in": values} if len(values) > 1 else {"equals": values[0]} if values else {}
        rest = each.bins.text and number == len(each.alone)
        yield {} if rest else test, line, (f"kind_{number}", proposed.of_values(values, rest=rest))
    points = [line.points for line in each.in_order]
    for number, line in enumerate(each.in_order):
        end = line.attributes[-1]
        test = {"below": each.bins.limits[end]} if end < len(each.bins.limits) else {}
        yield test, line, proposed.of_bin(number, points.index(max(points)))
