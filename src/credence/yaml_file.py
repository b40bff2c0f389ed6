"""Definition files in YAML 1.2, read so that every fault can be told with its path and line.

A `Node` wraps one value of the file. Its methods return the value in the asked form, or note a
fault and return a harmless stand-in, so that one reading finds every fault of a file.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import yaml

from credence.errors import DefinitionError, Fault, SourceNotFoundError, nearest

INTEGER = re.compile(r"[-+]?[0-9]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORDS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
Scalar = str | int | Decimal | bool | None
# Deeper nesting than any definition needs; stops hostile files before Python's own limit does.
DEPTH_MOST = 30


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

    def integer(self, least: int | None = None, most: int | None = None) -> int:
        """A whole number within its limits."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.fault(f"must be a whole number, not {self.said()}.")
        elif least is not None and self.value < least:
            self.fault(f"must be at least {least}, not {self.value}.")
        elif most is not None and self.value > most:
            self.fault(f"must be at most {most}, not {self.value}.")
        else:
            return self.value
        return least or 0

    def number(self) -> Fraction:
        """A number, kept exactly as it is written."""
        if isinstance(self.value, int | Decimal) and not isinstance(self.value, bool):
            return Fraction(self.value)
        self.fault(f"must be a number, not {self.said()}.")
        return Fraction(0)

    def flag(self) -> bool:
        """Either true or false."""
        if isinstance(self.value, bool):
            return self.value
        self.fault(f"must be true or false, not {self.said()}.")
        return False

    def choice(self, allowed: Iterable[str]) -> str:
        """One of the allowed words."""
        word, allowed = self.text(), list(allowed)
        if word and word not in allowed:
            self.fault(f"'{word}' is not one of: {', '.join(allowed)}.{nearest(word, allowed)}")
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
        return "nothing" if self.value is None else f"'{self.value}'"


@dataclass
class _Reader:
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def node(self, raw: yaml.Node, path: str, depth: int = 0) -> Node:
        line = raw.start_mark.line + 1
        if id(raw) in self.seen or depth > DEPTH_MOST:
            self.faults.append(Fault(line, path, "Anchors, aliases and very deep nesting are not used here."))
            return Node(None, path, line, self.faults)
        self.seen.add(id(raw))
        return Node(self.value(raw, path, depth), path, line, self.faults)

    def value(self, raw: yaml.Node, path: str, depth: int) -> Scalar | list[Node] | dict[str, Node]:
        if isinstance(raw, yaml.MappingNode):
            return self.mapping(raw, path, depth)
        if isinstance(raw, yaml.SequenceNode):
            numbered = enumerate(raw.value, start=1)
            return [self.node(item, f"{path}[{number}]", depth + 1) for number, item in numbered]
        return raw.value if raw.style else _plain(raw.value)

    def mapping(self, raw: yaml.MappingNode, path: str, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for key, item in raw.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            place = f"{path}.{name}" if path else name
            if name in entries:
                self.faults.append(Fault(key.start_mark.line + 1, place, f"'{name}' is given twice."))
            entries[name] = self.node(item, place, depth + 1)
        return entries


def _plain(text: str) -> Scalar:
    """Resolve an unquoted scalar by the core schema of YAML 1.2, where `no` and `on` are texts."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if DECIMAL.fullmatch(text) else text


def parse(text: str, name: str) -> Node:
    """Parse the text of a definition file.

    Raises:
        DefinitionError: The text is not YAML, or is empty.
    """
    try:
        raw = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it has a character that YAML does not allow"
        line = mark.line + 1 if mark else 1
        raise DefinitionError(name, [Fault(line, "", f"This is not YAML: {problem}.")]) from None
    if raw is None:
        raise DefinitionError(name, [Fault(1, "", "The file is empty.")])
    return _Reader().node(raw, "")


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
