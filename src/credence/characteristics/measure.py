"""What every measure is once it is read: an answer, and the unit it is said in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from credence.characteristics.aggregates import Answer
from credence.characteristics.filters import KEYS, Filter, Reading, read_field, read_filter
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


class Reader(Protocol):
    """What the file of a measure offers: the keys that may stand beside the measure's name, and `read`."""

    BESIDE: tuple[str, ...]
    read: Callable[[Node, dict[str, Node], Reading], Measure]


def filter_of(node: Node, reading: Reading, field: str | None = None, extra: tuple[str, ...] = ()) -> Filter:
    """Read the filter in a measure's body, which may have `extra` keys besides."""
    return read_filter(node.keyed([], (*KEYS, *extra)), node, reading, field)


def name_in(node: Node, key: str) -> str | None:
    """The text under a key of a measure's body, if it is there; faults are noted elsewhere."""
    child = node.value.get(key) if isinstance(node.value, dict) else None
    return child.value if child is not None and isinstance(child.value, str) else None


def field_in(
    body: Node, types: tuple[str, ...], kinds: tuple[str, ...], reading: Reading, question: str
) -> str:
    """The field that a measure's body must name; the question says what it is needed for."""
    if not isinstance(body.value, dict):
        return ""
    if "field" not in body.value:
        body.fault(f"'field' is missing: {question}")
        return ""
    return read_field(body.value["field"], types, kinds, reading.vocabulary)
