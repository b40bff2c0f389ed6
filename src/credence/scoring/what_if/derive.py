"""The moves that a scorecard leaves a person, from its measures and attributes and from what is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

from credence.characteristics.aggregates import Aggregate, Ago, Quotient, aggregates_of
from credence.characteristics.filters import Condition, Filter, meets
from credence.characteristics.measure import Measure
from credence.events.log import Event
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Attribute, Below, Characteristic, Scorecard
from credence.scoring.what_if.moves import MoveKind, Said
from credence.scoring.words import money

# What a supposed event says in fields that its kind needs and that no question looks at. Money is then of
# no currency, for which ISO 4217 has this code, so that it is never taken for money that somebody has.
SOMETHING, AMOUNT, NO_CURRENCY = "as asked", 10_000, "XXX"


@dataclass(frozen=True)
class Move:
    """A move of one person: what the event says, and in words; of a `group`, a plan has one at most."""

    kind: MoveKind
    title: str
    said: Said
    effort: int
    group: tuple[object, ...]


def moves_of(
    scorecard: Scorecard, words: Vocabulary, counted: list[Event], kinds: list[MoveKind]
) -> list[Move]:
    """The moves that can matter to a scorecard's score.

    Of those that every measure sees alike, only the one of least effort is kept.

    Args:
        scorecard: The scorecard; what it marks as not for advice gives no moves.
        words: The vocabulary.
        counted: The person's events that count now, oldest first.
        kinds: The moves that people can make.
    """
    wanted = [f for measure in _advised(scorecard) for f in _filters(measure)]
    aggregates = [a for measure, _ in scorecard.measures() for a in aggregates_of(measure.answer)]
    found: dict[object, Move] = {}
    for kind in kinds:
        filters = [f for f in wanted if not f.kinds or kind.kind in f.kinds]
        for move in _variants(kind, scorecard, words, counted, filters) if filters else ():
            key = (kind.a_month, kind.every, kind.most, _signature(aggregates, move))
            if key not in found or move.effort < found[key].effort:
                found[key] = move
    return list(found.values())


def _advised(scorecard: Scorecard) -> Iterator[Measure]:
    """The measures that a person can do something about: not an age, which only time can give."""
    measures = [c.measure for c in scorecard.characteristics if c.advice]
    for measure in (*measures, *(r.measure for rule in scorecard.scorable_when for r in rule.alternatives)):
        answer = measure.answer
        if not (isinstance(answer, Ago) and answer.aggregate.function == "least"):
            yield measure


def _filters(measure: Measure) -> Iterator[Filter]:
    return (aggregate.events for aggregate in aggregates_of(measure.answer))


def _variants(
    kind: MoveKind, scorecard: Scorecard, words: Vocabulary, counted: list[Event], filters: list[Filter]
) -> Iterator[Move]:
    """The moves of one kind: for each account, each aim and each filter that can be met."""
    if kind.needs and not any(event["kind"] in kind.needs for event in counted):
        return
    for said in _starts(kind, words, counted):
        for aimed, effort in _aims(kind, scorecard, said):
            for where in dict.fromkeys(asked for f in filters for asked in _asked_by(f)):
                met = _met(kind, words, aimed, where)
                if met is not None:
                    yield Move(kind, _title(kind, words, met), met, effort, _group(kind, met))


def _asked_by(events: Filter) -> Iterator[tuple[str | None, tuple[Condition, ...]]]:
    """What an event must say for a filter; nothing where it takes the place of an earlier one in any case."""
    yield events.currency, events.where
    if events.latest is not None:
        yield None, ()


def _group(kind: MoveKind, said: Said) -> tuple[object, ...]:
    """Moves with different aims exclude each other, on the same account."""
    told = said if kind.aim is None else {name: said[name] for name in (kind.each,) if name}
    return (kind.name, *sorted((name, str(value)) for name, value in told.items()))


def _starts(kind: MoveKind, words: Vocabulary, counted: list[Event]) -> Iterator[Said]:
    """What an event would say before any filter is looked at: one, or one for each account."""
    earlier = [event for event in counted if event["kind"] == kind.kind]
    known = words.kinds[kind.kind].fields
    if kind.each is None:
        last = earlier[-1] if earlier else {}
        yield kind.fields | {name: last[name] for name in kind.as_before if name in last}
        return
    latest = {event[kind.each]: event for event in earlier if kind.each in event}
    for event in latest.values():
        said = {name: event[name] for name in known if name in event}
        if all(meets(condition, said.get(condition.field)) for condition in kind.when):
            kept = {name: value for name, value in kind.fields.items() if name in said or name == "status"}
            yield said | kept


def _aims(kind: MoveKind, scorecard: Scorecard, said: Said) -> Iterator[tuple[Said, int]]:
    """The event for each number that an attribute asks for, the easiest first; itself without an aim."""
    if kind.aim is None:
        yield said, kind.effort
        return
    present = said.get(kind.aim.field)
    values = {
        value
        for c in scorecard.characteristics
        if c.advice
        for value in _asked(c, kind, said)
        if value >= 0 and not (kind.aim.lower and isinstance(present, int) and value >= present)
    }
    for harder, value in enumerate(sorted(values, reverse=kind.aim.lower)):
        yield said | {kind.aim.field: value}, kind.effort + harder


def _asked(characteristic: Characteristic, kind: MoveKind, said: Said) -> Iterator[int]:
    """The numbers of the aim's field that reach an attribute of a characteristic."""
    aim, sides = kind.aim, aggregates_of(characteristic.measure.answer)
    assert aim is not None, "there is an aim"
    if not any(kind.kind in a.events.kinds and a.field == aim.field for a in sides):
        return
    shared = aim.of is not None and isinstance(characteristic.measure.answer, Quotient)
    whole = said.get(aim.of or "") if shared else 1
    if isinstance(whole, int):
        yield from (_on_the_side(limit, whole, lower=aim.lower) for limit in _limits(characteristic))


def _on_the_side(test: Below, whole: int, *, lower: bool) -> int:
    """The number nearest to a limit on the side that is aimed at."""
    limit = test.limit * whole
    if lower:
        return floor(limit) if test.inclusive else ceil(limit) - 1
    return floor(limit) + 1 if test.inclusive else ceil(limit)


def _limits(characteristic: Characteristic) -> Iterator[Below]:
    tests = (row.test for row in characteristic.rows() if isinstance(row, Attribute))
    return (test for test in tests if isinstance(test, Below))


def _met(
    kind: MoveKind, words: Vocabulary, said: Said, where: tuple[str | None, tuple[Condition, ...]]
) -> Said | None:
    """The event with its chosen fields so that a filter is met, and all that its kind needs; None if not."""
    currency, conditions = where
    for condition in conditions:
        if condition.field in kind.chosen and not meets(condition, said.get(condition.field)):
            said = said | {condition.field: _choice(condition)}
    required = (name for name in words.kinds[kind.kind].required if name not in said)
    needed = {name: _needed(words, name, currency or NO_CURRENCY) for name in required}
    said = {name: value for name, value in (needed | said).items() if value is not None}
    same = currency is None or said.get("currency") == currency
    return said if same and all(meets(c, said.get(c.field)) for c in conditions) else None


def _choice(condition: Condition) -> object:
    if condition.test == "present":
        return SOMETHING if condition.values[0] else None
    return condition.values[0]


def _needed(words: Vocabulary, name: str, currency: str) -> object:
    """Something for a field that a kind needs and of which nothing else is known."""
    field = words.fields[name]
    usual = {"money": AMOUNT, "currency": currency, "integer": 0, "flag": True, "text": SOMETHING}
    return field.values[0] if field.type == "choice" else usual.get(field.type)


def _title(kind: MoveKind, words: Vocabulary, said: Said) -> str:
    """The move in words, with what it is about."""
    told = {
        name: money(value, str(said.get("currency", "")))
        if words.fields[name].type == "money" and isinstance(value, int)
        else str(value)
        for name, value in said.items()
    }
    title = kind.title
    for name, value in told.items():
        title = title.replace(f"{{{name}}}", value)
    return title


@dataclass(frozen=True)
class Seen:
    """How an aggregate sees an event: not at all, or whether it passes the conditions, and its values."""

    passes: bool
    value: object
    latest: object


def seen(aggregate: Aggregate, kind: str, said: Said) -> Seen | None:
    """How an aggregate sees an event of a kind; None where it never looks at it."""
    events = aggregate.events
    if events.kinds and kind not in events.kinds:
        return None
    same = events.currency is None or said.get("currency") == events.currency
    passed = same and all(meets(condition, said.get(condition.field)) for condition in events.where)
    if not passed and events.latest is None:
        return None
    return Seen(passed, said.get(aggregate.field or ""), said.get(events.latest or ""))


def _signature(aggregates: list[Aggregate], move: Move) -> tuple[Seen | None, ...]:
    """How every measure of a scorecard sees a move: those with the same are interchangeable."""
    return tuple(seen(aggregate, move.kind.kind, move.said) for aggregate in aggregates)
