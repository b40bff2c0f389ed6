"""Reading what a crossing asks of the answers to other characteristics."""

from collections.abc import Mapping
from fractions import Fraction

from credence.characteristics.aggregates import is_text
from credence.characteristics.measure import Measure
from credence.scorecards.model import Cell, OneOf, When
from credence.scorecards.values import read_values
from credence.yaml_file import Node

NUMBER_TESTS = ("at_least", "below", "up_to")
VALUE_TESTS = ("in", "equals")
TESTS = (*NUMBER_TESTS, *VALUE_TESTS, "missing")


def read_when(node: Node, crossed: Mapping[str, Measure]) -> When:
    """Read `when: {a: {below: 3}, b: {missing: true}}`, where a and b are crossed."""
    if not crossed:
        return When(())
    entries = node.keyed([], crossed)
    if node.value == {}:
        node.fault(f"asks nothing: name at least one of {', '.join(crossed)}.")
    return When(tuple(_cell(name, child, crossed[name]) for name, child in entries.items()))


def _cell(name: str, node: Node, measure: Measure) -> Cell:
    entries = node.keyed([], TESTS)
    given = [test for test in TESTS if test in entries]
    missing = entries["missing"].flag() if "missing" in entries else False
    if not given and isinstance(node.value, dict):
        node.fault(f"asks nothing of '{name}'. Ask with one of: {', '.join(TESTS)}.")
    if missing and len(given) > 1:
        node.fault("'missing: true' stands alone: who has no answer has none to compare.")
    limits = {test: _limit(entries[test], measure) for test in NUMBER_TESTS if test in entries}
    return Cell(name, one_of=_values(node, entries, measure), missing=missing, **limits)


def _limit(node: Node, measure: Measure) -> Fraction:
    if is_text(measure.answer):
        node.fault("compares numbers, and this answer is a text. Use 'in'.")
    return node.number()


def _values(node: Node, entries: dict[str, Node], measure: Measure) -> OneOf | None:
    given = [entries[test] for test in VALUE_TESTS if test in entries]
    if len(given) > 1:
        node.fault("'in' and 'equals' say the same: keep one.")
    return read_values(given[0], measure) if given else None
