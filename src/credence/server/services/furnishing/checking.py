"""What rows of a furnisher are held to before the log's own checks, and what they are as rows of the log."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from credence.events.vocabulary import Kind, Vocabulary
from credence.server.services.furnishing.rows import Fault, Row

# What an id of evidence begins with.
EVIDENCE = "evd_"
EVIDENCE_MOST = 2000
ID_MOST = 100
NOT_KNOWN = "This is nobody who is known to you. A person makes you known with a link."
NEEDS_EVIDENCE = (
    "An event that speaks against a person needs evidence: a text of at least {least} signs, or the id of a "
    "file that you gave as evidence about this person."
)
COLUMNS = ("event_id", "kind", "occurred_at", "reported_at", "replaces", "retracts")
LogRow = dict[str, object]


@dataclass(frozen=True)
class Rules:
    """What rows of one furnisher are held to.

    Attributes:
        furnisher_id: Whose rows they are; also the furnisher's name in the log.
        kinds: The kinds that it may send.
        words: The vocabulary of the log.
        evidence_least: How many signs a text has at least that is given for evidence.
    """

    furnisher_id: str
    kinds: frozenset[str]
    words: Vocabulary
    evidence_least: int


@dataclass(frozen=True)
class Known:
    """Whom the furnisher knows, and the files that it gave as evidence.

    Attributes:
        people: For each pairwise id the person's own id and the one in the log.
        evidence: For each id of a file the person whom it is about.
    """

    people: Mapping[str, tuple[str, str]]
    evidence: Mapping[str, str]


def plain(text: str | None) -> bool:
    """Whether a text can be an id of ours; nothing else is looked up."""
    return text is not None and text.isascii() and text.isprintable() and 0 < len(text) <= ID_MOST


def faults(row: Row, rules: Rules, known: Known) -> list[Fault]:
    """What is wrong with a row, but for what the log says of it."""
    kind = rules.words.kinds.get(row.kind or "")
    found = [*_person(row, known), *_fields(row, rules.words)]
    if kind is None:
        return found
    found += _kind(kind, rules)
    if speaks_against(row, kind) and not _evident(row, rules, known):
        found.append(Fault("evidence", NEEDS_EVIDENCE.format(least=rules.evidence_least)))
    return found


def speaks_against(row: Row, kind: Kind | None) -> bool:
    """Whether a row says something against a person, and does not take it back."""
    return kind is not None and kind.speaks == "against" and not row.retracts


def log_row(row: Row, rules: Rules, known: Known) -> LogRow:
    """A row without faults as the log takes it."""
    said: LogRow = {name: getattr(row, name) for name in COLUMNS if getattr(row, name) is not None}
    _, log_id = known.people[row.person or ""]
    return said | row.fields | {"furnisher": rules.furnisher_id, "person_id": log_id}


def _person(row: Row, known: Known) -> Iterator[Fault]:
    if not row.person:
        yield Fault("person", "person is missing")
    elif row.person not in known.people:
        yield Fault("person", NOT_KNOWN)


def _fields(row: Row, words: Vocabulary) -> Iterator[Fault]:
    for name in row.fields:
        if name not in words.fields:
            shown = name[:80]
            yield Fault(shown, f"'{shown}' is not a field that the vocabulary knows")


def _kind(kind: Kind, rules: Rules) -> Iterator[Fault]:
    if kind.mark not in (None, "retracts"):
        yield Fault("kind", "only the bureau sets this mark")
    elif kind.mark is None and kind.name not in rules.kinds:
        yield Fault("kind", f"'{kind.name}' is not among the kinds that you may send")


def _evident(row: Row, rules: Rules, known: Known) -> bool:
    text = (row.evidence or "").strip()
    if text.startswith(EVIDENCE):
        person_id, _ = known.people.get(row.person or "", ("", ""))
        return known.evidence.get(text) == person_id != ""
    signs = sum(not sign.isspace() for sign in text)
    return rules.evidence_least <= signs <= len(text) <= EVIDENCE_MOST
