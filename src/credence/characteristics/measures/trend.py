"""trend: how often lately against how often in the whole window, a month; missing where nothing happened."""

from dataclasses import replace

from credence.characteristics.aggregates import Aggregate, Quotient
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure, filter_of, name_in
from credence.characteristics.measures.amount import number_field
from credence.yaml_file import Node

NAME, BESIDE = "trend", ("recent",)


def read(body: Node, beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `trend: {kind: income.received}, recent: 3`; with a `field`, its sums are compared."""
    events = filter_of(body, reading, name_in(body, "field"), extra=("field",))
    summed = isinstance(body.value, dict) and "field" in body.value
    field = number_field(body, events.kinds, reading) if summed else None
    whole = Aggregate("sum" if summed else "count", events, reading.months, field)
    if reading.months is None or reading.months == 1 or "recent" not in beside:
        body.fault("'trend' needs 'recent' months beside it, and a window of more 'months' than those.")
        return Measure(NAME, Quotient(whole, whole), "ratio")
    recent = beside["recent"].integer(1, reading.months - 1)
    answer = Quotient(replace(whole, months=recent), whole, times=reading.months, over=recent)
    return Measure(NAME, answer, "ratio")
