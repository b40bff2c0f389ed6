"""The moves that a person can make, read from a file: kinds of events, their effort, and how often."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from credence.characteristics.filters import NUMBERS, Condition, Reading, read_filter
from credence.errors import nearest
from credence.events.vocabulary import Vocabulary
from credence.scorecards.live import barred_kinds
from credence.yaml_file import Node, parse, read, settle

NAME, VERSION = "moves.yaml", 1
REQUIRED = ("title", "kind", "effort")
OPTIONAL = (
    "a_month", "every", "most", "needs", "each", "when", "fields", "as_before", "chosen", "aim",
)  # fmt: skip
# So that a month of 28 days has room for each.
A_MONTH_MOST, EVERY_MOST, EFFORT_MOST = 28, 12, 100
Said = dict[str, object]


@dataclass(frozen=True)
class Aim:
    """A number that the person can steer; `of` another field, where it is looked at as a share of it."""

    field: str
    of: str | None = None
    lower: bool = False


@dataclass(frozen=True)
class MoveKind:
    """Something that a person can bring about; what its keys mean is said at the top of the file."""

    name: str
    title: str
    kind: str
    effort: int
    a_month: int = 1
    every: int = 1
    most: int | None = None
    needs: tuple[str, ...] = ()
    each: str | None = None
    when: tuple[Condition, ...] = ()
    fields: Said = field(default_factory=dict)
    as_before: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    aim: Aim | None = None


def load_moves(words: Vocabulary, path: Path | None = None) -> list[MoveKind]:
    """The moves of a file; those that come with Credence by default.

    Args:
        words: The vocabulary that their kinds are of.
        path: A file in the same form, read instead.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file has faults, or holds a move that is never one.
    """
    node = _shipped() if path is None else read(path)
    entries = node.keyed(["version", "moves"], ["never"])
    if "version" in entries:
        entries["version"].integer(VERSION, VERSION)
    never = _never(_shipped()) | _never(node)
    given = entries["moves"].entries() if "moves" in entries else {}
    moves = [_move(name, child, words, never) for name, child in given.items()]
    settle(node, str(path or NAME))
    return moves


@cache
def _text() -> str:
    return files("credence.scoring.what_if").joinpath(NAME).read_text(encoding="utf-8")


def _shipped() -> Node:
    return parse(_text(), NAME)


def _never(node: Node) -> dict[str, str]:
    given = node.value.get("never") if isinstance(node.value, dict) else None
    return {} if given is None else {kind: child.text() for kind, child in given.entries().items()}


def _move(name: str, node: Node, words: Vocabulary, never: dict[str, str]) -> MoveKind:
    entries = node.keyed(REQUIRED, OPTIONAL)
    kind = _kind(entries["kind"], words, never) if "kind" in entries else ""
    known = words.kinds[kind].fields if kind in words.kinds else ()

    def number(key: str, most: int) -> int:
        return entries[key].integer(1, most) if key in entries else 1

    return MoveKind(
        name=name,
        title=entries["title"].text() if "title" in entries else "",
        kind=kind,
        effort=number("effort", EFFORT_MOST),
        a_month=number("a_month", A_MONTH_MOST),
        every=number("every", EVERY_MOST),
        most=entries["most"].integer(1) if "most" in entries else None,
        needs=_needs(entries.get("needs"), words),
        each=_names(entries.get("each"), known)[0] if "each" in entries else None,
        when=_when(entries, node, words),
        fields=_fields(entries.get("fields"), known, words),
        as_before=_names(entries.get("as_before"), known),
        chosen=_names(entries.get("chosen"), known),
        aim=_aim(entries["aim"], known, words) if "aim" in entries else None,
    )


def _kind(node: Node, words: Vocabulary, never: dict[str, str]) -> str:
    """A kind that a person can bring about: none that speaks against them, and none that live bars."""
    name = node.text()
    kind = words.kinds.get(name)
    if kind is None:
        node.fault(f"'{name}' is not a kind of event.{nearest(name, words.counted())}")
    elif kind.mark is not None:
        node.fault(f"'{name}' is a mark: true events are never hidden or taken back by a plan.")
    elif kind.speaks == "against":
        node.fault(f"'{name}' speaks against a person, so it is never a move.")
    elif name in barred_kinds(words):
        node.fault(f"'{name}' is of the context '{kind.context}', which no live scorecard looks at.")
    elif name in never:
        node.fault(f"'{name}' is never a move: {never[name]}.")
    return name


def _needs(node: Node | None, words: Vocabulary) -> tuple[str, ...]:
    names = () if node is None else tuple(node.words())
    for name in names:
        if name not in words.kinds:
            assert node is not None, "names come from a node"
            node.fault(f"'{name}' is not a kind of event.{nearest(name, words.counted())}")
    return names


def _names(node: Node | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """Names of fields that the kind has."""
    names = () if node is None else tuple(node.words())
    for name in names:
        if node is not None and known:
            _check_field(node, name, known)
    return names


def _check_field(node: Node, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        node.fault(f"The kind has no field '{name}'.{nearest(name, list(known))}")


def _when(entries: dict[str, Node], node: Node, words: Vocabulary) -> tuple[Condition, ...]:
    """What the latest event must say; a money field is compared in its own currency."""
    if "when" not in entries or "kind" not in entries:
        return ()
    parts = {"kind": entries["kind"], "where": entries["when"]}
    return read_filter(parts, Node(node.value, node.path, node.line, []), Reading(words, None)).where


def _fields(node: Node | None, known: tuple[str, ...], words: Vocabulary) -> Said:
    said: Said = {}
    for name, child in ({} if node is None else node.entries()).items():
        if known:
            _check_field(child, name, known)
        if name in words.fields:
            said[name] = child.integer() if words.fields[name].type in NUMBERS else child.text()
    return said


def _aim(node: Node, known: tuple[str, ...], words: Vocabulary) -> Aim:
    entries = node.keyed(["field"], ["of", "lower"])
    names = {key: entries[key].text() for key in ("field", "of") if key in entries}
    for key, name in names.items():
        _check_field(entries[key], name, known)
        if name in words.fields and words.fields[name].type not in NUMBERS:
            entries[key].fault(f"'{name}' is of the type {words.fields[name].type}, and an aim is a number.")
    lower = entries["lower"].flag() if "lower" in entries else False
    return Aim(names.get("field", ""), names.get("of"), lower=lower)
