"""One person on demand, in plain Python: the same definition as the SQL, and the events behind each answer.

Planning a statement costs a database 40 ms whatever the data; this costs a person's events a fraction of
a millisecond. Property tests hold the two equal in every column.
"""

from dataclasses import replace
from fractions import Fraction

from credence.engines.answering import Evaluation, whole
from credence.engines.counting import counted_events
from credence.engines.found import Found, Line, Row
from credence.engines.moment import Moment
from credence.events.log import Event
from credence.events.vocabulary import Vocabulary
from credence.scorecards import reasons
from credence.scorecards.lines import points_at
from credence.scorecards.model import (
    Attribute,
    Below,
    Cell,
    Characteristic,
    OneOf,
    Requirement,
    Rule,
    Scorecard,
    Test,
    When,
)
from credence.scorecards.model import Line as PointsLine


def compared(found: Found, limit: Fraction) -> int:
    """-1, 0 or 1: an answer is below, at or above a limit; a column's number is compared as a float."""
    exact = found.exact
    assert exact is not None, "only known numbers are compared"
    other = float(limit) if isinstance(exact, float) else limit
    return (exact > other) - (exact < other)


def holds(test: Test, found: Found, others: dict[str, Found]) -> bool:
    """Whether an answer falls in an attribute."""
    if isinstance(test, Below):
        side = compared(found, test.limit)
        return side < 0 or (side == 0 and test.inclusive)
    if isinstance(test, OneOf):
        return _one_of(test, found)
    return all(_cell(cell, others[cell.name]) for cell in test.cells) if isinstance(test, When) else True


def _one_of(test: OneOf, found: Found) -> bool:
    if isinstance(found.value, str):
        return found.value in test.values
    return any(compared(found, value) == 0 for value in test.values if isinstance(value, Fraction))


def _cell(cell: Cell, found: Found) -> bool:
    if found.value is None or cell.missing:
        return found.value is None and cell.missing
    return (
        (cell.at_least is None or compared(found, cell.at_least) >= 0)
        and (cell.below is None or compared(found, cell.below) < 0)
        and (cell.up_to is None or compared(found, cell.up_to) <= 0)
        and (cell.one_of is None or _one_of(cell.one_of, found))
    )


def scorable(requirement: Requirement, found: Found) -> bool:
    """Whether a requirement of scorability holds."""
    if found.value is None:
        return False
    side = compared(found, requirement.limit)
    return {
        "at_least": side >= 0,
        "at_most": side <= 0,
        "below": side < 0,
        "above": side > 0,
        "equals": side == 0,
    }[requirement.test]


def attribute_of(characteristic: Characteristic, found: dict[str, Found]) -> Attribute:
    """The attribute that an answer falls in."""
    mine = found[characteristic.name]
    if mine.value is None and characteristic.missing is not None:
        return characteristic.missing
    return next(row for row in characteristic.attributes if holds(row.test, mine, found))


def evaluate(
    scorecard: Scorecard,
    words: Vocabulary,
    events: list[Event],
    moment: Moment,
    columns: dict[str, object] | None = None,
) -> Row:
    """Everything a scorecard says of one person.

    Args:
        scorecard: The scorecard.
        words: The vocabulary of the events.
        events: All that was ever recorded about the person, as the log gives it.
        moment: The moment.
        columns: The person's row of a table of people, for measures that take a column.
    """
    counted = counted_events(events, scorecard, words, moment)
    return row_of(scorecard, Evaluation(counted, moment.as_of, columns or {}))


def row_of(scorecard: Scorecard, evaluation: Evaluation) -> Row:
    """The same from the events that count, and from whatever of them is computed already."""
    found = {c.name: evaluation.answer(c.measure.answer) for c in scorecard.characteristics}
    rows = {c.name: attribute_of(c, found) for c in scorecard.characteristics if c.each is None}
    unscorable = next((r.code for r in scorecard.scorable_when if not _scorable(r, evaluation)), None)
    unscorable = unscorable or next((row.unscorable for row in rows.values() if row.unscorable), None)
    lines = [_line(c, found[c.name], rows.get(c.name), evaluation.events) for c in scorecard.characteristics]
    if unscorable is not None:
        return Row(None, None, unscorable, (), tuple(replace(line, points=None) for line in lines))
    score = scorecard.points_base + sum(line.points or 0 for line in lines)
    got = {line.characteristic: (line.points or 0, line.reason) for line in lines}
    told = reasons.rank(scorecard, reasons.usual(scorecard), got)[: reasons.REASONS_MOST]
    return Row(score, scorecard.band_of(score), None, tuple(r.code for r in told), tuple(lines))


def _scorable(rule: Rule, evaluation: Evaluation) -> bool:
    return any(scorable(r, evaluation.answer(r.measure.answer)) for r in rule.alternatives)


def _line(characteristic: Characteristic, found: Found, row: Attribute | None, counted: list[Event]) -> Line:
    evidence = tuple(counted[i] for i in found.events)
    if row is not None:
        points = row.points if isinstance(row.points, int) else _followed(row.points, found)
        return Line(characteristic.name, found, row.label, points, row.reason, evidence)
    each = characteristic.each
    assert each is not None, "who has no attributes has points per event"
    total = each.points * whole(found.value)
    capped = (min if each.points > 0 else max)(total, each.most)
    return Line(characteristic.name, found, each.label, capped, each.reason, evidence)


def _followed(line: PointsLine, found: Found) -> int:
    assert found.exact is not None, "only known numbers have points that follow them"
    return points_at(line, found.exact)
