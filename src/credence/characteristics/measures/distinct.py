"""distinct: how many different values of a field, such as counterparties; none is 0, never missing."""

from credence.characteristics.aggregates import Aggregate, Number
from credence.characteristics.filters import Reading, read_field
from credence.characteristics.measure import Measure, filter_of
from credence.yaml_file import Node

NAME, BESIDE = "distinct", ()
TYPES = ("text", "choice", "currency")


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `distinct: {kind: payment.settled, field: counterparty}`."""
    events = filter_of(body, reading, extra=("field",))
    entries = body.value if isinstance(body.value, dict) else {}
    if "field" not in entries:
        body.fault("'field' is missing: different values of what?")
    field = (
        read_field(entries["field"], TYPES, events.kinds, reading.vocabulary) if "field" in entries else ""
    )
    return Measure(NAME, Number(Aggregate("distinct", events, reading.months, field), none=0), "number")
