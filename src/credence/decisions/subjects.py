"""What the rows of a policy may ask about: the score, its answers, and what the policy describes itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from credence.characteristics.aggregates import (
    Crossing,
    Months,
    Quotient,
    aggregates_of,
    can_be_missing,
    columns_in,
    is_text,
)
from credence.decisions.model import Policy
from credence.engines.policies.clauses import ANSWER, COLUMN, LIST, SCORE, UNSCORABLE, Subject
from credence.scorecards.model import Attribute, Characteristic, Scorecard
from credence.yaml_file import Node

NEVER_NEGATIVE = ("count", "distinct", "months")


@dataclass(frozen=True)
class Subjects:
    """Everything that may be asked about, by name."""

    card: Scorecard
    score: Subject
    codes: tuple[str, ...]
    unscorable: Subject = field(default=Subject(UNSCORABLE, title="why there is no score", text=True))
    answers: dict[str, Subject] = field(default_factory=dict)
    lists: dict[str, Subject] = field(default_factory=dict)
    columns: dict[str, Subject] = field(default_factory=dict)


def subjects_of(card: Scorecard, lists: Node | None, columns: Node | None) -> Subjects:
    """What may be asked of somebody scored by a scorecard, with lists and columns of the policy's own."""
    least, most = _limits(card)
    askable = [c for c in card.characteristics if not isinstance(c.measure.answer, Crossing)]
    return Subjects(
        card=card,
        score=Subject(SCORE, title="score", whole=True, least=least, most=most),
        codes=codes_of(card),
        answers={c.name: _answer(c) for c in askable},
        lists={name: _beside(LIST, name, node) for name, node in _entries(lists)},
        columns={name: _beside(COLUMN, name, node) for name, node in _entries(columns)},
    )


def _entries(node: Node | None) -> list[tuple[str, Node]]:
    return [] if node is None else list(node.entries().items())


def codes_of(card: Scorecard) -> tuple[str, ...]:
    """The codes of why somebody may have no score, in the order in which they are asked."""
    rows = [row for c in card.characteristics for row in c.rows() if isinstance(row, Attribute)]
    codes = [*(rule.code for rule in card.scorable_when), *(row.unscorable for row in rows if row.unscorable)]
    return tuple(dict.fromkeys(codes))


def _limits(card: Scorecard) -> tuple[int | None, int | None]:
    """The least and the greatest score there can be, where something limits it."""
    if card.range is not None:
        return card.range
    least = [c.points_least for c in card.characteristics]
    most = [c.points_most for c in card.characteristics]
    return _sum(card, least), _sum(card, most)


def _sum(card: Scorecard, points: list[int | None]) -> int | None:
    return None if None in points else card.points_base + sum(filter(None, points))


def _answer(characteristic: Characteristic) -> Subject:
    answer = characteristic.measure.answer
    counts = all(a.function in NEVER_NEGATIVE for a in aggregates_of(answer))
    positive = isinstance(answer, Months) or (counts and not columns_in(answer))
    return Subject(
        ANSWER,
        characteristic.name,
        characteristic.question,
        text=is_text(answer),
        whole=not isinstance(answer, Quotient) and not columns_in(answer),
        least=0 if positive else None,
        always=not can_be_missing(answer),
    )


def _beside(kind: str, name: str, node: Node) -> Subject:
    """A list or a column as the policy describes it."""
    entries = node.keyed(["title"], ["context"] if kind == LIST else ["context", "type"])
    title = entries["title"].text() if "title" in entries else name
    typed = entries["type"].choice(["number", "text"]) if "type" in entries else "number"
    return Subject(kind, name, title, text=kind == LIST or typed == "text")


def asked(policy: Policy) -> Iterator[Subject]:
    """What the rows of a policy ask about, each once, in document order."""
    yield from dict.fromkeys(clause.subject for row in policy.rows for clause in row.asks.clauses)
