"""sum, average, greatest, least: of a number in the events; missing where no event says it."""

from credence.characteristics.aggregates import Aggregate, Number, Quotient
from credence.characteristics.filters import NUMBERS, Reading, saying
from credence.characteristics.measure import Measure, field_in, filter_of, name_in
from credence.yaml_file import Node

NAMES, BESIDE = ("sum", "average", "greatest", "least"), ()


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `sum: {kind: income.received, field: amount, currency: CNY}` and its three relatives."""
    name = body.path.rpartition(".")[2]
    events = filter_of(body, reading, name_in(body, "field"), extra=("field",))
    field = number_field(body, events.kinds, reading)
    number = Aggregate("sum" if name == "average" else name, events, reading.months, field)
    answer: Number | Quotient = Number(number)
    if name == "average":
        answer = Quotient(number, Aggregate("count", saying(events, field), reading.months))
    known = reading.vocabulary.fields.get(field)
    unit = "money" if known is not None and known.type == "money" else "number"
    return Measure(name, answer, unit, events.currency)


def number_field(body: Node, kinds: tuple[str, ...], reading: Reading) -> str:
    """The number that is added up: the body's `field`, which must be there."""
    return field_in(body, NUMBERS, kinds, reading, "which number of the events is meant?")
