"""Whether the rows of a policy cover everybody once: exactly, on one person for each kind of person.

Between two limits nothing changes, so one value stands for all values there: the last score before a
limit, the limit itself, a text that no row names, a missing answer. Every combination of such values is
tried on the rows by the evaluator that decides. What is asked is taken to vary freely.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor, prod

from credence.decisions.model import FIRST, Policy
from credence.decisions.subjects import codes_of
from credence.engines.policies.clauses import (
    COLUMN,
    LIST,
    SCORE,
    STATUSES,
    UNSCORABLE,
    Among,
    Range,
    Ranges,
    Subject,
    holds,
    not_known,
)
from credence.scorecards.lines import said
from credence.yaml_file import Node

# Combinations of values; more of them than any table that people can still read.
COMBINATIONS_MOST = 200_000
# A text that no policy can name, for all those that none names.
OTHER = "\0"
Value = Fraction | str | None


@dataclass(frozen=True)
class Cell:
    """A kind of person in one respect: the rows it may fall in (a bit each), and how it is said."""

    rows: int
    words: str
    not_known: bool = False


@dataclass
class Found:
    """What the combinations showed: examples of gaps, overlaps by pairs of rows, and what was reached."""

    gaps: dict[bool, str]
    overlaps: dict[tuple[int, int], str]
    reached: int = 0
    left: frozenset[bool] = frozenset()


def check(policy: Policy, entries: dict[str, Node], rows: list[Node]) -> None:
    """Note gaps, overlaps, and rows that nobody reaches, each with an example."""
    sides = [side for side in (_days(policy), *_by_subject(policy)) if side]
    number = prod(map(len, sides))
    if number > COMBINATIONS_MOST:
        entries["rows"].fault(
            f"asks for {number:,} combinations of values, and at most {COMBINATIONS_MOST:,} can be checked: "
            "make several policies of it."
        )
        return
    found = _tried(policy, sides)
    _note_gaps(policy, entries, found)
    for number, node in enumerate(rows):
        if not found.reached >> number & 1:
            node.fault(f"Nobody reaches this row: {_why(sides, number)}")
    for (first, second), example in found.overlaps.items():
        if found.reached >> second & 1:
            rows[second].fault(
                f"At {example}, row {first + 1} holds as well. Let the rows keep apart, "
                "or say 'hit: first' at the top: then the first that holds decides."
            )


def _tried(policy: Policy, sides: list[list[Cell]]) -> Found:
    found, everyone = Found({}, {}), (1 << len(policy.rows)) - 1
    for cells in product(*sides):
        rows = everyone
        for cell in cells:
            rows &= cell.rows
        if not rows:
            missing = any(cell.not_known for cell in cells)
            found.left |= {missing}
            if (policy.unknown if missing else policy.otherwise) is None:
                found.gaps.setdefault(missing, _said(cells))
            continue
        first = rows & -rows
        found.reached |= first
        if policy.hit != FIRST and rows != first:
            second = (rows ^ first) & -(rows ^ first)
            found.overlaps.setdefault((first.bit_length() - 1, second.bit_length() - 1), _said(cells))
    return found


def _note_gaps(policy: Policy, entries: dict[str, Node], found: Found) -> None:
    if False in found.gaps:
        entries["rows"].fault(
            f"Nobody is told what happens at {found.gaps[False]}. Add a row, or 'otherwise' for the rest."
        )
    if True in found.gaps:
        entries["rows"].fault(
            f"Nobody is told what happens at {found.gaps[True]}. Add a row, or 'unknown' for everybody "
            "of whom something is not known; 'otherwise' does not take them."
        )
    for missing, name, outcome in ((False, "otherwise", policy.otherwise), (True, "unknown", policy.unknown)):
        if outcome is not None and missing not in found.left:
            entries[name].fault("Nobody reaches this: the rows take everybody whom it is for. Take it out.")


def _why(sides: list[list[Cell]], number: int) -> str:
    if any(not any(cell.rows >> number & 1 for cell in side) for side in sides):
        return "no value there can be meets all that it asks."
    return "the rows above it take everybody. Put it higher, or take it out."


def _said(cells: tuple[Cell, ...]) -> str:
    return ", ".join(cell.words for cell in cells if cell.words)


def _by_subject(policy: Policy) -> Iterator[list[Cell]]:
    """The cells of everything that is asked; the score and why there is none are one."""
    asked = policy.subjects
    if any(subject.kind in (SCORE, UNSCORABLE) for subject in asked):
        yield _scores(policy)
    for subject in asked:
        if subject.kind not in (SCORE, UNSCORABLE):
            yield [_cell(policy, {subject: value}, subject) for value in _values(policy, subject)]


def _scores(policy: Policy) -> list[Cell]:
    score = next((s for s in policy.subjects if s.kind == SCORE), Subject(SCORE, title="score", whole=True))
    code = next((s for s in policy.subjects if s.kind == UNSCORABLE), Subject(UNSCORABLE, text=True))
    cells = [_cell(policy, {score: n, code: None}, score) for n in _numbers(_ranges(policy, score), score)]
    nobody = [
        _cell(policy, {score: None, code: name}, score, f"no score ({name})")
        for name in codes_of(policy.scorecard)
    ]
    return [*cells, *nobody]


def _cell(policy: Policy, facts: dict[Subject, Value], subject: Subject, words: str = "") -> Cell:
    rows = 0
    for number, row in enumerate(policy.rows):
        tests = [clause for clause in row.asks.clauses if clause.subject in facts]
        rows |= all(holds(clause.test, facts[clause.subject]) for clause in tests) << number
    value = facts[subject]
    return Cell(rows, words or f"{subject.name or subject.title} {_shown(value)}", not_known(subject, value))


def _shown(value: Value) -> str:
    if isinstance(value, Fraction):
        return said(value)
    return "not known" if value is None else "something else" if value == OTHER else value


def _values(policy: Policy, subject: Subject) -> list[Value]:
    """One value for each kind of value of a list, an answer or a column; one that is not there at last."""
    if subject.kind == LIST:
        return list(STATUSES)
    if subject.text:
        tests = [
            clause.test for row in policy.rows for clause in row.asks.clauses if clause.subject == subject
        ]
        named = [text for test in tests if isinstance(test, Among) for text in test.texts]
        return [*dict.fromkeys(named), OTHER, None]
    missing: list[Value] = [None] if subject.kind == COLUMN or not subject.always else []
    return [*_numbers(_ranges(policy, subject), subject), *missing]


def _ranges(policy: Policy, subject: Subject) -> list[Range]:
    tests = [clause.test for row in policy.rows for clause in row.asks.clauses if clause.subject == subject]
    return [part for test in tests if isinstance(test, Ranges) for part in test.ranges]


def _numbers(ranges: list[Range], subject: Subject) -> list[Fraction]:
    """One number for each stretch on which no test changes, from the least."""
    return _whole(ranges, subject) if subject.whole else _real(ranges, subject)


def _whole(ranges: list[Range], subject: Subject) -> list[Fraction]:
    """The last number of each stretch: the last before a limit, and the last of all."""
    starts = set()
    for part in ranges:
        if part.low is not None:
            starts.add(ceil(part.low) if part.low_inside else floor(part.low) + 1)
        if part.high is not None:
            starts.add(floor(part.high) + 1 if part.high_inside else ceil(part.high))
    least, most = subject.least, subject.most
    inside = sorted(n for n in starts if (least is None or n > least) and (most is None or n <= most))
    last = most if most is not None else max([*inside, least or 0])
    return [*(Fraction(start - 1) for start in inside), Fraction(last)]


def _real(ranges: list[Range], subject: Subject) -> list[Fraction]:
    """Each limit, and a number between each two and beyond them."""
    given = {limit for part in ranges for limit in (part.low, part.high) if limit is not None}
    least = Fraction(subject.least) if subject.least is not None else None
    limits = sorted({limit for limit in (*given, least) if limit is not None} or {Fraction(0)})
    between = [(low + high) / 2 for low, high in pairwise(limits)]
    numbers = sorted([limits[0] - 1, *limits, *between, limits[-1] + 1])
    return [number for number in numbers if least is None or number >= least]


def _days(policy: Policy) -> list[Cell]:
    """A day for each stretch of time on which the same rows are there; none where time plays no part."""
    dated = [day for row in policy.rows for day in _turns(row.asks.valid_from, row.asks.valid_to)]
    if not dated:
        return []
    first, last = policy.valid_from or date.min, policy.valid_to or date.max
    days = sorted({first, *(day for day in dated if first <= day <= last)})
    return [Cell(_there(policy, day), "" if day == date.min else f"{day}") for day in days]


def _turns(valid_from: date | None, valid_to: date | None) -> list[date]:
    """The days on which something changes: the first of the row, and the one after its last."""
    after = [] if valid_to is None or valid_to == date.max else [valid_to + timedelta(days=1)]
    return [*([valid_from] if valid_from else []), *after]


def _there(policy: Policy, day: date) -> int:
    return sum(row.asks.valid(day) << number for number, row in enumerate(policy.rows))
