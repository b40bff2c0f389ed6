"""Which events a measure looks at: kinds, conditions on fields, a currency, the latest of each account."""

import re
from dataclasses import dataclass, replace

from credence.errors import nearest
from credence.events.vocabulary import Field, Vocabulary
from credence.yaml_file import Node

NUMBER_TESTS = ("at_most", "at_least", "below", "above")
TESTS = (*NUMBER_TESTS, "equals", "in", "present")
NUMBERS = ("integer", "money")
CURRENCY = re.compile(r"[A-Z]{3}")
Value = str | int | bool


@dataclass(frozen=True)
class Condition:
    """Something that must be true of one field; a field that says nothing meets only `present: false`."""

    field: str
    test: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Filter:
    """Which events count for a measure.

    Attributes:
        kinds: Their kinds; all that can be counted if empty.
        where: Conditions on fields.
        currency: The only currency that counts.
        latest: A field; only the last event for each of its values is looked at, before `where`.
    """

    kinds: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    currency: str | None = None
    latest: str | None = None


@dataclass(frozen=True)
class Reading:
    """What the reading of a measure knows: the vocabulary, and the months of its window."""

    vocabulary: Vocabulary
    months: int | None


KEYS = ("kind", "where", "currency", "latest")


def read_filter(entries: dict[str, Node], node: Node, reading: Reading, field: str | None = None) -> Filter:
    """Read a filter from a measure's entries; `field` is the one the measure adds up, if any."""
    words = reading.vocabulary
    kinds = _kinds(entries.get("kind"), words)
    where = tuple(
        condition
        for name, child in (entries["where"].entries() if "where" in entries else {}).items()
        for condition in _conditions(name, child, kinds, words)
    )
    currency = _currency(entries["currency"]) if "currency" in entries else None
    latest = entries["latest"].text() if "latest" in entries else None
    if latest is not None:
        _known_field(entries["latest"], latest, kinds, words)
    if currency is None and _needs_currency(field, where, words):
        node.fault("An amount of money is looked at: name its 'currency'. Other currencies do not count.")
    return Filter(kinds, where, currency, latest)


def read_field(node: Node, types: tuple[str, ...], kinds: tuple[str, ...], words: Vocabulary) -> str:
    """Read the name of a field of one of these types that one of these kinds has."""
    name = node.text()
    found = _known_field(node, name, kinds, words)
    if found is not None and found.type not in types:
        node.fault(f"'{name}' is of the type {found.type}; this needs one of: {', '.join(types)}.")
    return name


def _kinds(node: Node | None, words: Vocabulary) -> tuple[str, ...]:
    if node is None:
        return ()
    names, counted = node.words(), words.counted()
    if not names:
        node.fault("is an empty list: name a kind, or leave 'kind' out to count every kind.")
    for name in names:
        if name and name not in counted:
            why = "is a mark, which never counts itself" if name in words.kinds else "is not a kind of event"
            node.fault(f"'{name}' {why}.{nearest(name, counted)}")
    return tuple(sorted(set(names)))


def _currency(node: Node) -> str:
    currency = node.text()
    if currency and not CURRENCY.fullmatch(currency):
        node.fault(f"must be the three letters of a currency, like CNY, not {node.said()}.")
    return currency


def _known_field(node: Node, name: str, kinds: tuple[str, ...], words: Vocabulary) -> Field | None:
    if name not in words.fields:
        if name:
            node.fault(f"There is no field '{name}'.{nearest(name, list(words.fields))}")
        return None
    lacking = [kind for kind in kinds if kind in words.kinds and name not in words.kinds[kind].fields]
    if lacking:
        node.fault(f"'{lacking[0]}' has no field '{name}'.")
    return words.fields[name]


def _conditions(name: str, node: Node, kinds: tuple[str, ...], words: Vocabulary) -> list[Condition]:
    field = _known_field(node, name, kinds, words)
    if field is None:
        return []
    if not isinstance(node.value, dict):
        return [Condition(name, "in", tuple(_values(node, field)))]
    if not node.value:
        node.fault(f"asks nothing of '{name}'. Ask with one of: {', '.join(TESTS)}.")
    return [_condition(field, test, child) for test, child in node.keyed([], TESTS).items()]


def _condition(field: Field, test: str, node: Node) -> Condition:
    if test == "present":
        return Condition(field.name, test, (node.flag(),))
    if test in NUMBER_TESTS:
        if field.type not in NUMBERS:
            node.fault(f"'{test}' compares numbers, and '{field.name}' is of the type {field.type}.")
        return Condition(field.name, test, (node.integer(),))
    return Condition(field.name, "in", tuple(_values(node, field)))


def _values(node: Node, field: Field) -> list[Value]:
    given = node.items() if isinstance(node.value, list) else [node]
    if not given:
        node.fault("is an empty list: no event could ever meet it.")
    if field.type == "date":
        node.fault(f"'{field.name}' is a date: only 'present: true' or 'present: false' can be asked of it.")
        return []
    if field.type in NUMBERS:
        return [item.integer() for item in given]
    if field.type == "flag":
        return [item.flag() for item in given]
    if field.type == "choice":
        return [item.choice(field.values) for item in given]
    return [item.text() for item in given]


def _needs_currency(field: str | None, where: tuple[Condition, ...], words: Vocabulary) -> bool:
    def money(name: str | None) -> bool:
        return name in words.fields and words.fields[name].type == "money"

    # The sign of an amount is the same in every currency.
    compared = any(money(c.field) and c.test != "present" and c.values != (0,) for c in where)
    return money(field) or compared


def meets(condition: Condition, value: object) -> bool:
    """Whether a field's value meets a condition; None stands for a field that says nothing."""
    if condition.test == "present":
        return (value is not None) == condition.values[0]
    if value is None:
        return False
    if condition.test == "in":
        return value in condition.values
    assert isinstance(value, int), "only numbers are compared"
    limit = int(condition.values[0])
    return {
        "at_most": value <= limit,
        "at_least": value >= limit,
        "below": value < limit,
        "above": value > limit,
    }[condition.test]


def saying(events: Filter, field: str) -> Filter:
    """The same events, if they say something in a field."""
    return replace(events, where=(*events.where, Condition(field, "present", (True,))))
