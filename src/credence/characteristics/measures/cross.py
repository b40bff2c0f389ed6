"""cross: the attribute depends on the answers of two other characteristics, as a small table."""

from credence.characteristics.aggregates import Crossing
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure
from credence.yaml_file import Node

NAME, BESIDE = "cross", ()
CROSSED = 2


def read(body: Node, _beside: dict[str, Node], _reading: Reading) -> Measure:
    """Read `cross: [bills_on_time, oldest_account]`; both stand above it in the file."""
    names = tuple(item.text() for item in body.items())
    if isinstance(body.value, list) and (len(names) != CROSSED or len(set(names)) != CROSSED):
        body.fault("must name two different characteristics, like [bills_on_time, oldest_account].")
    return Measure(NAME, Crossing(names), "text")
