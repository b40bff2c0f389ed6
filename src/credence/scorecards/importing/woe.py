"""A logistic regression on weights of evidence, as a small file of one's own in YAML or JSON."""

from fractions import Fraction

from credence.scorecards.importing.additive import LOG_ODDS, Additive, Axis, Effect
from credence.scorecards.importing.files import Source
from credence.scorecards.model import Below, OneOf, Rest, Test
from credence.yaml_file import Node, read

TESTS = ("below", "up_to", "in", "equals")
WOE, MISSING = "woe", "missing"


def read_woe(source: Source) -> Additive:
    """The sum that such a file says.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It has faults; all of them are told.
    """
    node = read(source.path)
    entries = node.keyed(["intercept", "columns"])
    base = entries["intercept"].number() if "intercept" in entries else Fraction(0)
    columns = entries["columns"].entries() if "columns" in entries else {}
    effects = [_effect(name, child) for name, child in columns.items()]
    source.faults += node.faults
    source.settle()
    return Additive(tuple(effects), base, LOG_ODDS)


def _effect(column: str, node: Node) -> Effect:
    entries = node.keyed(["coefficient", "bins"], [MISSING])
    factor = entries["coefficient"].number() if "coefficient" in entries else Fraction(1)
    bins = entries["bins"].items() if "bins" in entries else []
    read_ones = [_bin(child) for child in bins]
    tests = tuple(test for test, _woe in read_ones)
    _check(node, tests)
    values: list[Fraction | None] = [woe * factor for _test, woe in read_ones]
    values.append(entries[MISSING].number() * factor if MISSING in entries else None)
    text = any(isinstance(value, str) for t in tests if isinstance(t, OneOf) for value in t.values)
    return Effect((Axis(column, tests, text),), {(place,): value for place, value in enumerate(values)})


def _bin(node: Node) -> tuple[Test, Fraction]:
    entries = node.keyed([WOE], TESTS)
    woe = entries[WOE].number() if WOE in entries else Fraction(0)
    given = [name for name in TESTS if name in entries]
    if len(given) > 1:
        node.fault(f"'{given[0]}' and '{given[1]}' cannot stand together: one test a bin.")
    if not given:
        return Rest(), woe
    child = entries[given[0]]
    if given[0] in {"below", "up_to"}:
        return Below(child.number(), inclusive=given[0] == "up_to"), woe
    items = child.items() if isinstance(child.value, list) else [child]
    return OneOf(tuple(i.text() if isinstance(i.value, str) else i.number() for i in items)), woe


def _check(node: Node, tests: tuple[Test, ...]) -> None:
    """Values stand first, limits rise, and the last bin takes the rest: as in a table of trees."""
    kinds = [(OneOf, Below, Rest).index(type(test)) for test in tests]
    limits = [(test.limit, test.inclusive) for test in tests if isinstance(test, Below)]
    if kinds != sorted(kinds) or kinds.count(2) != 1 or limits != sorted(set(limits)):
        node.fault("Bins of values stand first, then limits that rise, and the last has no test.")
