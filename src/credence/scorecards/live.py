"""What a live scorecard may not hold; the list and its rules are data, in live.yaml and purposes.yaml."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from credence.characteristics.aggregates import Column, aggregates_of
from credence.errors import nearest
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Below, Characteristic, Rest, Scorecard
from credence.yaml_file import Node, parse

NEEDED = ("setting", "purpose", "range", "reasons", "bands", "categories", "scorable_when")
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
def purposes() -> dict[str, str]:
    """The closed list of purposes, each with what it means."""
    return {name: child.text() for name, child in _data("purposes.yaml").entries().items()}


def _data(name: str) -> Node:
    return parse(files("credence.scorecards").joinpath(name).read_text(encoding="utf-8"), name)


def barred_kinds(words: Vocabulary) -> tuple[str, ...]:
    """The kinds that no live scorecard counts, even where it counts everything."""
    return tuple(kind.name for kind in words.kinds.values() if kind.context in bars())


def check(node: Node, entries: dict[str, Node], scorecard: Scorecard, words: Vocabulary) -> None:
    """Note what is wrong with purposes and contexts, and what a live scorecard lacks or may not hold."""
    known = list(purposes())
    for item in entries["purpose"].words() if "purpose" in entries else ():
        if item and item not in known:
            entries["purpose"].fault(
                f"'{item}' is no purpose.{nearest(item, known)} Purposes: {', '.join(known)}."
            )
    if scorecard.setting == "lab":
        return
    if "setting" not in entries:
        node.fault("'setting' is missing: live, or lab for simulations on synthetic people.")
    for name in NEEDED:
        if name != "setting" and name not in entries:
            node.fault(f"A live scorecard needs '{name}'.")
    children = entries["characteristics"].entries() if "characteristics" in entries else {}
    for characteristic in scorecard.characteristics:
        _check_characteristic(children[characteristic.name], characteristic, words)
    for rule in scorecard.scorable_when:
        for requirement in rule.alternatives:
            for aggregate in aggregates_of(requirement.measure.answer):
                _check_kinds(entries["scorable_when"], aggregate.events.kinds, words)


def _check_characteristic(node: Node, characteristic: Characteristic, words: Vocabulary) -> None:
    given = node.entries()
    for name in ("category", "question"):
        if name not in given:
            node.fault(f"A live characteristic needs its '{name}'.")
    for row in characteristic.rows():
        if row.reason is None and row.points != characteristic.points_most:
            node.fault(f"The attribute '{row.label}' costs points and needs a 'reason'.")
    answer = characteristic.measure.answer
    if isinstance(answer, Column):
        _check_column(node, characteristic, words)
    for aggregate in aggregates_of(answer):
        _check_kinds(node, aggregate.events.kinds, words)


def _check_kinds(node: Node, kinds: tuple[str, ...], words: Vocabulary) -> None:
    for kind in kinds:
        context = words.kinds[kind].context if kind in words.kinds else ""
        if context in bars():
            node.fault(
                f"'{kind}' is of the context {context}, which a live scorecard may not hold. {bars()[context]}"
            )


def _check_column(node: Node, characteristic: Characteristic, words: Vocabulary) -> None:
    context, known = characteristic.measure.context, [*words.contexts, *bars()]
    if context is None:
        node.fault("A live scorecard says where a column comes from: add 'context' beside 'column'.")
    elif context not in known:
        node.fault(f"'{context}' is no context.{nearest(context, known)} Contexts: {', '.join(known)}.")
    elif context == AGE:
        if not _rises(characteristic):
            node.fault(str(bars()[AGE]))
    elif context in bars():
        node.fault(f"The context {context} is barred. {bars()[context]}")


def _rises(characteristic: Characteristic) -> bool:
    rows = characteristic.attributes
    points = [row.points for row in rows]
    return points == sorted(points) and all(isinstance(row.test, Below | Rest) for row in rows)
