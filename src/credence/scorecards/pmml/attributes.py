"""The rows of a characteristic as PMML's attributes, tried in document order like ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from credence.errors import PmmlError
from credence.scorecards.lines import said
from credence.scorecards.model import (
    Attribute,
    Below,
    Characteristic,
    Line,
    OneOf,
    PointsEach,
    Rest,
    Test,
    When,
)
from credence.scorecards.pmml.elements import element
from credence.xml_file import XmlElement

# The code of rows without a reason of their own: PMML wants one everywhere.
NO_REASON = "none"
HALF = Fraction(1, 2)
ROUNDED = {"floor": "floor", "half_up": "floor", "ceiling": "ceil"}


@dataclass(frozen=True)
class Codes:
    """Which reason codes attributes have: that of rows without one (None: no codes at all), or their own."""

    none: str | None
    kept: bool

    def of(self, row: Attribute | PointsEach) -> str | None:
        """The code of a row."""
        return None if self.none is None else (row.reason if self.kept else None) or self.none


def attributes_of(characteristic: Characteristic, field: str, codes: Codes) -> Iterator[XmlElement]:
    """The attributes of a characteristic: the missing one first, the one that takes the rest last.

    Rows without a score stand nowhere: no attribute is true there, and PMML's whole result is invalid.

    Args:
        characteristic: The characteristic.
        field: The field that holds its answer.
        codes: The reason codes of its rows.

    Raises:
        PmmlError: The characteristic looks at several fields.
    """
    missing = characteristic.missing
    if missing is not None and missing.unscorable is None:
        yield _attribute(_simple(field, "isMissing"), missing, field, codes)
    if characteristic.each is not None:
        yield _attribute(element("True", {}), characteristic.each, field, codes)
    barred: list[XmlElement] = []
    for row in characteristic.attributes:
        if row.unscorable is not None:
            barred += _outside(row.test, field)
            continue
        asked = _asked(row.test, field, characteristic.name)
        if asked is None and not barred and missing is not None and missing.unscorable is not None:
            asked = _simple(field, "isNotMissing")
        parts = [*barred, *([asked] if asked is not None else [])]
        yield _attribute(_all(parts), row, field, codes)


def _all(parts: list[XmlElement]) -> XmlElement:
    if len(parts) > 1:
        return element("CompoundPredicate", {"booleanOperator": "and"}, *parts)
    return parts[0] if parts else element("True", {})


def _attribute(predicate: XmlElement, row: Attribute | PointsEach, field: str, codes: Codes) -> XmlElement:
    reason = codes.of(row)
    if isinstance(row, PointsEach):
        return element("Attribute", {"reasonCode": reason}, predicate, _each(row, field))
    if isinstance(row.points, Line):
        return element("Attribute", {"reasonCode": reason}, predicate, _complex(_line(row.points, field)))
    return element("Attribute", {"reasonCode": reason, "partialScore": row.points}, predicate)


def _simple(field: str, operator: str, value: str | Fraction | None = None) -> XmlElement:
    told = said(value) if isinstance(value, Fraction) else value
    return element("SimplePredicate", {"field": field, "operator": operator, "value": told})


def _asked(test: Test, field: str, name: str) -> XmlElement | None:
    """The predicate of a test; None where every answer meets it."""
    if isinstance(test, Below):
        return _simple(field, "lessOrEqual" if test.inclusive else "lessThan", test.limit)
    if isinstance(test, OneOf):
        return _any(test, field)
    if isinstance(test, When):
        why = f"'{name}' crosses several characteristics, and in PMML a characteristic looks at one field"
        raise PmmlError(why)
    assert isinstance(test, Rest), "there is no other test"
    return None


def _any(test: OneOf, field: str) -> XmlElement:
    equal = [_simple(field, "equal", value) for value in test.values]
    return equal[0] if len(equal) == 1 else element("CompoundPredicate", {"booleanOperator": "or"}, *equal)


def _outside(test: Test, field: str) -> list[XmlElement]:
    """What is true of the answers after a row without a score; of none after the last row."""
    if isinstance(test, Below):
        return [_simple(field, "greaterThan" if test.inclusive else "greaterOrEqual", test.limit)]
    return [_simple(field, "notEqual", v) for v in test.values] if isinstance(test, OneOf) else []


def _complex(expression: XmlElement) -> XmlElement:
    return element("ComplexPartialScore", {}, expression)


def _apply(function: str, *parts: XmlElement) -> XmlElement:
    return element("Apply", {"function": function}, *parts)


def _constant(number: Fraction | int) -> XmlElement:
    return element("Constant", {"dataType": "double"}, text=said(Fraction(number)))


def _line(line: Line, field: str) -> XmlElement:
    """The expression of a line, step by step as our engines compute it with doubles."""
    value = _apply("*", element("FieldRef", {"field": field}), _constant(line.times))
    if line.plus != 0:
        value = _apply("+", value, _constant(line.plus))
    if line.rounding == "half_up":
        value = _apply("+", value, _constant(HALF))
    value = _apply(ROUNDED[line.rounding], value)
    return _limited(value, line.at_least, line.at_most)


def _limited(value: XmlElement, least: int | None, most: int | None) -> XmlElement:
    value = value if least is None else _apply("max", value, _constant(least))
    return value if most is None else _apply("min", value, _constant(most))


def _each(each: PointsEach, field: str) -> XmlElement:
    total = _apply("*", element("FieldRef", {"field": field}), _constant(each.points))
    capped = (
        total if each.cap is None else _apply("min" if each.cap > 0 else "max", total, _constant(each.cap))
    )
    return _complex(capped)
