"""Reading the attributes of a characteristic: limits, values, special values, crossings, the rest."""

from decimal import Decimal
from fractions import Fraction

from credence.characteristics.aggregates import Crossing, is_text
from credence.characteristics.measure import Measure
from credence.scorecards.model import MISSING, Attribute, Below, Cell, OneOf, PointsEach, Rest, Test, When
from credence.yaml_file import Node

TESTS = ("below", "in", "equals", "when")
CELL_TESTS = ("below", "at_least", "in", "equals", "missing")


def said(number: Fraction) -> str:
    """A number as it is written, without a fraction bar."""
    if number.denominator == 1:
        return str(number.numerator)
    return format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")


def read_attributes(node: Node, measure: Measure) -> tuple[Attribute, ...]:
    """Read the list of attributes, whose last one must take whatever is left."""
    rows, before = [], None
    for child in node.items():
        entries = child.keyed(["points"], [*TESTS, "reason", "label"])
        test = _test(child, entries, measure)
        if isinstance(test, Below):
            if before is not None and test.limit <= before:
                child.fault(
                    f"'below: {said(test.limit)}' must be greater than 'below: {said(before)}' above it."
                )
            before = test.limit
        rows.append(_row(entries, test, _label(test, rows)))
    rests = [index for index, row in enumerate(rows) if isinstance(row.test, Rest)]
    if not rows or rests[:1] != [len(rows) - 1]:
        node.fault("The last attribute, and only the last, has just points: it takes every answer left over.")
    return tuple(rows)


def read_missing(node: Node) -> Attribute:
    """Read the attribute of those without an answer."""
    return _row(node.keyed(["points"], ["reason", "label"]), Rest(), MISSING)


def read_each(node: Node) -> PointsEach:
    """Read points per event with their cap."""
    entries = node.keyed(["points"], ["cap", "reason", "label"])
    points = entries["points"].integer() if "points" in entries else 0
    cap = entries["cap"].integer() if "cap" in entries else None
    if cap is not None and (cap > 0) != (points > 0):
        node.fault(f"'cap: {cap}' and 'points: {points}' must have the same sign.")
    reason = entries["reason"].text() if "reason" in entries else None
    return PointsEach(points, cap, reason, entries["label"].text() if "label" in entries else "each")


def _row(entries: dict[str, Node], test: Test, label: str) -> Attribute:
    points = entries["points"].integer() if "points" in entries else 0
    reason = entries["reason"].text() if "reason" in entries else None
    return Attribute(test, points, entries["label"].text() if "label" in entries else label, reason)


def _test(node: Node, entries: dict[str, Node], measure: Measure) -> Test:
    given = [name for name in TESTS if name in entries]
    if len(given) > 1:
        node.fault(f"'{given[0]}' and '{given[1]}' cannot stand together: one test an attribute.")
    if not given:
        return Rest()
    crossing = isinstance(measure.answer, Crossing)
    if crossing != (given[0] == "when"):
        node.fault("'when' belongs to 'cross' measures, and only 'when'.")
    child = entries[given[0]]
    if given[0] == "when":
        return When(_cells(child, measure))
    if given[0] == "below":
        if is_text(measure.answer):
            child.fault("'below' compares numbers, and this answer is a text. Use 'in'.")
        return Below(child.number())
    return _one_of(child, text=is_text(measure.answer))


def _one_of(node: Node, *, text: bool) -> OneOf:
    given = node.items() if isinstance(node.value, list) else [node]
    return OneOf(tuple(item.text() if text else item.number() for item in given))


def _cells(node: Node, measure: Measure) -> tuple[Cell, ...]:
    names = measure.answer.names if isinstance(measure.answer, Crossing) else ()
    return tuple(_cell(name, child) for name, child in node.keyed([], names).items())


def _cell(name: str, node: Node) -> Cell:
    entries = node.keyed([], CELL_TESTS)
    values = entries.get("in", entries.get("equals"))
    listed = values.items() if values is not None and isinstance(values.value, list) else [values]
    given = [v.text() if isinstance(v.value, str) else v.number() for v in listed if v is not None]
    return Cell(
        name,
        entries["at_least"].number() if "at_least" in entries else None,
        entries["below"].number() if "below" in entries else None,
        OneOf(tuple(given)) if given else None,
        missing=entries["missing"].flag() if "missing" in entries else False,
    )


def _label(test: Test, above: list[Attribute]) -> str:
    limits = [row.test.limit for row in above if isinstance(row.test, Below)]
    if isinstance(test, Below):
        return f"{said(limits[-1])} to {said(test.limit)}" if limits else f"below {said(test.limit)}"
    if isinstance(test, OneOf):
        return ", ".join(v if isinstance(v, str) else said(v) for v in test.values)
    if isinstance(test, When):
        return " and ".join(f"{cell.name} {_asked(cell)}" for cell in test.cells)
    return f"{said(limits[-1])} and over" if limits else "any other" if above else "any"


def _asked(cell: Cell) -> str:
    parts = [f"{said(cell.at_least)} and over"] if cell.at_least is not None else []
    parts += [f"below {said(cell.below)}"] if cell.below is not None else []
    parts += [_label(cell.one_of, [])] if cell.one_of is not None else []
    return " ".join(parts + ([MISSING] if cell.missing else []))
