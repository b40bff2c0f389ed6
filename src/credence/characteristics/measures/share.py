"""share: how much of some events are others, counted or added up by a field; missing where there are none."""

from credence.characteristics.aggregates import Aggregate, Quotient
from credence.characteristics.filters import NUMBERS, Reading, read_field
from credence.characteristics.measure import Measure, filter_of, name_in
from credence.yaml_file import Node

NAME, BESIDE = "share", ("of",)


def read(body: Node, beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `share: {kind: bill.paid}, of: {kind: [bill.paid, bill.unpaid]}`, each with its conditions."""
    part = _side(body, reading)
    if "of" not in beside:
        body.fault("'of' is missing: a share of which events?")
        return Measure(NAME, Quotient(part, part), "share")
    whole = _side(beside["of"], reading)
    if part.function != whole.function:
        body.fault("Both sides are counted, or both add up a 'field': name it on both, or on neither.")
    if part.events.currency != whole.events.currency:
        body.fault("Both sides must name the same currency, or neither.")
    return Measure(NAME, Quotient(part, whole), "share")


def _side(node: Node, reading: Reading) -> Aggregate:
    events = filter_of(node, reading, name_in(node, "field"), extra=("field",))
    if isinstance(node.value, dict) and "field" in node.value:
        field = read_field(node.value["field"], NUMBERS, events.kinds, reading.vocabulary)
        return Aggregate("sum", events, reading.months, field)
    return Aggregate("count", events, reading.months)
