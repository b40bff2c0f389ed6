"""Reading the rules of scorability: who is known well enough to be given a number."""

from fractions import Fraction

from credence.characteristics.aggregates import is_text
from credence.characteristics.filters import Reading
from credence.characteristics.measures import UNREADABLE, read_measure
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import WINDOW_MOST, Requirement, Rule
from credence.yaml_file import Node

TESTS = ("at_least", "at_most", "below", "above", "equals")
OPTIONAL = ("months", *TESTS)


def read_rules(node: Node | None, words: Vocabulary) -> tuple[Rule, ...]:
    """Read the list of rules; each has one requirement, or alternatives under `any`."""
    return tuple(_rule(child, words) for child in ([] if node is None else node.items()))


def _rule(node: Node, words: Vocabulary) -> Rule:
    entries, alternatives = read_alternatives(node, ["code", "sentence"], words)
    code, sentence = (entries[key].text() if key in entries else "" for key in ("code", "sentence"))
    return Rule(code, sentence, alternatives)


def read_alternatives(
    node: Node, beside: list[str], words: Vocabulary
) -> tuple[dict[str, Node], tuple[Requirement, ...]]:
    """Read a requirement, or several under `any` of which one is enough, and the keys that stand beside."""
    grouped = isinstance(node.value, dict) and "any" in node.value
    entries = node.keyed(["any" if grouped else "measure", *beside], () if grouped else OPTIONAL)
    if not grouped:
        return entries, (_requirement(node, entries, words),)
    children = entries["any"].items()
    if entries["any"].value == []:
        entries["any"].fault("is an empty list: it could never hold.")
    read_ones = [_requirement(child, child.keyed(["measure"], OPTIONAL), words) for child in children]
    return entries, tuple(read_ones)


def _requirement(node: Node, entries: dict[str, Node], words: Vocabulary) -> Requirement:
    months = entries["months"].integer(1, WINDOW_MOST) if "months" in entries else None
    given = [name for name in TESTS if name in entries]
    if len(given) != 1 and isinstance(node.value, dict):
        node.fault(f"Say what is required with one of: {', '.join(TESTS)}.")
    test = given[0] if given else TESTS[0]
    limit = entries[test].number() if test in entries else Fraction(0)
    measure = read_measure(entries["measure"], Reading(words, months)) if "measure" in entries else UNREADABLE
    if is_text(measure.answer):
        node.fault("A requirement compares a number, and this measure's answer is a text.")
    return Requirement(measure, months, test, limit)
