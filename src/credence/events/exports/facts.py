"""Lines as events: which rule takes each, what the event says, and an id that stays the same."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from credence.events.exports.lines import Line, masked, masked_account
from credence.events.exports.rules import Rule
from credence.events.keys import UNIT_SEPARATOR
from credence.events.vocabulary import Vocabulary

FURNISHER = "self:"
# Signs of an event's id: 96 bits, more than anybody's lines can collide in.
ID_SIGNS = 24
RETRACTION = "mark.retracts"
Row = dict[str, object]


@dataclass(frozen=True)
class Source:
    """Whose lines these are, in which form they came, and what decides what they are."""

    form: str
    person_id: str
    rules: tuple[Rule, ...]
    vocabulary: Vocabulary


@dataclass
class Sorted:
    """What becomes of the lines: events with the row each came from, lines left out, lines no rule takes."""

    events: list[tuple[int, Row]] = field(default_factory=list)
    ignored: list[tuple[str, Line]] = field(default_factory=list)
    uncategorised: list[Line] = field(default_factory=list)


def sort_lines(lines: Iterable[Line], source: Source) -> Sorted:
    """Sort lines by the first rule that fits each."""
    result = Sorted()
    seen: Counter[str] = Counter()
    for line in lines:
        event_id = _event_id(line, source, seen)
        rule = next((rule for rule in source.rules if rule.fits(source.form, line)), None)
        if line.said.correction == "retracts":
            result.events.append((line.row, _retraction(line, source, event_id)))
        elif rule is None:
            result.uncategorised.append(line)
        elif rule.ignore:
            result.ignored.append((rule.ignore, line))
        else:
            result.events.append((line.row, _event(line, rule, source, event_id)))
    return result


def _event_id(line: Line, source: Source, seen: Counter[str]) -> str:
    """An id from the export's own reference; without one, from all that the line says and how often."""
    said = line.said
    if said.reference:
        return _digest(source.person_id, said.holder, said.reference, said.part)
    content = (line.occurred_at, str(line.minor), said.currency, line.direction, said.category)
    plain = _digest(source.person_id, said.holder, *content, said.counterparty, said.description)
    seen[plain] += 1
    return _digest(plain, str(seen[plain]))


def _digest(*parts: str) -> str:
    return sha256(UNIT_SEPARATOR.join(parts).encode()).hexdigest()[:ID_SIGNS]


def _common(source: Source, event_id: str, kind: str, occurred_at: str) -> Row:
    return {
        "furnisher": f"{FURNISHER}{source.form}",
        "event_id": event_id,
        "person_id": source.person_id,
        "kind": kind,
        "occurred_at": occurred_at,
    }


def _target(line: Line, source: Source) -> str:
    return _digest(source.person_id, line.said.holder, line.said.target, "")


def _retraction(line: Line, source: Source, event_id: str) -> Row:
    row = _common(source, event_id, RETRACTION, line.occurred_at)
    return row | {"retracts": _target(line, source)}


def _event(line: Line, rule: Rule, source: Source, event_id: str) -> Row:
    said, known = line.said, source.vocabulary.kinds[rule.kind].fields
    given = {
        "amount": abs(line.minor),
        "balance": line.minor,
        "currency": said.currency,
        "account": masked_account(said.account),
        "counterparty": masked(said.counterparty),
        "order_id": said.order,
    }
    row = _common(source, event_id, rule.kind, line.occurred_at) | dict(rule.fields)
    row |= {name: value for name, value in given.items() if name in known and value != ""}
    if said.correction:
        row["replaces"] = _target(line, source)
    return row
