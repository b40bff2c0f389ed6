"""Reading a measure from a line of YAML, as the tests of measures do."""

from functools import cache

from credence.characteristics.aggregates import Aggregate
from credence.characteristics.filters import Filter, Reading
from credence.characteristics.measure import Measure
from credence.characteristics.measures import read_measure
from credence.events.vocabulary import Vocabulary, shipped
from credence.yaml_file import parse

WORDS = cache(shipped)


def words() -> Vocabulary:
    """The shipped vocabulary, read once."""
    return WORDS()


def told(text: str, months: int | None = 12) -> tuple[Measure, list[str]]:
    """A measure, and the sentences about what is wrong with it."""
    node = parse(f"measure: {text}", "file").entries()["measure"]
    measure = read_measure(node, Reading(words(), months))
    return measure, [fault.sentence for fault in node.faults]


def good(text: str, months: int | None = 12) -> Measure:
    """A measure without a fault."""
    measure, faults = told(text, months)
    assert faults == []
    return measure


def faults(text: str, months: int | None = 12) -> list[str]:
    """What is wrong with a measure."""
    return told(text, months)[1]


def aggregate(
    function: str, kind: str, field: str | None = None, months: int | None = 12, currency: str | None = None
) -> Aggregate:
    """An aggregate over the events of one kind."""
    return Aggregate(function, Filter((kind,), currency=currency), months, field)
