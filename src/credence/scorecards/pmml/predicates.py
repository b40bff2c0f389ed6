"""Predicates: asked of an answer they are true, false or, as with a missing one, unknown (None)."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from credence.scorecards.pmml.fields import Fields, PmmlField, Value
from credence.scorecards.pmml.reading import Reading
from credence.xml_file import XmlElement

PREDICATES = ("SimplePredicate", "CompoundPredicate", "SimpleSetPredicate", "True", "False")
EQUALITIES: dict[str, Callable[[Any, Any], bool]] = {"equal": operator.eq, "notEqual": operator.ne}
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "lessThan": operator.lt,
    "lessOrEqual": operator.le,
    "greaterThan": operator.gt,
    "greaterOrEqual": operator.ge,
}
ABOUT_MISSING = ("isMissing", "isNotMissing")
OPERATORS = (*EQUALITIES, *COMPARISONS, *ABOUT_MISSING)
COMPOUNDS = ("and", "or", "xor", "surrogate")
# An item of an Array: in quotes, where a quote of its own has a backslash before it; or without spaces.
ITEM = re.compile(r'"((?:\\"|[^"])*)"|(\S+)')
Test = Callable[[Value], bool | None]


@dataclass(frozen=True)
class Predicate:
    """A predicate, with the fields it looks at and the values at which its truth can change."""

    test: Test
    fields: tuple[PmmlField, ...] = ()
    values: frozenset[Value] = frozenset()


NEVER = Predicate(lambda _value: False)


def read_predicate(element: XmlElement, fields: Fields) -> Predicate:
    """Read a predicate; one that cannot be read is never true, and a fault."""
    if element.tag in {"True", "False"}:
        holds = element.tag == "True"
        return Predicate(lambda _value: holds)
    if element.tag == "CompoundPredicate":
        return _compound(element, fields)
    name = fields.reading.named(element, "field")
    field = fields.field(element, name) if name else None
    if field is None:
        return NEVER
    read = _simple if element.tag == "SimplePredicate" else _among
    return read(element, fields, field)


def _simple(element: XmlElement, fields: Fields, field: PmmlField) -> Predicate:
    reading = fields.reading
    word = reading.named(element, "operator") and reading.choice(element, "operator", OPERATORS, "isMissing")
    if word in ABOUT_MISSING:
        wanted = word == ABOUT_MISSING[0]
        return Predicate(lambda value: (value is None) == wanted, (field,))
    limit = _limit(element, fields, field, word) if word else None
    if word is None or limit is None:
        return NEVER
    compare = {**EQUALITIES, **COMPARISONS}[word]
    return Predicate(
        lambda value: None if value is None else compare(value, limit), (field,), frozenset({limit})
    )


def _limit(element: XmlElement, fields: Fields, field: PmmlField, word: str) -> Value:
    """What an answer is compared with; None, and a fault, where it cannot be."""
    if word in COMPARISONS and not field.ordered:
        fields.reading.fault(element, f"'{word}' compares numbers, and '{field.name}' is not one.")
    elif "value" not in element.attributes:
        fields.reading.fault(element, f"'{word}' needs a 'value'.")
    else:
        return fields.value(element, element.attributes["value"], field.type)
    return None


def _among(element: XmlElement, fields: Fields, field: PmmlField) -> Predicate:
    reading = fields.reading
    wanted = reading.choice(element, "booleanOperator", ("isIn", "isNotIn"), "isIn") == "isIn"
    array = element.first("Array")
    if array is None:
        reading.fault(element, "A set needs its Array of values.")
        return NEVER
    values = frozenset(fields.value(array, text, field.type) for text in _items(array, reading))
    return Predicate(
        lambda value: None if value is None else (value in values) == wanted, (field,), values - {None}
    )


def _items(array: XmlElement, reading: Reading) -> list[str]:
    items = [plain or quoted.replace('\\"', '"') for quoted, plain in ITEM.findall(array.text)]
    if array.attributes.get("n", str(len(items))) != str(len(items)):
        reading.fault(array, f"n is '{array.attributes['n']}', and there are {len(items)} values.")
    return items


def _compound(element: XmlElement, fields: Fields) -> Predicate:
    reading = fields.reading
    reading.known(element, *PREDICATES)
    word = reading.choice(element, "booleanOperator", COMPOUNDS, COMPOUNDS[0])
    parts = [read_predicate(child, fields) for child in element.children if child.tag in PREDICATES]
    if not parts:
        reading.fault(element, "A CompoundPredicate needs predicates to combine.")
    tests = [part.test for part in parts]
    combine = {"and": _and, "or": _or, "xor": _xor, "surrogate": _surrogate}[word]
    looked_at = tuple(dict.fromkeys(field for part in parts for field in part.fields))
    values = frozenset(value for part in parts for value in part.values)
    return Predicate(lambda value: combine([test(value) for test in tests]), looked_at, values)


def _and(truths: list[bool | None]) -> bool | None:
    return False if False in truths else None if None in truths else True


def _or(truths: list[bool | None]) -> bool | None:
    return True if True in truths else None if None in truths else False


def _xor(truths: list[bool | None]) -> bool | None:
    return None if None in truths else truths.count(True) % 2 == 1


def _surrogate(truths: list[bool | None]) -> bool | None:
    return next((truth for truth in truths if truth is not None), None)
