"""What a crossing may ask; test_load.py has the words of each fault."""

from fractions import Fraction

import pytest

from credence.characteristics.aggregates import Column
from credence.characteristics.measure import Measure
from credence.scorecards.crossing import read_when
from credence.scorecards.model import Cell, OneOf, When
from credence.yaml_file import Node, parse

CROSSED = {
    "unpaid": Measure("column", Column("unpaid", text=False), "number"),
    "region": Measure("column", Column("region", text=True), "text"),
}


def when(text: str) -> Node:
    return parse(f"when: {text}", "file").entries()["when"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("{unpaid: {below: 3}}", Cell("unpaid", below=Fraction(3))),
        ("{unpaid: {at_least: 1.5}}", Cell("unpaid", at_least=Fraction(3, 2))),
        ("{unpaid: {up_to: 2}}", Cell("unpaid", up_to=Fraction(2))),
        ("{unpaid: {equals: 2}}", Cell("unpaid", one_of=OneOf((Fraction(2),)))),
        ("{region: {in: [no, on]}}", Cell("region", one_of=OneOf(("no", "on")))),
        ("{region: {missing: true}}", Cell("region", missing=True)),
        ("{region: {missing: false}}", Cell("region")),
    ],
)
def test_a_cell_asks_one_answer(text: str, cell: Cell) -> None:
    node = when(text)
    assert read_when(node, CROSSED) == When((cell,))
    assert node.faults == []


def test_every_part_of_a_cell_must_hold() -> None:
    found = read_when(when("{unpaid: {at_least: 1, below: 3}, region: {equals: north}}"), CROSSED)
    assert found == When((Cell("unpaid", Fraction(1), Fraction(3)), Cell("region", one_of=OneOf(("north",)))))


def test_of_characteristics_that_are_not_there_nothing_is_asked() -> None:
    node = when("{unpaid: {below: 3}}")
    assert read_when(node, {}) == When(())
    assert node.faults == []
