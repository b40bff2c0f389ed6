"""Reading values that an answer may equal: texts of a text, numbers of a number."""

from fractions import Fraction

from credence.characteristics.aggregates import is_text
from credence.characteristics.measure import Measure
from credence.characteristics.measures import UNREADABLE
from credence.scorecards.model import OneOf
from credence.yaml_file import Node


def read_values(node: Node, measure: Measure) -> OneOf:
    """Read one value, or a list of values, of the kind that the measure answers."""
    given = node.items() if isinstance(node.value, list) else [node]
    if not given:
        node.fault("is an empty list: no answer could ever be among them.")
    return OneOf(tuple(_value(item, measure) for item in given))


def _value(node: Node, measure: Measure) -> str | Fraction:
    """A value; of a measure that could not be read, whatever stands there."""
    either = measure is UNREADABLE and isinstance(node.value, str)
    return node.text() if either or is_text(measure.answer) else node.number()
