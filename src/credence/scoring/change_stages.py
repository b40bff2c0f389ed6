"""From one evaluation of a person to another in five steps, each by the same evaluator.

Between two steps one thing alone differs, so whatever a line gains or loses there has that one cause; the
differences of the steps add up to the difference of the two ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from credence.engines.answering import Evaluation
from credence.engines.counting import counted_events
from credence.engines.found import Row
from credence.engines.moment import Moment
from credence.engines.person import row_of
from credence.events.log import Event
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Attribute, Characteristic, Scorecard

LATE, CORRECTED, TIME, NEW, VERSION = CAUSES = ("late", "corrected", "time", "new", "version")


@dataclass(frozen=True)
class View:
    """A person seen by a scorecard: at a moment, from the events that were known then.

    `columns` is the person's row of a table of people, for measures that take a column.
    """

    scorecard: Scorecard
    events: list[Event]
    moment: Moment
    columns: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Evaluations:
    """The evaluations of one person, each made once: where the same events count, nothing else differs.

    `columns` is the person's row of a table of people.
    """

    words: Vocabulary
    columns: dict[str, object]
    made: list[Evaluation] = field(default_factory=list)

    def of(self, scorecard: Scorecard, events: list[Event], moment: Moment) -> Evaluation:
        """The evaluation of the events that count at a moment."""
        counted = counted_events(events, scorecard, self.words, moment)
        for one in self.made:
            if one.as_of == moment.as_of and one.events == counted:
                return one
        self.made.append(Evaluation(counted, moment.as_of, self.columns))
        return self.made[-1]


@dataclass(frozen=True)
class Stage:
    """What a step leads to: the cause that differs from the step before, the events and the row."""

    cause: str | None
    scorecard: Scorecard
    events: list[Event]
    row: Row


def stages(before: View, after: View, made: Evaluations) -> list[Stage]:
    """The evaluations from one view to another.

    Rows have points even where the view has no score: whether there is one is told apart from its lines.

    Args:
        before: The earlier view.
        after: The later view, which knows every event that the earlier one knows.
        made: The person's evaluations.
    """
    earlier = always_scored(before.scorecard)
    later = earlier if before.scorecard == after.scorecard else always_scored(after.scorecard)
    rows: dict[tuple[int, int], Row] = {}
    start = Moment(before.moment.as_of, after.moment.known_at)
    end = Moment(after.moment.as_of, after.moment.known_at)

    def at(cause: str | None, scorecard: Scorecard, events: list[Event], moment: Moment) -> Stage:
        evaluation = made.of(scorecard, events, moment)
        key = id(scorecard), id(evaluation)
        rows[key] = rows.get(key) or row_of(scorecard, evaluation)
        return Stage(cause, scorecard, events, rows[key])

    parts = _parts(before, after)
    return [
        at(None, earlier, before.events, start),
        at(LATE, earlier, parts.with_late, start),
        at(CORRECTED, earlier, parts.with_corrections, start),
        at(TIME, earlier, parts.without_between, end),
        at(CORRECTED, earlier, parts.with_marks, end),
        at(NEW, earlier, after.events, end),
        at(VERSION, later, after.events, end),
    ]


@dataclass(frozen=True)
class _Parts:
    with_late: list[Event]
    with_corrections: list[Event]
    without_between: list[Event]
    with_marks: list[Event]


def _parts(before: View, after: View) -> _Parts:
    """The events known at each step, growing from those known before to those known after."""
    day = before.moment.as_of
    known = {event["event_key"] for event in before.events}
    came = [event for event in after.events if event["event_key"] not in known]
    late = [event for event in came if "target_key" not in event and event["occurred_on"] < day]  # type: ignore[operator]
    aimed = [event for event in came if "target_key" in event]
    still = [event for event in after.events if not _is_mark(event) or event["occurred_on"] <= day]  # type: ignore[operator]
    return _Parts(
        with_late=[*before.events, *late],
        with_corrections=[*before.events, *late, *aimed],
        without_between=list(_hiding_only(still, before)),
        with_marks=list(_hiding_only(after.events, before)),
    )


def _is_mark(event: Event) -> bool:
    """Whether the event's own day says from when it has its effect."""
    return event.get("action") in ("suspends", "releases")


def _hiding_only(events: list[Event], before: View) -> Iterator[Event]:
    """The events without those that happened since; what replaces another still hides it."""
    for event in events:
        since = event["occurred_on"] >= before.moment.as_of  # type: ignore[operator]
        if since and event.get("action") == "replaces":
            yield event | {"action": "retracts"}
        elif not since or "target_key" in event:
            yield event


def always_scored(scorecard: Scorecard) -> Scorecard:
    """The scorecard without what leaves people without a score, so that each line has its points."""
    characteristics = tuple(_always_scored(c) for c in scorecard.characteristics)
    return replace(scorecard, scorable_when=(), characteristics=characteristics)


def _always_scored(characteristic: Characteristic) -> Characteristic:
    def plain(row: Attribute) -> Attribute:
        return replace(row, unscorable=None)

    missing = characteristic.missing and plain(characteristic.missing)
    return replace(characteristic, attributes=tuple(map(plain, characteristic.attributes)), missing=missing)
