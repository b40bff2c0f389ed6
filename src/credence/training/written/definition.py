"""The points as a scorecard's definition: tests, points, reasons in words, a baseline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from credence.scorecards.lines import said
from credence.scorecards.model import RESULT_COLUMNS
from credence.training.bins import Bins
from credence.training.directions import EITHER
from credence.training.fit import Fit
from credence.training.points import Line, Points

Entries = dict[str, object]
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
# So many values of a category are named in a reason.
NAMED = 5


@dataclass(frozen=True)
class Asked:
    """A characteristic of the scorecard: its name, its bins, its lines, its direction."""

    name: str
    bins: Bins
    lines: tuple[Line, ...]
    direction: str

    @property
    def words(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ")

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


def asked(fit: Fit, points: Points) -> list[Asked]:
    """The characteristics that move points, with names as results may use them."""
    taken, found = set(RESULT_COLUMNS), []
    for bins, lines in zip(fit.bins, points.lines, strict=True):
        if lines:
            name = snake(bins.column, taken)
            taken.add(name)
            found.append(Asked(name, bins, lines, fit.directions.get(bins.column, EITHER)))
    return found


def snake(column: str, taken: set[str]) -> str:
    """A column's name in lower_snake, unlike those that are taken."""
    name = "_".join(WORD.findall(column)).lower() or "column"
    name = name if name[0].isalpha() else f"column_{name}"
    number, found = 2, name
    while found in taken:
        number, found = number + 1, f"{name}_{number}"
    return found


def definition(name: str, title: str, points: Points, questions: list[Asked]) -> Entries:
    """Everything that the scorecard's file says."""
    reasons: dict[str, str] = {}
    characteristics = {each.name: _characteristic(each, reasons) for each in questions}
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
        "reasons": reasons,
        "baseline": {"method": "mean", "points": {each.name: _mean(each) for each in questions}},
        "characteristics": characteristics,
    }


def _mean(each: Asked) -> Fraction:
    rows = sum(line.rows for line in each.lines)
    return Fraction(round(100 * sum(line.rows * line.points for line in each.lines) / rows), 100)


def _characteristic(each: Asked, reasons: dict[str, str]) -> Entries:
    monotone: Entries = {"monotone": each.direction} if each.direction != EITHER else {}
    kind: Entries = {"type": "text"} if each.bins.text else {}
    return {
        "question": f"What is the {each.words}?",
        **monotone,
        "measure": {"column": each.bins.column, **kind},
        "attributes": [test | _given(each, line, why, reasons) for test, line, why in rows(each)],
        "missing": _missing(each, reasons),
    }


def _missing(each: Asked, reasons: dict[str, str]) -> Entries:
    if each.without is not None:
        return _given(each, each.without, ("unknown", "is not known"), reasons)
    code = f"{each.name}_unknown"
    reasons[code] = f"{_said(each)} is not known"
    return {"unscorable": code}


def _given(each: Asked, line: Line, why: tuple[str, str], reasons: dict[str, str]) -> Entries:
    """The points of a line, and below the best its reason, which is noted."""
    if line.points == each.most:
        return {"points": line.points}
    code = f"{each.name}_{why[0]}"
    reasons[code] = f"{_said(each)} {why[1]}"
    return {"points": line.points, "reason": code}


def _said(each: Asked) -> str:
    return each.words[0].upper() + each.words[1:]


def rows(each: Asked) -> Iterator[tuple[Entries, Line, tuple[str, str]]]:
    """Each line but that of the missing, in the order of the file: test, line, why it is below the best."""
    for number, line in enumerate(each.alone, 1):
        values = each.values(line)
        test: Entries = {"in": values} if len(values) > 1 else {"equals": values[0]} if values else {}
        rest = each.bins.text and number == len(each.alone)
        yield {} if rest else test, line, (f"kind_{number}", _among(values, rest=rest))
    points = [line.points for line in each.in_order]
    for number, line in enumerate(each.in_order):
        end = line.attributes[-1]
        test = {"below": each.bins.limits[end]} if end < len(each.bins.limits) else {}
        yield test, line, _why(number, points.index(max(points)))


def _why(number: int, best: int) -> tuple[str, str]:
    """Why a bin is below the best, by where it stands beside the best of the bins."""
    if number == best:
        return "number", "is a number, and another kind of answer gives more points"
    return ("low", "is low") if number < best else ("high", "is high")


def _among(values: list[str | Fraction], *, rest: bool) -> str:
    named = [f"'{value}'" if isinstance(value, str) else said(value) for value in values[:NAMED]]
    more = [f"one of {len(values) - NAMED} more"] if len(values) > NAMED else []
    return f"is {' or '.join([*named, *more, *(['another one'] if rest else [])])}"
