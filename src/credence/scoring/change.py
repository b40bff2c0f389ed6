"""Why a score changed: two statements of one person line by line, every point tied to its cause.

The causes are found by evaluating the person at steps between the two (`change_stages`), so that they add
up: causes to their line, lines and base points to the change of the score. All of it is whole numbers.
"""

from dataclasses import dataclass

from credence.engines.counting import known_events
from credence.engines.moment import Moment
from credence.errors import PersonNotFoundError, UsageError
from credence.events.calendar import instant
from credence.events.log import EventLog
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Scorecard
from credence.scoring.change_causes import Cause, causes_of
from credence.scoring.change_stages import CAUSES, VERSION, Evaluations, View, stages
from credence.scoring.explain import stated
from credence.scoring.run import at_newest
from credence.scoring.statement import Statement, StatementLine


@dataclass(frozen=True)
class LineChange:
    """One characteristic in both statements; a side is None where its version has no such question.

    `points` is what the line brought to the change of the score; None where a side has no score.
    """

    characteristic: str
    category: str | None
    question: str
    before: StatementLine | None
    after: StatementLine | None
    points: int | None
    causes: tuple[Cause, ...]

    @property
    def moved(self) -> bool:
        """Whether the answer, the points or the question itself is another than before."""
        return self.before is None or self.after is None or self._said(self.before) != self._said(self.after)

    def _said(self, line: StatementLine) -> tuple[str, str, int | None]:
        return line.answer, line.attribute, line.points


@dataclass(frozen=True)
class Change:
    """Two statements of one person, compared.

    Attributes:
        before: The earlier statement.
        after: The later statement.
        points: The change of the score; None where one of the two has no score.
        base: The change of the base points, which only a new version brings.
        lines: Every characteristic of either version, those of the later one first.
        causes: For each cause, its points over all lines and the base; None without a score.
    """

    before: Statement
    after: Statement
    points: int | None
    base: int
    lines: tuple[LineChange, ...]
    causes: dict[str, int | None]

    def __post_init__(self) -> None:
        """Hold what must hold whatever was asked: causes add up to lines, and lines to the score."""
        if self.points is None:
            return
        for line in self.lines:
            assert sum(cause.points or 0 for cause in line.causes) == line.points, "causes make the line"
        assert self.base + sum(line.points or 0 for line in self.lines) == self.points, (
            "lines make the change"
        )
        assert sum(points or 0 for points in self.causes.values()) == self.points, "causes make the change"


def explain_change(
    scorecard: Scorecard,
    log: EventLog,
    person_id: str,
    moments: tuple[Moment, Moment],
    earlier: Scorecard | None = None,
    columns: dict[str, object] | None = None,
) -> Change:
    """Compare two statements of one person.

    Args:
        scorecard: The scorecard; of the later statement, if there are two versions.
        log: The log.
        person_id: The person.
        moments: The earlier and the later moment; without a snapshot, the log's newest is read.
        earlier: The version that made the earlier statement; the same one by default.
        columns: The person's row of a table of people, for measures that take a column.

    Raises:
        UsageError: The later moment is before the earlier one, in either of its two times.
        PersonNotFoundError: Nothing was recorded about the person by one of the moments.
    """
    first, second = (at_newest(log, moment) for moment in moments)
    _check_order(first, second)
    events = log.events_of(person_id, second.known_at)
    before, after = (
        View(card, known_events(events, moment), moment, columns or {})
        for card, moment in ((earlier or scorecard, first), (scorecard, second))
    )
    for view in (before, after):
        if not view.events:
            raise PersonNotFoundError(person_id, instant(view.moment.known_at))
    return compared(person_id, before, after, log.vocabulary)


def _check_order(first: Moment, second: Moment) -> None:
    """Make sure that the second moment knows whatever the first one does."""
    sentence = ""
    if first.as_of > second.as_of:
        sentence = f"The earlier statement is as of {first.as_of}, after the later one's {second.as_of}."
    elif first.known_at > second.known_at or (first.snapshot or 0) > (second.snapshot or 0):
        known = f"{instant(first.known_at)}, after the later one's {instant(second.known_at)}"
        sentence = f"The earlier statement is as known at {known}."
    if sentence:
        sentence = f"{sentence} A change is told forwards: give the earlier one first."
        raise UsageError(sentence)


def compared(person_id: str, before: View, after: View, words: Vocabulary) -> Change:
    """Compare two views of a person; the later one knows every event that the earlier one knows."""
    made = Evaluations(words, after.columns)
    first, second = (
        stated(
            view.scorecard, words, person_id, view.moment, made.of(view.scorecard, view.events, view.moment)
        )
        for view in (before, after)
    )
    points = None if first.score is None or second.score is None else second.score - first.score
    steps = stages(before, after, made)
    earlier, later = ({line.characteristic: line for line in said.lines} for said in (first, second))
    lines = tuple(
        _line(
            earlier.get(name),
            later.get(name),
            causes_of(name, steps, words, scored=points is not None),
            scored=points is not None,
        )
        for name in dict.fromkeys((*later, *earlier))
    )
    base = second.points_base - first.points_base
    return Change(first, second, points, base, lines, _totals(lines, base, scored=points is not None))


def _line(
    before: StatementLine | None, after: StatementLine | None, causes: tuple[Cause, ...], *, scored: bool
) -> LineChange:
    line = after or before
    assert line is not None, "a line is in one of the two statements"
    points = _points(after) - _points(before) if scored else None
    return LineChange(line.characteristic, line.category, line.question, before, after, points, causes)


def _points(line: StatementLine | None) -> int:
    return 0 if line is None else line.points or 0


def _totals(lines: tuple[LineChange, ...], base: int, *, scored: bool) -> dict[str, int | None]:
    totals: dict[str, int | None] = dict.fromkeys(CAUSES, 0 if scored else None)
    for cause in (cause for line in lines if scored for cause in line.causes):
        totals[cause.name] = (totals[cause.name] or 0) + (cause.points or 0)
    return totals | ({VERSION: (totals[VERSION] or 0) + base} if scored else {})
