"""Numbers made of several fields: a DerivedField with functions of them, written and read."""

from credence.characteristics.aggregates import Column, Derived
from credence.characteristics.measures.of_columns import COLUMNS
from credence.scorecards.pmml.elements import element
from credence.xml_file import XmlElement

# What PMML calls the ways in which a number is made of several columns.
FUNCTIONS = {"ratio": "/", "greatest": "max", "least": "min", "average": "avg"}
KIND, ZERO = {"optype": "continuous", "dataType": "double"}, {"dataType": "double"}


def derived_field(name: str, answer: Derived) -> XmlElement:
    """The field of a number made of columns."""
    return element("DerivedField", {"name": name} | KIND, _expression(answer))


def _expression(answer: Derived) -> XmlElement:
    """Its functions; programs disagree about what is divided by 0, so that this is asked first."""
    parts = [element("FieldRef", {"field": column.name}) for column in answer.columns]
    made = _apply(FUNCTIONS[answer.way], *parts)
    if answer.way != "ratio":
        return made
    return _apply("if", _apply("notEqual", parts[1], element("Constant", ZERO, text="0")), made)


def _apply(function: str, *parts: XmlElement) -> XmlElement:
    return element("Apply", {"function": function}, *parts)


def read_derived(field: XmlElement, expression: XmlElement) -> Derived | None:
    """What a DerivedField makes of other fields, if it says so as we would; None otherwise."""
    divided = expression.children[-1] if len(expression.all("Apply")) else expression
    names = [part.attributes.get("field", "") for part in divided.all("FieldRef")]
    columns = tuple(Column(name, text=False) for name in names)
    double = field.attributes.get("dataType") == KIND["dataType"]
    if not double or len(set(names)) not in COLUMNS or len(set(names)) < len(names):
        return None
    tried = (Derived(way, columns) for way in FUNCTIONS)
    return next((made for made in tried if _said(_expression(made)) == _said(expression)), None)


def _said(one: XmlElement) -> tuple[object, ...]:
    """What an element says, wherever it stands."""
    return one.tag, one.attributes, one.text, [_said(child) for child in one.children]
