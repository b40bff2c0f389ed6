"""The table of rules: which kind of event a line is; the first rule that fits decides."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from credence.errors import nearest
from credence.events.exports.documents import TITLES
from credence.events.exports.lines import DIRECTIONS, Line
from credence.events.exports.money import exponent
from credence.events.vocabulary import Field, Kind, Vocabulary
from credence.yaml_file import Node, parse, read, settle

# What a rule may ask of the texts of a line; `text` is the other party and the description together.
TEXTS = ("text", "counterparty", "description", "category", "status", "account")
QUESTIONS = (*TEXTS, "format", "direction", "own_account", "amount")
# What the line itself gives an event, if its kind has the field.
GIVEN = ("amount", "balance", "currency", "account", "counterparty", "order_id")
LETTER = "[0-9A-Za-z\u00c0-\u024f]"
# How many texts are kept in their plain form, since every rule asks for it.
TEXTS_KEPT = 1024
SPACES = re.compile(r"\\? +")
Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Range:
    """Amounts of a currency from one limit to the other, both included."""

    currency: str
    least: Fraction | None
    most: Fraction | None

    def holds(self, line: Line) -> bool:
        """Whether the amount of a line, without its sign, lies in the range."""
        amount = Fraction(abs(line.minor), 10 ** exponent(line.said.currency))
        over = self.least is None or amount >= self.least
        return line.said.currency == self.currency and over and (self.most is None or amount <= self.most)


@dataclass(frozen=True)
class Rule:
    """Lines of which everything asked holds are events of a kind, or are left out for a reason."""

    forms: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    own_account: bool | None = None
    amount: Range | None = None
    texts: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)
    kind: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    ignore: str = ""

    def fits(self, form: str, line: Line) -> bool:
        """Whether everything that is asked holds of a line."""
        return (
            (not self.forms or form in self.forms)
            and (not self.directions or line.direction in self.directions)
            and (self.own_account is None or self.own_account == line.said.own_account)
            and (self.amount is None or self.amount.holds(line))
            and all(_found(patterns, _text(line, name)) for name, patterns in self.texts.items())
        )


def _found(patterns: tuple[Pattern, ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _text(line: Line, name: str) -> str:
    said = line.said
    text = f"{said.counterparty} {said.description}" if name == "text" else str(getattr(said, name))
    return _normal(text)


@lru_cache(TEXTS_KEPT)
def _normal(text: str) -> str:
    """A text without the differences of width and case that nobody means."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def pattern(words: str) -> Pattern:
    """What is searched for: whole words as they are; `*` stands for anything, at an end for half a word."""
    inner = _normal(words.strip("*"))
    parts = (SPACES.sub(r"\\s+", re.escape(part)) for part in inner.split("*"))
    begins = re.match(LETTER, inner) and not words.startswith("*")
    ends = re.search(f"{LETTER}$", inner) and not words.endswith("*")
    found = ".*".join(parts) if inner else "."
    return re.compile(f"{f'(?<!{LETTER})' if begins else ''}{found}{f'(?!{LETTER})' if ends else ''}")


def rules_for(vocabulary: Vocabulary, own: Path | None = None) -> tuple[Rule, ...]:
    """One's own rules, if there are any, and then the shipped ones.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It has faults.
    """
    name = "rules.yaml"
    text = files("credence.events.exports").joinpath(name).read_text(encoding="utf-8")
    shipped = read_rules(parse(text, name), name, vocabulary)
    return (read_rules(read(own), str(own), vocabulary) if own else ()) + shipped


def read_rules(node: Node, name: str, vocabulary: Vocabulary) -> tuple[Rule, ...]:
    """Read a table of rules.

    Raises:
        DefinitionError: It has faults; all of them are told.
    """
    entries = node.keyed(["version", "rules"])
    if "version" in entries:
        entries["version"].integer(1, 1)
    items = entries["rules"].items() if "rules" in entries else []
    rules = tuple(_rule(item, vocabulary) for item in items)
    settle(node, name)
    return rules


def _rule(node: Node, vocabulary: Vocabulary) -> Rule:
    entries = node.keyed(["when"], ["kind", "fields", "ignore"])
    asked = entries["when"].keyed([], QUESTIONS) if "when" in entries else {}
    if "when" in entries and not entries["when"].entries():
        known = ", ".join(QUESTIONS)
        entries["when"].fault(f"asks nothing, and would take every line. Ask for one of: {known}.")
    if ("kind" in entries) == ("ignore" in entries):
        node.fault("A rule says either 'kind' or 'ignore', with the reason why such lines are left out.")
    kind, fields = _outcome(entries, vocabulary)
    return Rule(
        _choices(asked.get("format"), tuple(TITLES)),
        _choices(asked.get("direction"), DIRECTIONS),
        asked["own_account"].flag() if "own_account" in asked else None,
        _range(asked["amount"]) if "amount" in asked else None,
        {name: tuple(map(pattern, asked[name].words())) for name in TEXTS if name in asked},
        kind,
        fields,
        entries["ignore"].text() if "ignore" in entries else "",
    )


def _choices(node: Node | None, allowed: tuple[str, ...]) -> tuple[str, ...]:
    if node is None:
        return ()
    items = node.items() if isinstance(node.value, list) else [node]
    return tuple(item.choice(allowed) for item in items)


def _range(node: Node) -> Range:
    entries = node.keyed(["currency"], ["at_least", "at_most"])
    least, most = (entries[name].number() if name in entries else None for name in ("at_least", "at_most"))
    return Range(entries["currency"].text() if "currency" in entries else "", least, most)


def _outcome(entries: dict[str, Node], vocabulary: Vocabulary) -> tuple[str, dict[str, str]]:
    """The kind and its fields, after noting what the kind does not have and what it lacks."""
    said = entries["fields"].entries() if "fields" in entries else {}
    if "kind" not in entries:
        if "fields" in entries:
            entries["fields"].fault("only a 'kind' has fields.")
        return "", {}
    node = entries["kind"]
    name, counted = node.text(), vocabulary.counted()
    if name not in counted:
        node.fault(f"there is no kind '{name}' that a line can be.{nearest(name, counted)}")
        return "", {}
    kind = vocabulary.kinds[name]
    missing = [needed for needed in kind.required if needed not in said and needed not in GIVEN]
    if missing:
        node.fault(f"a {name} needs {missing[0]}, which no statement says: name it under 'fields'.")
    return name, {name: _value(name, child, kind, vocabulary.fields) for name, child in said.items()}


def _value(name: str, node: Node, kind: Kind, fields: Mapping[str, Field]) -> str:
    if name not in kind.fields:
        node.fault(f"a {kind.name} has no field '{name}'.")
    elif name in GIVEN:
        node.fault(f"'{name}' is what the line says.")
    elif fields[name].type == "choice":
        return node.choice(fields[name].values)
    elif fields[name].type == "integer":
        return str(node.integer())
    elif fields[name].type == "flag":
        return "true" if node.flag() else "false"
    else:
        return node.text()
    return ""
