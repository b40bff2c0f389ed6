"""Values that an answer may equal are of the answer's own kind."""

from fractions import Fraction

from credence.characteristics.aggregates import Column
from credence.characteristics.measure import Measure
from credence.characteristics.measures import UNREADABLE
from credence.scorecards.model import OneOf
from credence.scorecards.values import read_values
from credence.yaml_file import Node, parse

NUMBER = Measure("column", Column("a", text=False), "number")
TEXT = Measure("column", Column("a", text=True), "text")


def values(text: str) -> Node:
    return parse(f"in: {text}", "file").entries()["in"]


def test_one_value_or_a_list_of_them_is_read() -> None:
    assert read_values(values("0.5"), NUMBER) == OneOf((Fraction(1, 2),))
    assert read_values(values("[north, '1']"), TEXT) == OneOf(("north", "1"))


def test_values_of_the_other_kind_are_faults() -> None:
    of_number, of_text = values("[north]"), values("[1]")
    read_values(of_number, NUMBER)
    read_values(of_text, TEXT)
    assert [fault.sentence for fault in of_number.faults] == ["must be a number, not 'north'."]
    assert [fault.sentence for fault in of_text.faults] == ["must be a text, not '1'."]


def test_of_an_unreadable_measure_both_kinds_are_read() -> None:
    node = values("[north, 1]")
    assert read_values(node, UNREADABLE) == OneOf(("north", Fraction(1)))
    assert node.faults == []


def test_an_empty_list_is_a_fault() -> None:
    node = values("[]")
    read_values(node, NUMBER)
    assert [fault.sentence for fault in node.faults] == [
        "is an empty list: no answer could ever be among them."
    ]
