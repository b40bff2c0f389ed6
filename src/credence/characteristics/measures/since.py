"""days_since the last event and age_of_oldest event, in days or whole months; missing where there is none."""

from credence.characteristics.aggregates import Aggregate, Ago
from credence.characteristics.filters import Reading, read_field
from credence.characteristics.measure import Measure, filter_of
from credence.yaml_file import Node

NAMES, BESIDE = ("days_since", "age_of_oldest"), ()
FUNCTIONS = {"days_since": "greatest", "age_of_oldest": "least"}


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `days_since: {kind: bill.unpaid}`, or of a field: `age_of_oldest: {date: opened_on}`."""
    name = body.path.rpartition(".")[2]
    events = filter_of(body, reading, extra=("date", "unit"))
    entries = body.value if isinstance(body.value, dict) else {}
    unit = entries["unit"].choice(["days", "months"]) if "unit" in entries else "days"
    field = "occurred_on"
    if "date" in entries:
        field = read_field(entries["date"], ("date",), events.kinds, reading.vocabulary)
    answer = Ago(Aggregate(FUNCTIONS[name], events, reading.months, field), unit or "days")
    return Measure(name, answer, unit or "days")
