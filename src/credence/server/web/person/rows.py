"""The table of a characteristic in words: which answer would give how many points."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from credence.characteristics.measure import Measure
from credence.scorecards.lines import points_said, said
from credence.scorecards.model import MISSING, Attribute, Below, Characteristic, PointsEach, Rest
from credence.scoring.words import money

# Answers of these are counts: whole numbers from nothing on.
COUNTS = ("events", "months")


@dataclass(frozen=True)
class Row:
    """An answer: the name of its sentence and what is put into it, its points, whether it is the person's."""

    key: str
    said: dict[str, str]
    points: str
    here: bool


def rows_of(characteristic: Characteristic, attribute: str) -> tuple[Row, ...]:
    """Every row of a characteristic's table, in its order.

    Args:
        characteristic: The characteristic.
        attribute: The label of the row in which the person's answer falls.
    """
    return tuple(
        Row(key, values, points_said(row), row.label == attribute)
        for row, (key, values) in _worded(characteristic)
    )


Worded = tuple[str, dict[str, str]]


def _worded(characteristic: Characteristic) -> Iterator[tuple[Attribute | PointsEach, Worded]]:
    before: Below | None = None
    for row in characteristic.rows():
        if isinstance(row, PointsEach):
            cap = "" if row.cap is None else str(row.cap)
            yield row, ("each_capped" if cap else "each", {"cap": cap})
        elif row.label == MISSING:
            yield row, ("missing", {})
        elif isinstance(row.test, Below):
            yield row, _between(before, row.test, characteristic.measure)
            before = row.test
        elif isinstance(row.test, Rest):
            yield row, _left_over(before, characteristic.measure)
        else:
            yield row, ("label", {"label": row.label})


def _between(before: Below | None, test: Below, measure: Measure) -> Worded:
    """The answers under a limit and, if there is one, from the limit before on."""
    counted = measure.unit in COUNTS and test.limit.denominator == 1 and not test.inclusive
    if counted and (before is None or not before.inclusive):
        first, last = Fraction(0) if before is None else before.limit, test.limit - 1
        values = {"start": said(first), "end": said(last)}
        return ("exactly", values) if first == last else ("from_to", values)
    values = {"end": _number(test.limit, measure)}
    key = "up_to" if test.inclusive else "under"
    if before is None:
        return key, values
    return f"from_{key}", values | {"start": _number(before.limit, measure)}


def _left_over(before: Below | None, measure: Measure) -> Worded:
    if before is None:
        return "any", {}
    return "over" if before.inclusive else "from", {"start": _number(before.limit, measure)}


def _number(limit: Fraction, measure: Measure) -> str:
    if measure.unit == "share":
        return f"{said(100 * limit)} %"
    if measure.unit == "money":
        return money(round(limit), measure.currency or "")
    return said(limit)
