"""Everything that the event log knows about a person, as they see it: what, by whom, what came of it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from credence.engines.counting import hidden_keys, order
from credence.events.calendar import instant
from credence.events.log import Event, EventLog
from credence.events.vocabulary import Vocabulary
from credence.scoring.words import money
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.reading import consents
from credence.server.services.reading.cards import reading
from credence.server.services.reading.named import names_of
from credence.server.services.reading.statements import today

# Kinds that nobody saw happen: somebody concluded them.
INFERRED = frozenset({"trait.inferred"})
LISTED = "list."
COUNTS, TAKEN_BACK, REPLACED, WAITS, LOOKED_AT = "counts", "taken_back", "replaced", "waits", "looked_at"
DONE_BY = {"retracts": TAKEN_BACK, "replaces": REPLACED, "counts_from": WAITS}


@dataclass(frozen=True)
class Fact:
    """One event.

    Attributes:
        furnisher: Who sent it, as the log names them.
        furnisher_name: Who sent it, as people know them.
        event_id: Its id.
        kind: What kind of event it is.
        title: The kind in words.
        occurred_at: When it happened: a day, or an instant.
        recorded_at: When the bureau learned of it.
        said: What else it says: the title of each field, and its value in words.
        inferred: Whether somebody concluded it, so that nobody saw it happen.
        status: Whether it counts (`counts`), was taken back or replaced, waits until it counts, or is held
            while it is looked into (`looked_at`).
    """

    furnisher: str
    furnisher_name: str
    event_id: str
    kind: str
    title: str
    occurred_at: str
    recorded_at: datetime
    said: tuple[tuple[str, str], ...]
    inferred: bool
    status: str


@dataclass(frozen=True)
class Known:
    """A page of what is known.

    Attributes:
        facts: The events of the page, the latest first.
        total: How many there are that are asked for.
        kinds: The title of each kind that there is anything of.
        furnishers: The name of each furnisher that sent anything.
        lists: Entries on official lists that are still there.
    """

    facts: tuple[Fact, ...]
    total: int
    kinds: Mapping[str, str]
    furnishers: Mapping[str, str]
    lists: int


@dataclass(frozen=True)
class Asked:
    """What is asked for: one kind, one furnisher, all if not said; from which event on, and how many."""

    kind: str | None = None
    furnisher: str | None = None
    begin: int = 0
    most: int = 50


async def facts(context: Context, log: EventLog, asked: Asked) -> Known:
    """Everything that is known about the person who acts, the latest first; their look is in the audit.

    Raises:
        NotAllowedError: The actor is no person.
        NoSuchThingError: Everything about the person was erased.
    """
    grant = await consents.own(context)
    events = await asyncio.to_thread(_events, log, grant.log_id)
    said = [event for event in events if event.get("action") in (None, "replaces")]
    names = await names_of(context, {str(event["furnisher"]) for event in said})
    wanted = [event for event in said if _is_asked_for(event, asked)]
    wanted.sort(key=order, reverse=True)
    became = _became(events, today(context, log))
    there = [event for event in said if event["event_key"] not in became]
    titles = {str(event["kind"]): log.vocabulary.kinds[str(event["kind"])].title for event in said}
    page = wanted[asked.begin : asked.begin + asked.most]
    told = tuple(_fact(event, log.vocabulary, names, became) for event in page)
    await audit.record(context, "facts.read", person=grant.person_id, events=len(page))
    lists = sum(event["kind"] == "list.entry_added" for event in there)
    return Known(told, len(wanted), dict(sorted(titles.items())), names, lists)


def _events(log: EventLog, log_id: str) -> list[Event]:
    with reading(log) as opened:
        return opened.events_of(log_id)


def _is_asked_for(event: Event, asked: Asked) -> bool:
    return asked.kind in (None, event["kind"]) and asked.furnisher in (None, event["furnisher"])


def _became(events: Sequence[Event], day: date) -> dict[object, str]:
    """What became of the events that do not count on a day, by their keys."""
    hidden = hidden_keys(list(events), day)
    return {
        event["target_key"]: DONE_BY.get(str(event["action"]), LOOKED_AT)
        for event in sorted((one for one in events if one.get("target_key") in hidden), key=order)
        if event.get("action") != "releases"
    }


def _fact(event: Event, words: Vocabulary, names: Mapping[str, str], became: Mapping[object, str]) -> Fact:
    kind, occurred_at, recorded_at = (
        words.kinds[str(event["kind"])],
        event["occurred_at"],
        event["recorded_at"],
    )
    assert isinstance(occurred_at, datetime), "an event has an instant"
    assert isinstance(recorded_at, datetime), "the log stamps what it takes"
    return Fact(
        str(event["furnisher"]),
        names[str(event["furnisher"])],
        str(event["event_id"]),
        kind.name,
        kind.title,
        str(event["occurred_on"]) if event["date_only"] else instant(occurred_at),
        recorded_at.replace(tzinfo=UTC),
        tuple(_said(event, words, kind.fields)),
        kind.name in INFERRED,
        became.get(event["event_key"], COUNTS),
    )


def _said(event: Event, words: Vocabulary, fields: Sequence[str]) -> list[tuple[str, str]]:
    """What an event says, in the order of its kind's fields; money with its currency."""
    found = []
    for name in fields:
        value = event.get(name)
        if value is None or name == "currency":
            continue
        shown = str(value)
        if words.fields[name].type == "money" and isinstance(value, int):
            shown = money(value, str(event.get("currency", "")))
        found.append((words.fields[name].title, shown))
    return found
