"""Reasons at the gate: every attribute below the best has one, and somebody put it into words."""

from collections.abc import Iterator

from credence.characteristics.aggregates import Crossing
from credence.errors import Fault
from credence.scorecards import proposed
from credence.scorecards.check import not_monotone
from credence.scorecards.live import costs
from credence.scorecards.model import MISSING, Attribute, Characteristic, Scorecard
from credence.yaml_file import Node

AS_PROPOSED = "'{sentence}' has the words that a program gave it: say what it means to a person."


def faults_of_reasons(node: Node, scorecard: Scorecard) -> Iterator[Fault]:
    """Attributes below the best without a reason; a live scorecard has none, or it would not load."""
    children = node.entries()["characteristics"].entries()
    for characteristic in scorecard.characteristics:
        for row, child in zip(characteristic.rows(), _rows(children[characteristic.name]), strict=False):
            sentence = costs(row, characteristic)
            if sentence is not None:
                yield Fault(child.line, child.path, sentence)


def faults_of_words(node: Node, scorecard: Scorecard) -> Iterator[Fault]:
    """Reasons that nobody put into words since a program proposed them."""
    children = node.entries()["reasons"].entries() if scorecard.reasons else {}
    of_codes = {code: c for c in scorecard.characteristics for code in _codes(c)}
    for code, characteristic in of_codes.items():
        sentence, crossed = scorecard.reasons[code], isinstance(characteristic.measure.answer, Crossing)
        if proposed.is_proposed(characteristic.name, sentence, crossed=crossed):
            child = children[code]
            yield Fault(child.line, child.path, AS_PROPOSED.format(sentence=sentence))


def faults_of_directions(node: Node, scorecard: Scorecard) -> Iterator[Fault]:
    """Points that go another way than the scorecard itself says."""
    children = node.entries()["characteristics"].entries()
    for characteristic in scorecard.characteristics:
        said = not_monotone(characteristic, characteristic.monotone or "")
        if said is not None:
            child = children[characteristic.name].entries()["monotone"]
            yield Fault(child.line, child.path, f"{said[:1].upper()}{said[1:]}")


def _rows(node: Node) -> list[Node]:
    """The places of the rows of a characteristic, in their order."""
    entries = node.entries()
    rows = entries["attributes"].items() if "attributes" in entries else [entries["points_each"]]
    return [*rows, *([entries[MISSING]] if MISSING in entries else [])]


def _codes(characteristic: Characteristic) -> Iterator[str]:
    for row in characteristic.rows():
        codes = (row.reason, row.unscorable if isinstance(row, Attribute) else None)
        yield from (code for code in codes if code is not None)
