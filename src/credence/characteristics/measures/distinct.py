"""distinct: how many different values of a field, such as counterparties; none is 0, never missing."""

from credence.characteristics.aggregates import Aggregate, Number
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure, field_in, filter_of
from credence.yaml_file import Node

NAME, BESIDE = "distinct", ()
TYPES = ("text", "choice", "currency")


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `distinct: {kind: payment.settled, field: counterparty}`."""
    events = filter_of(body, reading, extra=("field",))
    field = field_in(body, TYPES, events.kinds, reading, "different values of what?")
    return Measure(NAME, Number(Aggregate("distinct", events, reading.months, field), none=0), "number")
