"""The measures a characteristic can take, one file each (close relatives share one)."""

from credence.characteristics.aggregates import Column
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure, Reader
from credence.characteristics.measures import (
    amount,
    column,
    count,
    cross,
    distinct,
    last_value,
    months,
    net_flow,
    of_columns,
    share,
    since,
    trend,
)
from credence.errors import nearest
from credence.yaml_file import Node

READERS: dict[str, Reader] = {
    **{
        module.NAME: module for module in (column, count, cross, distinct, last_value, net_flow, share, trend)
    },
    **{name: module for module in (amount, months, of_columns, since) for name in module.NAMES},
}
UNREADABLE = Measure("", Column("", text=False), "number")


def read_measure(node: Node, reading: Reading) -> Measure:
    """Read the measure of a characteristic, or note what is wrong with it."""
    entries = node.entries()
    named = [name for name in entries if name in READERS]
    if len(named) > 1:
        node.fault(f"'{named[0]}' and '{named[1]}' cannot stand together: a characteristic has one measure.")
    if not named and isinstance(node.value, dict):
        known, first = ", ".join(READERS), next(iter(entries), "")
        node.fault(f"names no measure.{nearest(first, list(READERS))} Measures: {known}.")
    if len(named) != 1:
        return UNREADABLE
    reader = READERS[named[0]]
    node.keyed([], [named[0], *reader.BESIDE])
    beside = {name: child for name, child in entries.items() if name in reader.BESIDE}
    return reader.read(entries[named[0]], beside, reading)
