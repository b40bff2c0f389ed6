"""Reading the attributes of a characteristic: limits, values, special values, crossings, the rest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from credence.characteristics.aggregates import Crossing, is_text
from credence.characteristics.measure import Measure
from credence.characteristics.measures import UNREADABLE
from credence.scorecards.crossing import read_when
from credence.scorecards.lines import read_points, said
from credence.scorecards.model import (
    MISSING,
    POINTS_MOST,
    Attribute,
    Below,
    Cell,
    OneOf,
    PointsEach,
    Rest,
    Test,
    When,
)
from credence.scorecards.values import read_values
from credence.yaml_file import Node

TESTS = ("below", "up_to", "in", "equals", "when")
LIMITS = ("below", "up_to")
GIVEN = ("points", "unscorable")


def read_attributes(node: Node, measure: Measure, above: Mapping[str, Measure]) -> tuple[Attribute, ...]:
    """Read the list of attributes, whose last one must take whatever is left.

    Args:
        node: The list.
        measure: What answers the question.
        above: The measures of the characteristics above, which a crossing may name.
    """
    rows: list[Attribute] = []
    for child in node.items():
        entries = child.keyed([], [*GIVEN, *TESTS, "reason", "label"])
        test = _test(child, entries, measure, above)
        _check_rising(child, test, rows)
        rows.append(_row(child, entries, test, (label_of(test, rows), measure)))
    rests = [index for index, row in enumerate(rows) if isinstance(row.test, Rest)]
    if isinstance(node.value, list) and rests[:1] != [len(rows) - 1]:
        node.fault("The last attribute, and only the last, has just points: it takes every answer left over.")
    else:
        _check_labels(node, rows)
    return tuple(rows)


def read_missing(node: Node) -> Attribute:
    """Read the attribute of those without an answer, whose label is always the same."""
    return _row(node, node.keyed([], [*GIVEN, "reason"]), Rest(), (MISSING, None))


def read_each(node: Node) -> PointsEach:
    """Read points per event with their cap."""
    entries = node.keyed(["points"], ["cap", "reason", "label"])
    points, cap = (read_whole(entries[key]) if key in entries else None for key in ("points", "cap"))
    if points is not None and cap is not None and (cap > 0) != (points > 0):
        node.fault(f"'cap: {cap}' and 'points: {points}' must have the same sign.")
    reason = entries["reason"].text() if "reason" in entries else None
    return PointsEach(points or 0, cap, reason, entries["label"].text() if "label" in entries else "each")


def read_whole(node: Node) -> int:
    """Read a whole number of points."""
    return node.integer(-POINTS_MOST, POINTS_MOST)


def _row(node: Node, entries: dict[str, Node], test: Test, named: tuple[str, Measure | None]) -> Attribute:
    """A row of the table, with the label it has of itself and the measure its points may follow."""
    label, measure = named
    given = [key for key in GIVEN if key in entries]
    if not given and isinstance(node.value, dict):
        node.fault("'points' is missing.")
    if len(given) > 1:
        node.fault("'points' and 'unscorable' cannot stand together: who has no score has no points.")
    points = read_points(entries["points"], measure) if "points" in entries else 0
    reason, code = (entries[key].text() if key in entries else None for key in ("reason", "unscorable"))
    return Attribute(test, points, entries["label"].text() if "label" in entries else label, reason, code)


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
    if given[0] in LIMITS:
        if is_text(measure.answer) and not crossing:
            child.fault(f"'{given[0]}' compares numbers, and this answer is a text. Use 'in'.")
        return Below(child.number(), inclusive=given[0] == "up_to")
    return read_values(child, measure)


def _crossed(measure: Measure, above: Mapping[str, Measure]) -> dict[str, Measure]:
    """The measures that a crossing names; none where one of them is not there, which is told elsewhere."""
    names = measure.answer.names if isinstance(measure.answer, Crossing) else ()
    return {name: above[name] for name in names} if above.keys() >= set(names) else {}


def _check_rising(node: Node, test: Test, above: list[Attribute]) -> None:
    before = _last_limit(above)
    if isinstance(test, Below) and before is not None and _place(test) <= _place(before):
        node.fault(f"'{written(test)}' must be greater than '{written(before)}' above it.")


def _last_limit(rows: Sequence[Attribute]) -> Below | None:
    return next((row.test for row in reversed(rows) if isinstance(row.test, Below)), None)


def _place(test: Below) -> tuple[Fraction, bool]:
    return test.limit, test.inclusive


def written(test: Below) -> str:
    """A limit as it stands in a file."""
    return f"{'up_to' if test.inclusive else 'below'}: {said(test.limit)}"


def _check_labels(node: Node, rows: list[Attribute]) -> None:
    """Labels name attributes in results, and one of them is taken."""
    for label, times in Counter([MISSING, *(row.label for row in rows)]).items():
        if label and times > 1:
            node.fault(f"Two attributes are called '{label}': give one a 'label' of its own.")


def label_of(test: Test, above: Sequence[Attribute]) -> str:
    """The label of an attribute that gives itself none, from its test and the attributes above it."""
    before = _last_limit(above)
    if isinstance(test, Below):
        return _between(before, test)
    if isinstance(test, OneOf):
        return _listed(test)
    if isinstance(test, When):
        return " and ".join(f"{cell.name} {_asked(cell)}" for cell in test.cells)
    if before is not None:
        return f"over {said(before.limit)}" if before.inclusive else f"{said(before.limit)} and over"
    return "any other" if above else "any"


def _between(before: Below | None, test: Below) -> str:
    if before is None:
        return f"{'up to' if test.inclusive else 'below'} {said(test.limit)}"
    if before.limit == test.limit:
        return f"exactly {said(test.limit)}"
    start = f"over {said(before.limit)}" if before.inclusive else said(before.limit)
    return f"{start} {'up to' if test.inclusive else 'to'} {said(test.limit)}"


def _listed(test: OneOf) -> str:
    return ", ".join(value if isinstance(value, str) else said(value) for value in test.values)


def _asked(cell: Cell) -> str:
    if cell.missing:
        return MISSING
    parts = [f"{said(cell.at_least)} and over"] if cell.at_least is not None else []
    parts += [f"below {said(cell.below)}"] if cell.below is not None else []
    parts += [f"up to {said(cell.up_to)}"] if cell.up_to is not None else []
    parts += [_listed(cell.one_of)] if cell.one_of is not None else []
    return " ".join(parts) or "known"
