"""column: a column of a table of people, a number or a text; missing where the table has none."""

from credence.characteristics.aggregates import Column
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure
from credence.yaml_file import Node

NAME, BESIDE = "column", ("context", "type")


def read(body: Node, beside: dict[str, Node], _reading: Reading) -> Measure:
    """Read `column: ExternalRiskEstimate`; a live scorecard needs the fact's `context` beside it."""
    kind = beside["type"].choice(["number", "text"]) if "type" in beside else "number"
    context = beside["context"].text() if "context" in beside else None
    unit = "text" if kind == "text" else "number"
    return Measure(NAME, Column(body.text(), text=kind == "text"), unit, context=context)
