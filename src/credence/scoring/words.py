"""Answers in words, for people."""

from fractions import Fraction

from credence.characteristics.aggregates import Answer, Crossing, Derived, Quotient
from credence.characteristics.measure import Measure
from credence.engines.found import Found
from credence.events.exports.money import exponent

NOT_KNOWN = "not known"
CROSSED = "see the answers it crosses"


def money(amount: int, currency: str) -> str:
    """An amount of minor units as people write it."""
    digits = exponent(currency)
    whole, rest = divmod(abs(amount), 10**digits)
    sign = "-" if amount < 0 else ""
    cents = f".{rest:0{digits}d}" if digits else ""
    return f"{sign}{whole:,}{cents} {currency}"


def counted(number: int, one: str) -> str:
    """A number of things."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def percent(top: int, bottom: int) -> str:
    """A share as a percentage, without a fraction where it is whole."""
    tenths = round(Fraction(1000 * top, bottom))
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole:,}.{rest} %" if rest else f"{sign}{whole:,} %"


def points_in_words(points: float) -> str:
    """Points, to a tenth."""
    said = f"{points:,.1f}".removesuffix(".0")
    return f"{said} point" if said == "1" else f"{said} points"


def answer_in_words(measure: Measure, found: Found) -> str:
    """What the answer to a measure is, as a person would say it."""
    if isinstance(measure.answer, Crossing):
        return CROSSED
    if found.value is None:
        return NOT_KNOWN
    if found.top is not None and found.bottom is not None:
        return _quotient(measure, found.top, found.bottom)
    if isinstance(found.value, int):
        return _number(measure.unit, found.value, measure.currency or "")
    return _double(measure.answer, found.value) if isinstance(found.value, float) else str(found.value)


def _number(unit: str, number: int, currency: str) -> str:
    if unit == "money":
        return money(number, currency)
    if unit in ("days", "months"):
        return counted(number, unit.removesuffix("s"))
    return "none" if unit == "events" and number == 0 else f"{number:,}"


def _double(answer: Answer, number: float) -> str:
    """The number of a column, or one made of several; a ratio says what it is a part, or a multiple, of."""
    if not isinstance(answer, Derived) or answer.way in ("greatest", "least"):
        return f"{number:,.15g}"
    said = f"{number:,.2f}" if abs(number) >= 1 else f"{number:.2g}"
    if answer.way == "average":
        return f"on average {said}"
    whole = answer.columns[1].name.replace("_", " ")
    return f"{said} of {whole}" if 0 <= number <= 1 else f"{said} times {whole}"


def _quotient(measure: Measure, top: int, bottom: int) -> str:
    assert isinstance(measure.answer, Quotient), "only quotients have two sides"
    if measure.unit == "share":
        of = f"{top:,} of {bottom:,} " if measure.answer.numerator.function == "count" else ""
        return f"{of}({percent(top, bottom)})" if of else percent(top, bottom)
    if measure.unit == "money":
        return "on average " + money(round(Fraction(top, bottom)), measure.currency or "")
    ratio = top / bottom
    return f"{ratio:.2f} times the usual" if measure.name == "trend" else f"on average {ratio:,.2f}"
