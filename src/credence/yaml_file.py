"""Definition files in YAML 1.2, read so that every fault can be told with its path and line.

A `Node` wraps one value of the file. Its methods return the value in the asked form, or note a
fault and return a harmless stand-in, so that one reading finds every fault of a file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import yaml

from credence.errors import DefinitionError, Fault, SourceNotFoundError, nearest

INTEGER = re.compile(r"[-+]?[0-9]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?")
WORDS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
Scalar = str | int | Decimal | bool | None
# What YAML 1.2 (section 5.1) does not allow in a text, as the parsers have it.
UNPRINTABLE = re.compile(
    r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
)
# Numbers of more digits are kept apart by no engine; longer texts of digits are never numbers.
NUMBER_MOST = 10**18 - 1
NUMBER_LENGTH_MOST = 60
# Deeper nesting than any definition needs; stops hostile files before Python's own limit does.
DEPTH_MOST = 30
SHOWN_LENGTH = 60
ADVICE = {
    "mapping values are not allowed in this context": "Put a text that holds a colon in quotes.",
    "found character that cannot start any token": (
        "Indent with spaces, not tabs, and put a text that begins with a sign in quotes."
    ),
}
USUAL_ADVICE = "Look at the brackets, quotes and indentation of this line and the one above."
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Node:
    """One value of a definition file, with its place and the file's list of faults."""

    value: "Scalar | list[Node] | dict[str, Node]"
    path: str
    line: int
    faults: list[Fault] = field(repr=False, compare=False)

    def fault(self, sentence: str) -> None:
        """Note that something is wrong here."""
        self.faults.append(Fault(self.line, self.path, sentence))

    def entries(self) -> "dict[str, Node]":
        """The mapping's entries; none, and a fault, where the value is something else."""
        if isinstance(self.value, dict):
            return self.value
        self.fault(f"must be a mapping (name: value), not {self.said()}.")
        return {}

    def keyed(self, required: Iterable[str], optional: Iterable[str] = ()) -> "dict[str, Node]":
        """The mapping's entries, after noting required ones that are missing and unknown ones."""
        entries, required = self.entries(), list(required)
        known = [*required, *optional]
        for key, node in entries.items():
            if key not in known:
                allowed = ", ".join(known)
                node.fault(f"'{key}' is not known here.{nearest(key, known)} Known: {allowed}.")
        if isinstance(self.value, dict):
            for key in required:
                if key not in entries:
                    self.fault(f"'{key}' is missing.")
        return {key: node for key, node in entries.items() if key in known}

    def items(self) -> "list[Node]":
        """The list's items; none, and a fault, where the value is something else."""
        if isinstance(self.value, list):
            return self.value
        self.fault(f"must be a list, not {self.said()}.")
        return []

    def text(self) -> str:
        """A text that is not empty."""
        if isinstance(self.value, str) and self.value.strip():
            return self.value
        self.fault(f"must be a text, not {self.said()}.")
        return ""

    def integer(self, least: int = -NUMBER_MOST, most: int = NUMBER_MOST) -> int:
        """A whole number within its limits."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.fault(f"must be a whole number, not {self.said()}.")
        elif self.value < least:
            self.fault(f"must be at least {least}, not {self.value}.")
        elif self.value > most:
            self.fault(f"must be at most {most}, not {self.value}.")
        else:
            return self.value
        return max(least, 0)

    def number(self) -> Fraction:
        """A number, kept exactly as it is written."""
        if not isinstance(self.value, int | Decimal) or isinstance(self.value, bool):
            self.fault(f"must be a number, not {self.said()}.")
            return Fraction(0)
        number = Fraction(self.value)
        if abs(number) > NUMBER_MOST or number.denominator > NUMBER_MOST:
            self.fault(f"must be a number of at most 18 digits, not {self.said()}.")
        return number

    def flag(self) -> bool:
        """Either true or false."""
        if isinstance(self.value, bool):
            return self.value
        self.fault(f"must be true or false, not {self.said()}.")
        return False

    def day(self) -> date:
        """A date."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.fault("must be a date, written like 2026-11-06.")
            return date.min

    def choice(self, allowed: Iterable[str]) -> str:
        """One of the allowed words."""
        word, allowed = self.text(), list(allowed)
        if word and word not in allowed:
            self.fault(f"{self.said()} is not one of: {', '.join(allowed)}.{nearest(word, allowed)}")
        return word

    def words(self) -> list[str]:
        """One text, or a list of texts."""
        return [item.text() for item in self.items()] if isinstance(self.value, list) else [self.text()]

    def said(self) -> str:
        """The value as a person would name it in a fault."""
        if isinstance(self.value, dict):
            return "a mapping"
        if isinstance(self.value, list):
            return "a list"
        if isinstance(self.value, bool):
            return f"'{self.value}'".lower()
        return "nothing" if self.value is None else f"'{_shortened(str(self.value))}'"


@dataclass
class _Reader:
    """Builds nodes from the parser's events one by one, so that a hostile file is stopped before it grows."""

    events: Iterator[yaml.Event]
    name: str
    faults: list[Fault] = field(default_factory=list)
    aliases: list[Fault] = field(default_factory=list)

    def document(self) -> Node:
        """The only document of the file."""
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise DefinitionError(self.name, [Fault(1, "", "The file is empty.")])
        node = self.node(next(self.events), "", 0)
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.faults.append(Fault(_line(after), "", "A second document begins here: keep one in a file."))
        if self.aliases:
            raise DefinitionError(self.name, self.aliases)
        return node

    def node(self, event: yaml.Event, path: str, depth: int) -> Node:
        """The node that begins with an event; its other events are taken as well."""
        line = _line(event)
        if depth > DEPTH_MOST:
            sentence = f"is nested deeper than {DEPTH_MOST} levels, and no definition needs that."
            raise DefinitionError(self.name, [Fault(line, _shortened(path), sentence)])
        return Node(self.value(event, path, depth), path, line, self.faults)

    def value(self, event: yaml.Event, path: str, depth: int) -> Scalar | list[Node] | dict[str, Node]:
        if isinstance(event, yaml.AliasEvent):
            sentence = (
                f"'*{event.anchor}' repeats another place: write the value out, anchors are not used here."
            )
            self.aliases.append(Fault(_line(event), path, sentence))
            return None
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        assert isinstance(event, yaml.ScalarEvent), "a value is one of four"
        return str(event.value) if event.style else _plain(event.value)

    def sequence(self, path: str, depth: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, f"{path}[{len(items) + 1}]", depth + 1))
        return items

    def mapping(self, path: str, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name, line = self.key(event, path, depth), _line(event)
            place = f"{path}.{name}" if path else name
            if name in entries:
                self.faults.append(Fault(line, place, f"'{name}' is given twice: keep one."))
            entries[name] = self.node(next(self.events), place, depth + 1)
        return entries

    def key(self, event: yaml.Event, path: str, depth: int) -> str:
        key = self.node(event, path, depth + 1)
        if isinstance(event, yaml.ScalarEvent) and event.value.strip():
            return str(event.value)
        self.faults.append(Fault(key.line, path, f"A name before a colon must be a text, not {key.said()}."))
        return "?"


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else event.start_mark.line + 1


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_LENGTH else f"{line[:SHOWN_LENGTH]}..."


def _plain(text: str) -> Scalar:
    """Resolve an unquoted scalar by the core schema of YAML 1.2, where `no` and `on` are texts."""
    if text in WORDS:
        return WORDS[text]
    if len(text) > NUMBER_LENGTH_MOST:
        return text
    if INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if DECIMAL.fullmatch(text) else text


def parse(text: str, name: str) -> Node:
    """Parse the text of a definition file.

    Raises:
        DefinitionError: The text is not YAML, or is empty.
    """
    try:
        return _Reader(yaml.parse(text, Loader=LOADER), name).document()
    except yaml.MarkedYAMLError as error:
        line = 1 if error.problem_mark is None else error.problem_mark.line + 1
        advice = ADVICE.get(str(error.problem), USUAL_ADVICE)
        raise DefinitionError(
            name, [Fault(line, "", f"This is not YAML: {error.problem}. {advice}")]
        ) from None
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        line, character = _unprintable(text)
        sentence = f"The character {character!a} cannot stand in YAML: take it out."
        raise DefinitionError(name, [Fault(line, "", sentence)]) from None


def _unprintable(text: str) -> tuple[int, str]:
    found = UNPRINTABLE.search(text)
    assert found is not None, "the parser stopped at a character"
    return text.count("\n", 0, found.start()) + 1, found.group()


def read(path: Path) -> Node:
    """Parse a definition file.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file is not UTF-8, not YAML, or is empty.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise DefinitionError(str(path), [Fault(1, "", "The file is not UTF-8 text.")]) from None
    except OSError:
        raise SourceNotFoundError(path) from None
    return parse(text, str(path))


def settle(node: Node, name: str) -> None:
    """Raise all faults noted while the file was read, if there are any.

    Raises:
        DefinitionError: At least one fault was noted.
    """
    if node.faults:
        raise DefinitionError(name, node.faults)
