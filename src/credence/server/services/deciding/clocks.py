"""The clock of reviews: within what time a person who asks for one has an answer, as data by jurisdiction."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from credence.server.services.contesting.rules.clocks import ESCALATE, REMIND, UNITS, Span, part_before
from credence.yaml_file import Node, parse, settle

FILE = "clocks.yaml"


@dataclass(frozen=True)
class Days:
    """The days of one review: when reviewers are reminded, when it is passed on, and the last one in time."""

    remind_on: date
    escalate_on: date
    due_on: date


def due_on(jurisdiction: str, asked_on: date) -> date:
    """The last day on which an answer is in time."""
    return spans()[jurisdiction].after(asked_on, jurisdiction)


def days_of(jurisdiction: str, asked_on: date) -> Days:
    """The days of a review that was asked for on a day: half-way, a quarter before its end, and that."""
    due = due_on(jurisdiction, asked_on)
    remind_on, escalate_on = (part_before(asked_on, due, part, jurisdiction) for part in (REMIND, ESCALATE))
    return Days(remind_on, escalate_on, due)


@cache
def spans() -> dict[str, Span]:
    """The time there is in every jurisdiction."""
    return read_spans(parse((files(__package__ or "") / FILE).read_text(encoding="utf-8"), FILE))


def read_spans(node: Node) -> dict[str, Span]:
    """The times of a file.

    Raises:
        DefinitionError: It has faults.
    """
    found = {name: _span(child) for name, child in node.entries().items()}
    settle(node, FILE)
    return found


def _span(node: Node) -> Span:
    parts = node.keyed(["answer"])
    entries = parts["answer"].keyed((), UNITS) if "answer" in parts else {}
    if len(entries) != 1:
        node.fault(f"Say one 'answer', in one of: {', '.join(UNITS)}.")
        return Span("days", 1)
    ((unit, count),) = entries.items()
    return Span(unit, count.integer(1, 400))
