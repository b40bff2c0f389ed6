"""Reading the attributes of a characteristic: limits, values, special values, crossings, the rest."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from credence.characteristics.aggregates import Crossing, is_text
from credence.characteristics.measure import Measure
from credence.characteristics.measures import UNREADABLE
from credence.scorecards.crossing import read_when
from credence.scorecards.model import MISSING, Attribute, Below, Cell, OneOf, PointsEach, Rest, Test, When
from credence.scorecards.values import read_values
from credence.yaml_file import Node

TESTS = ("below", "in", "equals", "when")
# So that points and their sums, packed with the places of reasons, fit the whole numbers of every engine.
POINTS_MOST = 1_000_000


def said(number: Fraction) -> str:
    """A number as it is written, without a fraction bar."""
    if number.denominator == 1:
        return str(number.numerator)
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


def read_attributes(node: Node, measure: Measure, above: Mapping[str, Measure]) -> tuple[Attribute, ...]:
    """Read the list of attributes, whose last one must take whatever is left.

    Args:
        node: The list.
        measure: What answers the question.
        above: The measures of the characteristics above, which a crossing may name.
    """
    rows: list[Attribute] = []
    for child in node.items():
        entries = child.keyed(["points"], [*TESTS, "reason", "label"])
        test = _test(child, entries, measure, above)
        _check_rising(child, test, rows)
        rows.append(_row(entries, test, _label(test, rows)))
    rests = [index for index, row in enumerate(rows) if isinstance(row.test, Rest)]
    if isinstance(node.value, list) and rests[:1] != [len(rows) - 1]:
        node.fault("The last attribute, and only the last, has just points: it takes every answer left over.")
    else:
        _check_labels(node, rows)
    return tuple(rows)


def read_missing(node: Node) -> Attribute:
    """Read the attribute of those without an answer, whose label is always the same."""
    return _row(node.keyed(["points"], ["reason"]), Rest(), MISSING)


def read_each(node: Node) -> PointsEach:
    """Read points per event with their cap."""
    entries = node.keyed(["points"], ["cap", "reason", "label"])
    points, cap = (_points(entries[key]) if key in entries else None for key in ("points", "cap"))
    if points is not None and cap is not None and (cap > 0) != (points > 0):
        node.fault(f"'cap: {cap}' and 'points: {points}' must have the same sign.")
    reason = entries["reason"].text() if "reason" in entries else None
    return PointsEach(points or 0, cap, reason, entries["label"].text() if "label" in entries else "each")


def _points(node: Node) -> int:
    return node.integer(-POINTS_MOST, POINTS_MOST)


def _row(entries: dict[str, Node], test: Test, label: str) -> Attribute:
    points = _points(entries["points"]) if "points" in entries else 0
    reason = entries["reason"].text() if "reason" in entries else None
    return Attribute(test, points, entries["label"].text() if "label" in entries else label, reason)


def _test(node: Node, entries: dict[str, Node], measure: Measure, above: Mapping[str, Measure]) -> Test:
    given = [name for name in TESTS if name in entries]
    if len(given) > 1:
        node.fault(f"'{given[0]}' and '{given[1]}' cannot stand together: one test an attribute.")
    if not given:
        return Rest()
    crossing = isinstance(measure.answer, Crossing)
    if crossing != (given[0] == "when") and measure is not UNREADABLE:
        node.fault("'when' belongs to 'cross' measures, and only 'when'.")
    child = entries[given[0]]
    if given[0] == "when":
        return read_when(child, _crossed(measure, above))
    if given[0] == "below":
        if is_text(measure.answer) and not crossing:
            child.fault("'below' compares numbers, and this answer is a text. Use 'in'.")
        return Below(child.number())
    return read_values(child, measure)


def _crossed(measure: Measure, above: Mapping[str, Measure]) -> dict[str, Measure]:
    """The measures that a crossing names; none where one of them is not there, which is told elsewhere."""
    names = measure.answer.names if isinstance(measure.answer, Crossing) else ()
    return {name: above[name] for name in names} if above.keys() >= set(names) else {}


def _check_rising(node: Node, test: Test, above: list[Attribute]) -> None:
    before = next((row.test.limit for row in reversed(above) if isinstance(row.test, Below)), None)
    if isinstance(test, Below) and before is not None and test.limit <= before:
        node.fault(f"'below: {said(test.limit)}' must be greater than 'below: {said(before)}' above it.")


def _check_labels(node: Node, rows: list[Attribute]) -> None:
    """Labels name attributes in results, and one of them is taken."""
    for label, times in Counter([MISSING, *(row.label for row in rows)]).items():
        if label and times > 1:
            node.fault(f"Two attributes are called '{label}': give one a 'label' of its own.")


def _label(test: Test, above: list[Attribute]) -> str:
    limits = [row.test.limit for row in above if isinstance(row.test, Below)]
    if isinstance(test, Below):
        return f"{said(limits[-1])} to {said(test.limit)}" if limits else f"below {said(test.limit)}"
    if isinstance(test, OneOf):
        return _listed(test)
    if isinstance(test, When):
        return " and ".join(f"{cell.name} {_asked(cell)}" for cell in test.cells)
    return f"{said(limits[-1])} and over" if limits else "any other" if above else "any"


def _listed(test: OneOf) -> str:
    return ", ".join(value if isinstance(value, str) else said(value) for value in test.values)


def _asked(cell: Cell) -> str:
    if cell.missing:
        return MISSING
    parts = [f"{said(cell.at_least)} and over"] if cell.at_least is not None else []
    parts += [f"below {said(cell.below)}"] if cell.below is not None else []
    parts += [_listed(cell.one_of)] if cell.one_of is not None else []
    return " ".join(parts) or "known"
