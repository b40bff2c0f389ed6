"""An event as its furnisher sent it, in a form's fields, and the event as it should be from that form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from credence.events.exports.money import written
from credence.events.log import Event
from credence.events.vocabulary import Field, Kind, Vocabulary
from credence.server.web.money import minor, shown

FIELD, MONEY = "field_", "money"
LONGEST = 1000


@dataclass(frozen=True)
class Said:
    """One thing that an event says, as a form asks for it and as it is read; `choices` are its few values."""

    name: str
    title: str
    type: str
    value: str
    shown: str
    choices: Sequence[str]
    required: bool


@dataclass(frozen=True)
class Sent:
    """A contested event as it was sent: its kind, when it happened, what it says, and what else it could."""

    kind: Kind
    occurred_at: str
    said: Sequence[Said]
    unsaid: Sequence[Said]


def as_sent(event: Event, words: Vocabulary) -> Sent:
    """An event in a form's fields; those that it says first."""
    kind = words.kinds[str(event["kind"])]
    fields = [words.fields[name] for name in kind.fields]
    rows = [
        Said(
            one.name, one.title, one.type, *_said(one, event),
            ("true", "false") if one.type == "flag" else one.values, one.name in kind.required,
        )
        for one in fields
    ]  # fmt: skip
    said = [one for one in rows if one.value or one.required]
    return Sent(kind, plain(event["occurred_at"]), said, [one for one in rows if one not in said])


def _said(one: Field, event: Event) -> tuple[str, str]:
    """A value in a form, and as it is read; amounts are in whole units of their currency in both."""
    value, currency = event.get(one.name), str(event.get("currency") or "")
    if one.type == MONEY and isinstance(value, int):
        return written(value, currency), shown(value, currency) or ""
    return plain(value), plain(value)


def plain(value: object) -> str:
    """A value as furnishers send it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    return value.isoformat() if isinstance(value, date) else str(value)


def replacement(kind: Kind, words: Vocabulary, given: Mapping[str, object]) -> dict[str, object]:
    """The event as it should be, of the same kind, from what a form says.

    Raises:
        AmountWrongError: An amount is none of its currency.
    """
    said = {name: str(value).strip()[:LONGEST] for name, value in given.items()}
    filled = {name: said[f"{FIELD}{name}"] for name in kind.fields if said.get(f"{FIELD}{name}")}
    currency = filled.get("currency", "")
    fields = {
        name: minor(value, currency) if words.fields[name].type == MONEY else value
        for name, value in filled.items()
    }
    named = {name: said.get(name, "") for name in ("event_id", "occurred_at")}
    return {**fields, **named, "kind": kind.name}
