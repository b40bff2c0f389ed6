"""count: how many events; none is 0, never missing."""

from credence.characteristics.aggregates import Aggregate, Number
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure, filter_of
from credence.yaml_file import Node

NAME, BESIDE = "count", ()


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `count: {kind: bill.unpaid}`."""
    aggregate = Aggregate("count", filter_of(body, reading), reading.months)
    return Measure(NAME, Number(aggregate, none=0), "events")
