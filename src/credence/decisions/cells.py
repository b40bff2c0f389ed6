"""Reading the typed cells of a row: limits, ranges, sets, bands, list status, answers, columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from credence.decisions.subjects import Subjects
from credence.engines.policies.clauses import STATUSES, Among, Clause, Known, Range, Ranges, Subject, Test
from credence.errors import nearest
from credence.scorecards.lines import said
from credence.yaml_file import Node

CELLS = ("score", "band", "scored", "unscorable", "lists", "answers", "columns")
LIMITS = {"above": "more than", "at_least": "at least", "below": "less than", "up_to": "at most"}
LOW, HIGH = ("above", "at_least"), ("below", "up_to")
VALUES = ("in", "equals")
TESTS = (*LIMITS, *VALUES, "missing")


def read_cells(node: Node, subjects: Subjects) -> tuple[Clause, ...]:
    """Read what a row asks: all of it must hold."""
    clauses: list[Clause] = []
    for name, child in node.keyed((), CELLS).items():
        clauses += _read(name, child, subjects)
    if node.value == {}:
        node.fault("asks nothing. Ask something, or say what happens to the rest under 'otherwise'.")
    return tuple(clauses)


def _read(name: str, node: Node, subjects: Subjects) -> Iterator[Clause]:
    if name == "score":
        yield _compared(node, subjects.score)
    elif name == "band":
        yield _band(node, subjects)
    elif name == "scored":
        yield _scored(node, subjects)
    elif name == "unscorable":
        yield _codes(node, subjects)
    else:
        known = {"lists": subjects.lists, "answers": subjects.answers, "columns": subjects.columns}[name]
        yield from _named(name, node, known)


def _named(name: str, node: Node, known: dict[str, Subject]) -> Iterator[Clause]:
    """The cells of named lists, answers or columns."""
    if node.value == {}:
        node.fault(f"asks nothing. Name one of: {', '.join(known)}." if known else "asks nothing.")
    for word, child in node.entries().items():
        if word in known:
            yield _status(child, known[word]) if name == "lists" else _compared(child, known[word])
        else:
            child.fault(f"'{word}' is none of the {name}.{nearest(word, list(known))} {_there(name, known)}")


def _there(name: str, known: dict[str, Subject]) -> str:
    if known:
        return f"There are: {', '.join(known)}."
    return f"Describe it under '{name}' at the top of the file."


def _status(node: Node, subject: Subject) -> Clause:
    words = _words(node, STATUSES)
    return Clause(subject, Among(words), f"{subject.title} {_or(words)}")


def _words(node: Node, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """One word, or a list of words, of those that are allowed."""
    given = node.items() if isinstance(node.value, list) else [node]
    if not given:
        node.fault("is an empty list: nothing could ever be among it.")
    return tuple(dict.fromkeys(item.choice(allowed) for item in given))


def _scored(node: Node, subjects: Subjects) -> Clause:
    scored = node.flag()
    return Clause(subjects.score, Known(scored), "a score" if scored else "no score")


def _codes(node: Node, subjects: Subjects) -> Clause:
    if not subjects.codes:
        node.fault(f"'{subjects.card.name}' gives everybody a score: there are no codes to ask for.")
        return Clause(subjects.unscorable, Among(()), "")
    codes = _words(node, subjects.codes)
    return Clause(subjects.unscorable, Among(codes), f"no score because of {_or(codes)}")


def _band(node: Node, subjects: Subjects) -> Clause:
    names = tuple(band.name for band in subjects.card.bands)
    if not names:
        node.fault(f"'{subjects.card.name}' has no bands: ask for the score.")
        return Clause(subjects.score, Ranges(()), "")
    words, low = _words(node, names), None
    ranges = []
    for band in subjects.card.bands:
        high = None if band.below is None else Fraction(band.below)
        ranges += [Range(low, high, high_inside=False)] if band.name in words else []
        low = high
    return Clause(subjects.score, Ranges(tuple(ranges)), f"band {_or(words)}")


@dataclass(frozen=True)
class _Cell:
    """A cell of tests, with what it is about."""

    node: Node
    subject: Subject
    entries: dict[str, Node]


def _compared(node: Node, subject: Subject) -> Clause:
    """Limits, or values, or missing."""
    cell = _Cell(node, subject, node.keyed((), TESTS))
    if node.value == {}:
        node.fault(f"asks nothing. Ask with one of: {', '.join(TESTS)}.")
    if not cell.entries:
        return Clause(subject, Known(), "")
    groups = [[name for name in names if name in cell.entries] for names in (LIMITS, VALUES, ("missing",))]
    if sum(map(bool, groups)) > 1 or len(groups[1]) > 1:
        node.fault("asks in two ways. Keep limits, or one set of values, or 'missing'.")
    test, words = _missing(cell) if groups[2] else _values(cell) if groups[1] else _limits(cell)
    return Clause(subject, test, f"{subject.title} {words}")


def _missing(cell: _Cell) -> tuple[Test, str]:
    if cell.subject.kind == "score":
        cell.node.fault("'missing' is not for scores: ask 'scored: false' or 'unscorable' instead.")
    missing = cell.entries["missing"].flag()
    return Known(not missing), "not known" if missing else "known"


def _values(cell: _Cell) -> tuple[Test, str]:
    node = next(cell.entries[name] for name in VALUES if name in cell.entries)
    given = node.items() if isinstance(node.value, list) else [node]
    if not given:
        node.fault("is an empty list: nothing could ever be among it.")
    if cell.subject.text:
        texts = tuple(dict.fromkeys(item.text() for item in given))
        return Among(texts), _or(texts)
    numbers = tuple(dict.fromkeys(item.number() for item in given))
    return Ranges(tuple(Range(number, number) for number in numbers)), _or(tuple(map(said, numbers)))


def _limits(cell: _Cell) -> tuple[Test, str]:
    given = [name for name in LIMITS if name in cell.entries]
    if cell.subject.text:
        cell.node.fault(f"'{given[0]}' compares numbers, and this is a text. Use 'in'.")
    low, high = ([name for name in names if name in given] for names in (LOW, HIGH))
    for pair in (low, high):
        if len(pair) > 1:
            cell.node.fault(f"'{pair[0]}' and '{pair[1]}' are limits on the same side: keep one.")
    numbers = {name: cell.entries[name].number() for name in given}
    part = Range(
        numbers[low[0]] if low else None,
        numbers[high[0]] if high else None,
        "above" not in low,
        "below" not in high,
    )
    _check_order(cell, part)
    return Ranges((part,)), " and ".join(f"{LIMITS[name]} {said(numbers[name])}" for name in given)


def _check_order(cell: _Cell, part: Range) -> None:
    if part.low is None or part.high is None:
        return
    if part.low > part.high or (part.low == part.high and not (part.low_inside and part.high_inside)):
        cell.node.fault(f"No number is above {said(part.low)} and below {said(part.high)}: the limits cross.")


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))
