"""cross: the attribute depends on the answers of two or three other characteristics, as a small table."""

from credence.characteristics.aggregates import Crossing
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure
from credence.yaml_file import Node

NAME, BESIDE = "cross", ()
CROSSED = (2, 3)


def read(body: Node, _beside: dict[str, Node], _reading: Reading) -> Measure:
    """Read `cross: [bills_on_time, oldest_account]`; all of them stand above it in the file."""
    names = tuple(item.text() for item in body.items())
    if isinstance(body.value, list) and (len(names) not in CROSSED or len(set(names)) != len(names)):
        body.fault("must name two or three different characteristics, like [bills_on_time, oldest_account].")
    return Measure(NAME, Crossing(names), "text")
