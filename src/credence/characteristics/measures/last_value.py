"""last_value: what the last event said in a field; missing where none says it."""

from credence.characteristics.aggregates import Aggregate, Number, Text
from credence.characteristics.filters import NUMBERS, Reading
from credence.characteristics.measure import Measure, field_in, filter_of, name_in
from credence.yaml_file import Node

NAME, BESIDE = "last_value", ()
TYPES = (*NUMBERS, "text", "choice", "currency")


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `last_value: {kind: account.reported, field: status}`."""
    events = filter_of(body, reading, name_in(body, "field"), extra=("field",))
    field = field_in(body, TYPES, events.kinds, reading, "the last value of what?")
    aggregate = Aggregate("last", events, reading.months, field)
    known = reading.vocabulary.fields.get(field)
    if known is None or known.type not in NUMBERS:
        return Measure(NAME, Text(aggregate), "text")
    return Measure(NAME, Number(aggregate), "money" if known.type == "money" else "number", events.currency)
