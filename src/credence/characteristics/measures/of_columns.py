"""ratio, greatest_of, least_of, average_of: a number made of several columns of a table of people."""

from credence.characteristics.aggregates import Column, Derived
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure
from credence.yaml_file import Node

WAYS = {"ratio": "ratio", "greatest_of": "greatest", "least_of": "least", "average_of": "average"}
NAMES, BESIDE = tuple(WAYS), ("to", "context")
# Five years of months.
COLUMNS = range(2, 61)


def read(body: Node, beside: dict[str, Node], _reading: Reading) -> Measure:
    """Read `ratio: balance, to: limit` or `greatest_of: [delay_1, delay_2]`, perhaps with a `context`."""
    name = body.path.rpartition(".")[2]
    names = _two(body, beside) if name == "ratio" else _some(body, beside)
    context = beside["context"].text() if "context" in beside else None
    columns = tuple(Column(each, text=False) for each in names)
    return Measure(name, Derived(WAYS[name], columns), "number", context=context)


def _two(body: Node, beside: dict[str, Node]) -> list[str]:
    if "to" not in beside:
        body.fault("'to' is missing: by which column is it divided?")
        return []
    names = [body.text(), beside["to"].text()]
    if names[0] and names[0] == names[1]:
        body.fault(f"'{names[0]}' by itself is 1, whatever it is: name another column under 'to'.")
    return names


def _some(body: Node, beside: dict[str, Node]) -> list[str]:
    if "to" in beside:
        beside["to"].fault("'to' belongs to 'ratio'.")
    names = [item.text() for item in body.items()]
    if isinstance(body.value, list) and (len(names) not in COLUMNS or len(set(names)) != len(names)):
        body.fault(f"must name {COLUMNS[0]} to {COLUMNS[-1]} different columns, like [delay_1, delay_2].")
    return names
