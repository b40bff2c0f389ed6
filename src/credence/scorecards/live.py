"""What a live scorecard may not hold; the list and its rules are data, in live.yaml and purposes.yaml."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from credence.characteristics.aggregates import Aggregate, Column, Crossing, aggregates_of, columns_in
from credence.characteristics.measure import Measure
from credence.characteristics.measures import UNREADABLE
from credence.errors import nearest
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Attribute, Below, Characteristic, PointsEach, Rest, Scorecard
from credence.yaml_file import Node, parse

NEEDED = ("purpose", "range", "reasons", "bands", "categories", "scorable_when")
AGE = "age"


@dataclass(frozen=True)
class Bar:
    """A rule that keeps something out of live scorecards, and its sentence."""

    rule: str
    sentence: str

    def __str__(self) -> str:
        """The sentence with the rule it rests on."""
        return f"{self.sentence} (Rule: {self.rule}.)"


@cache
def bars() -> dict[str, Bar]:
    """The barred contexts, with the one for age among them."""
    node = _data("live.yaml")
    contexts = node.entries()["contexts"].entries() | {AGE: node.entries()[AGE]}
    return {
        name: Bar(**{key: item.text() for key, item in c.entries().items()}) for name, c in contexts.items()
    }


@cache
def barred_fields() -> dict[str, Bar]:
    """The fields of events whose values no live scorecard may look at."""
    given = _data("live.yaml").entries()["fields"].entries()
    return {name: Bar(**{key: item.text() for key, item in c.entries().items()}) for name, c in given.items()}


@cache
def purposes() -> dict[str, str]:
    """The closed list of purposes, each with what it means."""
    return {name: child.text() for name, child in _data("purposes.yaml").entries().items()}


def _data(name: str) -> Node:
    return parse(files("credence.scorecards").joinpath(name).read_text(encoding="utf-8"), name)


def barred_kinds(words: Vocabulary) -> tuple[str, ...]:
    """The kinds that no live scorecard counts, even where it counts everything."""
    return tuple(kind.name for kind in words.kinds.values() if kind.context in bars())


def check(node: Node, entries: dict[str, Node], scorecard: Scorecard, words: Vocabulary) -> None:
    """Note what is wrong with purposes, and what a live scorecard lacks or may not hold."""
    if "purpose" in entries:
        _check_purposes(entries["purpose"])
    if scorecard.setting != "live" and ("setting" in entries or not isinstance(node.value, dict)):
        return
    if "setting" not in entries:
        node.fault("'setting' is missing: live, or lab for simulations on synthetic people.")
    for name in NEEDED:
        if name not in entries or entries[name].value in ([], {}):
            node.fault(f"A live scorecard needs '{name}'.")
    children = entries["characteristics"].entries() if "characteristics" in entries else {}
    for characteristic in scorecard.characteristics:
        _check_characteristic(children[characteristic.name], characteristic)
    check_inputs(entries, scorecard, words)


def _check_purposes(node: Node) -> None:
    known = list(purposes())
    for word in filter(None, node.words()):
        if word not in known:
            node.fault(f"'{word}' is no purpose.{nearest(word, known)} Purposes: {', '.join(known)}.")


def _check_characteristic(node: Node, characteristic: Characteristic) -> None:
    given = node.entries()
    for name in ("category", "question"):
        if name not in given:
            node.fault(f"A live characteristic needs its '{name}'.")
    for row in characteristic.rows():
        sentence = costs(row, characteristic)
        if sentence is not None:
            node.fault(sentence)


def costs(row: Attribute | PointsEach, characteristic: Characteristic) -> str | None:
    """What is wrong with a row that costs points for no reason; None where nothing is."""
    none = isinstance(row, Attribute) and row.unscorable is not None
    if row.reason is not None or none or row.points == characteristic.points_most:
        return None
    return f"The attribute '{row.label}' costs points and needs a 'reason'."


def check_inputs(entries: dict[str, Node], scorecard: Scorecard, words: Vocabulary) -> None:
    """Note inputs that a live scorecard may not have, whatever the setting of this one."""
    children = entries["characteristics"].entries() if "characteristics" in entries else {}
    for characteristic in scorecard.characteristics:
        node, answer = children[characteristic.name], characteristic.measure.answer
        for name in answer.names if isinstance(answer, Crossing) else ():
            if any(c.name == name and c.measure.context == AGE for c in scorecard.characteristics):
                node.fault(f"'cross' names '{name}', an age. {bars()[AGE]}")
        _check_measure(node, characteristic.measure, words, rises=_rises(characteristic))
    for requirement in (r for rule in scorecard.scorable_when for r in rule.alternatives):
        rises = requirement.test in ("at_least", "above")
        _check_measure(entries["scorable_when"], requirement.measure, words, rises=rises)


def _check_measure(node: Node, measure: Measure, words: Vocabulary, *, rises: bool) -> None:
    """Note kinds and columns that are barred; `rises` says whether more of it never costs anything."""
    if columns_in(measure.answer) and measure is not UNREADABLE:
        # What is divided by an age falls as that rises.
        plain = isinstance(measure.answer, Column)
        _check_column(node, measure.context, words, rises=rises and plain)
    for name in dict.fromkeys(name for a in aggregates_of(measure.answer) for name in _looked_at(a)):
        if name in barred_fields():
            node.fault(f"The values of '{name}' are barred from live scorecards. {barred_fields()[name]}")
    for kind in dict.fromkeys(kind for a in aggregates_of(measure.answer) for kind in a.events.kinds):
        context = words.kinds[kind].context if kind in words.kinds else ""
        if context in bars():
            node.fault(
                f"'{kind}' is of the context {context}, barred from live scorecards. {bars()[context]}"
            )


def _looked_at(aggregate: Aggregate) -> list[str]:
    """The fields whose values an aggregate looks at, rather than that they are there or how many."""
    asked = [condition.field for condition in aggregate.events.where if condition.test != "present"]
    return [*asked, *([aggregate.field] if aggregate.field and aggregate.function == "last" else [])]


def _check_column(node: Node, context: str | None, words: Vocabulary, *, rises: bool) -> None:
    known = [name for name in words.contexts if name not in bars()] + [AGE]
    if context is None:
        node.fault("A live scorecard says where a column comes from: add 'context' beside 'column'.")
    elif context not in known and context not in bars():
        node.fault(f"'{context}' is no context.{nearest(context, known)} Contexts: {', '.join(known)}.")
    elif context in bars() and not (context == AGE and rises):
        node.fault(f"A column of the context {context} is barred from live scorecards. {bars()[context]}")


def _rises(characteristic: Characteristic) -> bool:
    rows = characteristic.attributes
    points = [row.points for row in rows if isinstance(row.points, int) and row.unscorable is None]
    plain = len(points) == len(rows) and all(isinstance(row.test, Below | Rest) for row in rows)
    return plain and points == sorted(points)
