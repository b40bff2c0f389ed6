"""net_flow: what came in minus what went out; missing only where neither happened."""

from credence.characteristics.aggregates import Aggregate, Difference
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure, filter_of, name_in
from credence.characteristics.measures.amount import number_field
from credence.yaml_file import Node

NAME, BESIDE = "net_flow", ()


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `net_flow: {in: {kind: ..., field: amount, currency: CNY}, out: {...}}`."""
    sides = body.keyed(["in", "out"])
    read_sides = [_side(sides[name], reading) for name in ("in", "out") if name in sides]
    if len(read_sides) < 2:
        read_sides = [
            Aggregate("sum", filter_of(body, reading, extra=("in", "out")), reading.months, "amount")
        ] * 2
    plus, minus = read_sides
    if plus.events.currency != minus.events.currency:
        body.fault("'in' and 'out' must name the same currency.")
    return Measure(NAME, Difference(plus, minus), "money", plus.events.currency)


def _side(node: Node, reading: Reading) -> Aggregate:
    events = filter_of(node, reading, name_in(node, "field"), extra=("field",))
    return Aggregate("sum", events, reading.months, number_field(node, events.kinds, reading))
