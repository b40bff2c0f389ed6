"""From attributes tried in document order to rows: every cell of the line is asked, neighbours are merged.

Predicates change only at the values they name. So the line falls into cells, the named numbers and the open
intervals between them (or the named texts and any other), and one answer of each cell tells all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from credence.scorecards.lines import points_at
from credence.scorecards.model import Line
from credence.scorecards.pmml.fields import PmmlField, Special, Value
from credence.scorecards.pmml.predicates import Predicate
from credence.scorecards.written.definition import line_of
from credence.scorecards.written.measures import Entries

# A text that stands for any other: none can hold this character.
OTHER = "\0"


@dataclass(frozen=True)
class PmmlAttribute:
    """An attribute of a characteristic: where it is true, and what it gives there."""

    predicate: Predicate
    points: int | Line
    reason: str | None


@dataclass(frozen=True)
class Outcome:
    """What a cell gives: points and a reason, or the code of why there is no score.

    `attribute` is the number of the attribute, so that attributes stay apart that happen to give the same.
    """

    attribute: int
    points: int | Line = 0
    reason: str | None = None
    unscorable: str | None = None


@dataclass(frozen=True)
class Asking:
    """A characteristic's field and attributes, and the code of an answer that none of them takes."""

    field: PmmlField
    attributes: Sequence[PmmlAttribute]
    code: str

    def at(self, answer: Value) -> Outcome:
        """What an answer gives: the first attribute that is true of it."""
        seen = self.field.treated(answer)
        if isinstance(seen, Special):
            return Outcome(-1, unscorable=self.code)
        for number, attribute in enumerate(self.attributes):
            if attribute.predicate.test(seen):
                return self._given(number, attribute, seen, same=seen == answer)
        return Outcome(-1, unscorable=self.code)

    def _given(self, number: int, attribute: PmmlAttribute, seen: Value, *, same: bool) -> Outcome:
        points = attribute.points
        if isinstance(points, Line) and not isinstance(seen, Fraction):
            return Outcome(-1, unscorable=self.code)
        if isinstance(points, Line) and isinstance(seen, Fraction) and not same:
            points = points_at(points, seen)
        return Outcome(number, points, attribute.reason)

    def named(self) -> set[Value]:
        """Every value at which the outcome can change."""
        return self.field.named() | {value for a in self.attributes for value in a.predicate.values}


def rows_of(asking: Asking) -> list[Entries]:
    """The rows of our table, whose last one takes whatever is left."""
    return _texts(asking) if asking.field.text else _numbers(asking)


def _texts(asking: Asking) -> list[Entries]:
    rest = asking.at(OTHER)
    named: dict[Outcome, list[Value]] = {}
    for value in sorted(str(value) for value in asking.named()):
        outcome = asking.at(value)
        if outcome != rest:
            named.setdefault(outcome, []).append(value)
    ordered = sorted(named.items(), key=lambda item: item[0].attribute)
    return [*(_listed(values) | gives(outcome) for outcome, values in ordered), gives(rest)]


def _listed(values: list[Value]) -> Entries:
    return {"equals": values[0]} if len(values) == 1 else {"in": values}


def _numbers(asking: Asking) -> list[Entries]:
    edges = sorted(value for value in asking.named() if isinstance(value, Fraction))
    between = [asking.at(value) for value in _between(edges)]
    alone: dict[Outcome, list[Value]] = {}
    limits: list[Entries] = []
    for edge, (left, right) in zip(edges, pairwise(between), strict=True):
        outcome = asking.at(edge)
        if outcome not in {left, right}:
            alone.setdefault(outcome, []).append(edge)
        if left != right:
            limits.append({"up_to" if outcome == left else "below": edge} | gives(left))
    return [
        *(_listed(values) | gives(outcome) for outcome, values in alone.items()),
        *limits,
        gives(between[-1]),
    ]


def _between(edges: list[Fraction]) -> list[Fraction]:
    """A number of each open interval: below all edges, between two, above all."""
    if not edges:
        return [Fraction(0)]
    middles = [(left + right) / 2 for left, right in pairwise(edges)]
    return [edges[0] - 1, *middles, edges[-1] + 1]


def gives(outcome: Outcome) -> Entries:
    """What an outcome gives, as it stands in a file."""
    if outcome.unscorable is not None:
        return {"unscorable": outcome.unscorable}
    points = line_of(outcome.points) if isinstance(outcome.points, Line) else outcome.points
    return {"points": points} | ({"reason": outcome.reason} if outcome.reason else {})
