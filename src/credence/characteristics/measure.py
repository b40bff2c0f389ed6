"""What every measure is once it is read: an answer, and the unit it is said in."""

from dataclasses import dataclass

from credence.characteristics.aggregates import Answer
from credence.characteristics.filters import Filter, Reading, read_filter
from credence.yaml_file import Node

# How an answer is said: a count of something, a share of a whole, a quotient, an age, an amount, or as it is.
UNITS = ("events", "share", "ratio", "days", "months", "money", "number", "text")


@dataclass(frozen=True)
class Measure:
    """A measure of a characteristic.

    Attributes:
        name: The measure's name in the file.
        answer: How the answer is computed.
        unit: How it is said.
        currency: The currency of an amount.
        context: For a column of a table, where the fact comes from.
    """

    name: str
    answer: Answer
    unit: str
    currency: str | None = None
    context: str | None = None


def filter_of(node: Node, reading: Reading, field: str | None = None, extra: tuple[str, ...] = ()) -> Filter:
    """Read the filter in a measure's body, which may have `extra` keys besides."""
    return read_filter(node.keyed([], ("kind", "where", "currency", "latest", *extra)), node, reading, field)


def name_in(node: Node, key: str) -> str | None:
    """The text under a key of a measure's body, if it is there; faults are noted elsewhere."""
    child = node.value.get(key) if isinstance(node.value, dict) else None
    return child.value if child is not None and isinstance(child.value, str) else None
