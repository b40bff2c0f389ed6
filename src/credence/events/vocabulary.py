"""The vocabulary: which kinds of events there are, what each says, and how long it may count."""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import msgspec

from credence.errors import nearest
from credence.yaml_file import Node, parse, read, settle

TYPES = ("integer", "money", "currency", "date", "text", "choice", "flag")
MARKS = ("suspends", "releases", "counts_from", "retracts")
SPEAKS = ("for", "against", "neither")
ANYWHERE = "any"
COMMON_COLUMNS = (
    "furnisher",
    "event_id",
    "person_id",
    "kind",
    "occurred_at",
    "reported_at",
    "recorded_at",
    "replaces",
    "retracts",
    "target_furnisher",
)
# Columns that the log adds, here or while it takes an event in; a field of the same name would hide them.
OWN_COLUMNS = ("occurred_on", "date_only", "batch", "bucket", "event_key", "target_key", "action", "content")
OWN_WORDS = re.compile(
    "row|rowid|file_row_number|unknown|moment|whole|ask|as_of|known_at|slot|newest|month_bit"
    "|(barred|needed|chosen)_[0-9]+"
)
# Words that SQL keeps for itself.
SQL_WORDS = """
all analyse analyze and anti any array as asc asof asymmetric at authorization between binary both by
case cast check collate collation column columns concurrently constraint create cross current_date
current_time current_timestamp default deferrable desc describe distinct do else end escape except
exclude exists extract false fetch filter for foreign freeze from full glob grant group having ilike in
initially inner intersect interval into is isnull join lambda lateral leading left like limit map minus
natural not notnull null offset on only or order outer over overlaps partition pivot pivot_longer
pivot_wider placing positional primary qualify references returning right select semi session_user show
similar some summarize symmetric table tablesample then to trailing true try_cast union unique unpack
unpivot user using values variadic verbose when where window with
"""
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")
KIND_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
# What each mark must say to have its effect.
SAID_BY_MARKS = {"suspends": ["target"], "releases": ["target"], "counts_from": ["target", "date"]}


@dataclass(frozen=True)
class Field:
    """Something a kind of event may say, the same under one name everywhere."""

    name: str
    type: str
    title: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountsFor:
    """How long a kind may count: until its anchor plus days, then plus months."""

    months: int
    days: int
    start: str


@dataclass(frozen=True)
class Kind:
    """A kind of event."""

    name: str
    title: str
    context: str
    speaks: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    counts_for: dict[str, CountsFor] = field(default_factory=dict)
    mark: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field the kind may have."""
        return self.required + self.optional

    def limit(self, jurisdiction: str) -> CountsFor | None:
        """How long the kind may count in a jurisdiction; None where nothing limits it."""
        return self.counts_for.get(jurisdiction, self.counts_for.get(ANYWHERE))


@dataclass(frozen=True)
class Vocabulary:
    """All kinds that a log takes and a scorecard may name."""

    contexts: dict[str, str]
    fields: dict[str, Field]
    kinds: dict[str, Kind]

    @property
    def hash(self) -> str:
        """A hash of everything the vocabulary says, the same on every machine."""
        return sha256(msgspec.json.encode(self, order="sorted")).hexdigest()

    def counted(self) -> list[str]:
        """The names of kinds that can be counted: all but the marks."""
        return [kind.name for kind in self.kinds.values() if kind.mark is None]


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with Credence."""
    name = "vocabulary.yaml"
    text = files("credence.events").joinpath(name).read_text(encoding="utf-8")
    return _load(parse(text, name), name, Vocabulary({}, {}, {}))


def extended(base: Vocabulary, path: Path) -> Vocabulary:
    """A vocabulary with the fields and kinds of a user's file added.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file has faults, or redefines something the base defines otherwise.
    """
    return _load(read(path), str(path), base)


def extended_by_text(base: Vocabulary, text: str, name: str) -> Vocabulary:
    """A vocabulary with the fields and kinds of a text added; errors as for `extended`."""
    return _load(parse(text, name), name, base)


def _load(node: Node, name: str, base: Vocabulary) -> Vocabulary:
    entries = node.keyed(["version"], ["contexts", "fields", "kinds"])
    if "version" in entries:
        entries["version"].integer(1)
    known = replace(base, contexts=base.contexts | _contexts(entries.get("contexts"), base))
    known = replace(known, fields=base.fields | _new_fields(entries.get("fields"), base))
    known = replace(known, kinds=base.kinds | _new_kinds(entries.get("kinds"), known))
    settle(node, name)
    return known


def _contexts(node: Node | None, base: Vocabulary) -> dict[str, str]:
    if node is None:
        return {}
    if base.contexts:
        node.fault("The list of contexts is closed: a vocabulary of your own cannot add to it.")
    titles = {key: child.keyed(["title"]).get("title") for key, child in node.entries().items()}
    return {key: title.text() for key, title in titles.items() if title}


def _new_fields(node: Node | None, base: Vocabulary) -> dict[str, Field]:
    fields = {}
    for name, child in node.entries().items() if node else ():
        fields[name] = _field(name, child)
        _note_redefined(child, base.fields.get(name), fields[name])
    return fields


def _new_kinds(node: Node | None, known: Vocabulary) -> dict[str, Kind]:
    kinds = {}
    for name, child in node.entries().items() if node else ():
        kinds[name] = _kind(name, child, known)
        _note_redefined(child, known.kinds.get(name), kinds[name])
    return kinds


def _note_redefined(node: Node, before: Field | Kind | None, now: Field | Kind) -> None:
    if before is not None and before != now:
        node.fault("The vocabulary already has this name with another meaning. Choose another name.")


def _field(name: str, node: Node) -> Field:
    entries = node.keyed(["type", "title"], ["values"])
    taken = name in (*COMMON_COLUMNS, *OWN_COLUMNS, *SQL_WORDS.split()) or OWN_WORDS.fullmatch(name)
    if taken or not FIELD_NAME.fullmatch(name):
        node.fault(f"'{name}' cannot name a field: it is taken, or not lower_snake.")
    kind = entries["type"].choice(TYPES) if "type" in entries else ""
    title = entries["title"].text() if "title" in entries else ""
    values = _values(entries.get("values"))
    if kind and (kind == "choice") != bool(values):
        node.fault("'values' belongs to the type choice, and a choice needs it.")
    return Field(name, kind, title, values)


def _values(node: Node | None) -> tuple[str, ...]:
    values = tuple(node.words()) if node else ()
    for value in values:
        if node and ("{" in value or "}" in value or not value.isprintable()):
            node.fault(f"{value!r} cannot be a value: braces and control characters are not used here.")
    return values


def _kind(name: str, node: Node, known: Vocabulary) -> Kind:
    entries = node.keyed(["title", "context", "speaks"], ["required", "optional", "counts_for", "mark"])
    required = _fields(entries.get("required"), known)
    optional = _fields(entries.get("optional"), known)
    mark = entries["mark"].choice(MARKS) if "mark" in entries else None
    if not KIND_NAME.fullmatch(name):
        node.fault(f"'{name}' must be written noun.past_participle, like bill.paid.")
    _check_money(node, required, optional, known)
    _check_mark(node, mark, required)
    return Kind(
        name,
        entries["title"].text() if "title" in entries else "",
        entries["context"].choice(known.contexts) if "context" in entries else "",
        entries["speaks"].choice(SPEAKS) if "speaks" in entries else "",
        required,
        optional,
        _counts_for(entries.get("counts_for"), required, known),
        mark,
    )


def _fields(node: Node | None, known: Vocabulary) -> tuple[str, ...]:
    names = node.words() if node else []
    for name in names:
        if node and name and name not in known.fields:
            node.fault(f"There is no field '{name}'.{nearest(name, list(known.fields))}")
    return tuple(name for name in names if name in known.fields)


def _check_money(node: Node, required: tuple[str, ...], optional: tuple[str, ...], known: Vocabulary) -> None:
    def money(names: tuple[str, ...]) -> bool:
        return any(known.fields[name].type == "money" for name in names)

    if (money(required) and "currency" not in required) or (
        money(optional) and "currency" not in required + optional
    ):
        node.fault("An amount needs its currency: list 'currency' beside it.")


def _check_mark(node: Node, mark: str | None, required: tuple[str, ...]) -> None:
    for name in SAID_BY_MARKS.get(mark or "", ()):
        if name not in required:
            node.fault(f"A mark that {mark} must require '{name}'.")


def _counts_for(node: Node | None, required: tuple[str, ...], known: Vocabulary) -> dict[str, CountsFor]:
    limits: dict[str, CountsFor] = {}
    for jurisdiction, child in node.entries().items() if node else ():
        entries = child.keyed(["months", "from"], ["days"])
        start = entries["from"].text() if "from" in entries else "occurred_at"
        anchors = ["occurred_at", *(name for name in required if known.fields[name].type == "date")]
        if start not in anchors:
            child.fault(f"'from' is '{start}'; it must be one of: {', '.join(anchors)}.")
        months = entries["months"].integer(1) if "months" in entries else 0
        days = entries["days"].integer(0) if "days" in entries else 0
        limits[jurisdiction] = CountsFor(months, days, start)
    return limits
