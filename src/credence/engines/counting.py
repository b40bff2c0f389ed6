"""Which of a person's events count at a moment: the Python twin of the SQL's first steps."""

from datetime import date, timedelta
from functools import lru_cache

from credence.engines.moment import Moment
from credence.events.calendar import add_months
from credence.events.log import Event
from credence.events.vocabulary import CountsFor, Vocabulary
from credence.scorecards.model import Scorecard


def obsolete_on(event: Event, limit: CountsFor) -> date:
    """The first day on which an event is too old to count."""
    occurred_on = event["occurred_on"]
    anchor = occurred_on if limit.start == "occurred_at" else event.get(limit.start, occurred_on)
    assert isinstance(anchor, date), "an anchor is a date"
    return _ends(anchor, limit.days, limit.months)


@lru_cache(10_000)
def _ends(anchor: date, days: int, months: int) -> date:
    """Kept, because a person's events are looked at again and again, and days are few."""
    return add_months(anchor + timedelta(days=days), months)


def order(event: Event) -> tuple[object, object]:
    """What makes one event later than another."""
    return event["occurred_at"], event["event_key"]


def known_events(events: list[Event], moment: Moment) -> list[Event]:
    """What was recorded by the moment's instant, in its snapshot."""
    return [
        event
        for event in events
        if event["recorded_at"] <= moment.known_at  # type: ignore[operator]
        and (moment.snapshot is None or event["batch"] <= moment.snapshot)  # type: ignore[operator]
    ]


def hidden_keys(known: list[Event], as_of: date) -> set[object]:
    """Keys of events that do not count: corrected, suspended, or still in their notice period."""
    hidden: set[object] = set()
    marks: dict[tuple[str, object], Event] = {}
    for event in sorted((e for e in known if "target_key" in e), key=order):
        action = event["action"]
        if action in ("retracts", "replaces"):
            hidden.add(event["target_key"])
        elif action == "counts_from":
            marks["notice", event["target_key"]] = event
        elif event["occurred_on"] <= as_of:  # type: ignore[operator]
            marks["dispute", event["target_key"]] = event
    for (matter, key), mark in marks.items():
        if mark["action"] == "suspends" or (matter == "notice" and mark["date"] > as_of):  # type: ignore[operator]
            hidden.add(key)
    return hidden


def counted_events(
    events: list[Event], scorecard: Scorecard, words: Vocabulary, moment: Moment
) -> list[Event]:
    """The events that count at the moment, oldest first."""
    known = known_events(events, moment)
    hidden = hidden_keys(known, moment.as_of)
    counted = [
        event
        for event in known
        if event.get("action") in (None, "replaces")
        and event["occurred_on"] < moment.as_of  # type: ignore[operator]
        and event["event_key"] not in hidden
        and event["kind"] not in scorecard.barred_kinds
        and not _obsolete(event, scorecard, words, moment.as_of)
    ]
    return sorted(counted, key=order)


def _obsolete(event: Event, scorecard: Scorecard, words: Vocabulary, as_of: date) -> bool:
    limit = words.kinds[str(event["kind"])].limit(scorecard.jurisdiction)
    return limit is not None and as_of >= obsolete_on(event, limit)
