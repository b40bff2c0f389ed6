"""Which events are behind a step's difference in a line, and who sent or corrected them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from credence.characteristics.aggregates import Crossing
from credence.engines.found import Line
from credence.events.calendar import instant
from credence.events.log import Event
from credence.events.vocabulary import Vocabulary
from credence.scoring.change_stages import CORRECTED, LATE, NEW, TIME, VERSION, Stage

# What is said of an event that counts now and did not before, or the other way round.
ENTERED = {LATE: "became known", CORRECTED: "counts now", TIME: "counts now", NEW: "happened"}
LEFT = {CORRECTED: "counts no longer", TIME: "too long ago to count"}
INSTEAD = "sent in place of"
BY = {
    "retracts": "taken back",
    "replaces": "replaced",
    "suspends": "suspended",
    "releases": "released",
    "counts_from": "given a later day to count from",
}


@dataclass(frozen=True)
class Correction:
    """What was done to an event, and the event that did it; or the event that it was sent in place of."""

    what: str
    furnisher: str
    event_id: str


@dataclass(frozen=True)
class CausingEvent:
    """An event that a line counts now and did not, or no longer counts; `by` where it was corrected."""

    effect: str
    furnisher: str
    event_id: str
    kind: str
    title: str
    occurred_at: str
    by: Correction | None = None


@dataclass(frozen=True)
class Cause:
    """A part of a line's change: late, corrected, time, new or version; None points without a score."""

    name: str
    points: int | None
    events: tuple[CausingEvent, ...]


def causes_of(name: str, steps: list[Stage], words: Vocabulary, *, scored: bool) -> tuple[Cause, ...]:
    """The causes of one line's change, in the order of the steps; those of the same name are one.

    Args:
        name: The characteristic.
        steps: The stages, from the first to the last.
        words: The vocabulary of the events.
        scored: Whether there is a score on both sides.
    """
    found: dict[str, Cause] = {}
    for before, after in pairwise(steps):
        cause = _cause(name, before, after, words)
        if cause is None:
            continue
        earlier = found.get(cause.name, Cause(cause.name, 0, ()))
        points = (earlier.points or 0) + (cause.points or 0)
        events = tuple(dict.fromkeys((*earlier.events, *cause.events)))
        found[cause.name] = Cause(cause.name, points if scored else None, events)
    return tuple(found.values())


def line_of(stage: Stage, name: str) -> Line | None:
    """The stage's line of a characteristic; None where its version has none of that name."""
    return next((line for line in stage.row.lines if line.characteristic == name), None)


def _cause(name: str, before: Stage, after: Stage, words: Vocabulary) -> Cause | None:
    """What a step did to a line; None where nothing of it differs."""
    if before.row is after.row:
        return None
    cause, first, second = str(after.cause), line_of(before, name), line_of(after, name)
    points = _points(second) - _points(first)
    if cause == VERSION:
        return Cause(cause, points, ()) if points or (first is None) != (second is None) else None
    events = tuple(_events(name, before, after, words))
    differs = first is not None and second is not None and first.found.value != second.found.value
    return Cause(cause, points, events) if points or events or differs else None


def _points(line: Line | None) -> int:
    return 0 if line is None else line.points or 0


def _events(name: str, before: Stage, after: Stage, words: Vocabulary) -> Iterator[CausingEvent]:
    """The events that the line, or a line that it crosses, counts on one side of the step only."""
    earlier, later, cause = _evidence(before, name), _evidence(after, name), str(after.cause)
    for key, event in later.items():
        if key not in earlier:
            yield _told(ENTERED[cause], event, _correction(event, before, after), words)
    for key, event in earlier.items():
        if key not in later and cause in LEFT:
            yield _told(LEFT[cause], event, _correction(event, before, after), words)


def _evidence(stage: Stage, name: str) -> dict[object, Event]:
    answer = stage.scorecard.characteristic(name).measure.answer if line_of(stage, name) else None
    names = answer.names if isinstance(answer, Crossing) else (name,)
    lines = (line for line in stage.row.lines if line.characteristic in names)
    return {event["event_key"]: event for line in lines for event in line.evidence}


def _correction(event: Event, before: Stage, after: Stage) -> Correction | None:
    """What was done to an event between two steps; the last of it, where it was several things."""
    known = {other["event_key"] for other in before.events}
    if after.cause != CORRECTED:
        return None
    if event.get("action") == "replaces" and event["event_key"] not in known:
        return Correction(INSTEAD, _target_furnisher(event), str(event["target"]))
    aimed = [other for other in after.events if other.get("target_key") == event["event_key"]]
    done = [other for other in aimed if other["event_key"] not in known]
    return (
        Correction(BY[str(done[-1]["action"])], str(done[-1]["furnisher"]), str(done[-1]["event_id"]))
        if done
        else None
    )


def _target_furnisher(event: Event) -> str:
    return str(event.get("target_furnisher", event["furnisher"]))


def _told(effect: str, event: Event, by: Correction | None, words: Vocabulary) -> CausingEvent:
    occurred_at, kind = event["occurred_at"], words.kinds[str(event["kind"])]
    assert isinstance(occurred_at, datetime), "an event has an instant"
    when = str(event["occurred_on"]) if event["date_only"] else instant(occurred_at)
    return CausingEvent(
        effect, str(event["furnisher"]), str(event["event_id"]), kind.name, kind.title, when, by
    )
