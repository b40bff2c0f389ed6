"""net_flow: what came in minus what went out; missing only where neither happened."""

from credence.characteristics.aggregates import Aggregate, Difference
from credence.characteristics.filters import Filter, Reading
from credence.characteristics.measure import Measure, filter_of, name_in
from credence.characteristics.measures.amount import number_field
from credence.yaml_file import Node

NAME, BESIDE = "net_flow", ()


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `net_flow: {in: {kind: ..., field: amount, currency: CNY}, out: {...}}`."""
    sides = body.keyed(["in", "out"])
    blank = Aggregate("sum", Filter(), reading.months, "")
    plus, minus = (_side(sides[name], reading) if name in sides else blank for name in ("in", "out"))
    if {"in", "out"} <= sides.keys() and plus.events.currency != minus.events.currency:
        body.fault("'in' and 'out' must name the same currency: amounts of two cannot be subtracted.")
    return Measure(NAME, Difference(plus, minus), "money", plus.events.currency)


def _side(node: Node, reading: Reading) -> Aggregate:
    events = filter_of(node, reading, name_in(node, "field"), extra=("field",))
    return Aggregate("sum", events, reading.months, number_field(node, events.kinds, reading))
