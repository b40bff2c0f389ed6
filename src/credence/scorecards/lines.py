"""Points that follow the answer: reading them, and computing them alike in every engine."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from credence.characteristics.aggregates import is_text
from credence.characteristics.measure import Measure
from credence.scorecards.model import POINTS_MOST, Attribute, Line, PointsEach
from credence.yaml_file import Node

ROUNDINGS = ("floor", "ceiling", "half_up")
ROUNDED = {"floor": "rounded down", "ceiling": "rounded up", "half_up": "rounded, halves up"}
# So that a line over the greatest sums fits 128 bits: at most six decimals, and a million either way.
DECIMALS_MOST = 10**6
HALF = Fraction(1, 2)


def said(number: Fraction) -> str:
    """A number as it is written, without a fraction bar."""
    if number.denominator == 1:
        return str(number.numerator)
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


def read_points(node: Node, measure: Measure | None) -> int | Line:
    """Read points: a whole number, or `{times, plus, rounding}` of a known number (`measure` is not None)."""
    if not isinstance(node.value, dict):
        return node.integer(-POINTS_MOST, POINTS_MOST)
    if measure is None or is_text(measure.answer):
        node.fault("Points can follow a number alone, and there is none here: give a whole number.")
    entries = node.keyed(["times", "plus", "rounding"], ["at_least", "at_most"])
    times, plus = (read_factor(entries[key]) if key in entries else Fraction(0) for key in ("times", "plus"))
    if "times" in entries and times == 0:
        entries["times"].fault("is zero, so that the answer would not matter: give a whole number of points.")
    rounding = entries["rounding"].choice(ROUNDINGS) if "rounding" in entries else ROUNDINGS[0]
    least, most = (
        entries[key].integer(-POINTS_MOST, POINTS_MOST) if key in entries else None
        for key in ("at_least", "at_most")
    )
    if least is not None and most is not None and least > most:
        node.fault(f"'at_least: {least}' is over 'at_most: {most}'.")
    return Line(times, plus, rounding, least, most)


def read_factor(node: Node) -> Fraction:
    """Read a number within a million of zero and of at most six decimals."""
    number = node.number()
    if abs(number) > POINTS_MOST or DECIMALS_MOST % number.denominator:
        node.fault(f"{said(number)} must lie within a million of zero and have at most six decimals.")
    return number


def points_said(row: Attribute | PointsEach) -> str:
    """The points of a row as people read them: a number, a rule, or that there is no score."""
    if isinstance(row, PointsEach):
        return str(row.points)
    if row.unscorable is not None:
        return "no score"
    if isinstance(row.points, int):
        return str(row.points)
    sign, plus = ("-", -row.points.plus) if row.points.plus < 0 else ("+", row.points.plus)
    rule = f"{said(row.points.times)} x answer {sign} {said(plus)}, {ROUNDED[row.points.rounding]}"
    least, most = row.points.at_least, row.points.at_most
    limits = [f"at least {least}"] if least is not None else []
    limits += [f"at most {most}"] if most is not None else []
    return ", ".join([rule, *limits])


def points_at(line: Line, answer: Fraction | float) -> int:
    """The points of a line at an answer.

    An exact answer is computed exactly; the number of a column as a double, step by step as in the SQL.
    """
    least, most = line.limits
    round_ = ceil if line.rounding == "ceiling" else floor
    more = HALF if line.rounding == "half_up" else 0
    if isinstance(answer, float):
        value = answer * float(line.times) + float(line.plus) + float(more)
        return round_(min(max(value, float(least)), float(most)))
    return min(max(round_(answer * line.times + line.plus + more), least), most)
