"""months_with an event and the longest_run of them, counted back from as_of; none is 0, never missing."""

from credence.characteristics.aggregates import MONTHS_MOST, Aggregate, Months
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure, filter_of
from credence.yaml_file import Node

NAMES, BESIDE = ("months_with", "longest_run"), ()


def read(body: Node, _beside: dict[str, Node], reading: Reading) -> Measure:
    """Read `months_with: {kind: rent.paid}` or `longest_run: {kind: rent.paid}`."""
    name = body.path.rpartition(".")[2]
    if reading.months is None or reading.months > MONTHS_MOST:
        body.fault(f"'{name}' looks back at most {MONTHS_MOST} months: give the characteristic 'months'.")
    aggregate = Aggregate("months", filter_of(body, reading), reading.months)
    return Measure(name, Months(aggregate, longest_run=name == "longest_run"), "months")
