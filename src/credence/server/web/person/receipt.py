"""The receipt: the lines of a statement by category, which add up to the score."""

from dataclasses import dataclass

from credence.scoring.statement import Statement, StatementLine


@dataclass(frozen=True)
class Group:
    """The lines of a category: its points, of the most possible (None where nothing limits it).

    `moved` is by how many points it is more than in the earlier statement; None if there is none.
    """

    title: str
    points: int
    most: int | None
    moved: int | None
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class Receipt:
    """What everybody starts with, the groups in the scorecard's order, and the sum of both."""

    base: int
    groups: tuple[Group, ...]
    total: int


def receipt(statement: Statement, earlier: Statement | None = None) -> Receipt:
    """The receipt of a statement with a score, set against an earlier one where both have a score."""
    names = list(dict.fromkeys(line.category for line in statement.lines))
    groups = tuple(_group(statement, name, earlier) for name in names)
    total = statement.points_base + sum(group.points for group in groups)
    assert total == statement.score, "the groups add up to the score"
    return Receipt(statement.points_base, groups, total)


@dataclass(frozen=True)
class Moved:
    """A line and by how many points it is more than in an earlier statement."""

    line: StatementLine
    points: int


def most_moved(statement: Statement, earlier: Statement | None) -> Moved | None:
    """The line that moved the score most since an earlier statement of the same version; None if none did."""
    if earlier is None or None in (statement.score, earlier.score):
        return None
    if statement.definition_hash != earlier.definition_hash:
        return None
    before = {line.characteristic: line.points or 0 for line in earlier.lines}
    moved = [Moved(line, (line.points or 0) - before[line.characteristic]) for line in statement.lines]
    most = max(moved, key=lambda one: abs(one.points), default=None)
    return most if most is not None and most.points else None


def _group(statement: Statement, name: str | None, earlier: Statement | None) -> Group:
    lines = tuple(line for line in statement.lines if line.category == name)
    title = (statement.categories or {}).get(name or "", name or "")
    points = _points(statement, name)
    limits = [line.points_most for line in lines]
    most = None if None in limits else sum(limit or 0 for limit in limits)
    comparable = earlier is not None and earlier.score is not None
    moved = points - _points(earlier, name) if earlier is not None and comparable else None
    return Group(title, points, most, moved, lines)


def _points(statement: Statement, name: str | None) -> int:
    return sum(line.points or 0 for line in statement.lines if line.category == name)
