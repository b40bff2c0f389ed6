"""XML files as frozen elements that know their path and line; whatever could expand or reach out is refused.

Read with the standard library's expat. A document type (DOCTYPE) is where entities and other files are
named, so none is taken: without one there is nothing that could grow or fetch.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from credence.errors import DefinitionError, Fault, SourceNotFoundError

SIZE_MOST = 64 * 1024 * 1024
ELEMENTS_MOST = 1_000_000
DEPTH_MOST = 60
DOCTYPE = (
    "A document type (DOCTYPE) stands here. It can define entities that grow without end or name other "
    "files, so none is read: take it out."
)
ADVICE = "Look at the brackets and quotes of this line and the one above."


@dataclass(frozen=True)
class XmlElement:
    """One element.

    Attributes:
        tag: Its name without prefix.
        namespace: The address its prefix stands for; empty where there is none.
        attributes: By name; one with a prefix as `{namespace}name`.
        children: The elements directly in it.
        text: The text directly in it, without spaces at its ends.
        line: Where it begins.
        path: Where it stands, such as `PMML/Scorecard/Characteristics/Characteristic[2]`.
    """

    tag: str
    namespace: str
    attributes: dict[str, str]
    children: "tuple[XmlElement, ...]"
    text: str
    line: int
    path: str

    def all(self, tag: str) -> "list[XmlElement]":
        """The children of this name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "XmlElement | None":
        """The first child of this name, if there is one."""
        return next(iter(self.all(tag)), None)

    def fault(self, sentence: str) -> Fault:
        """Something that is wrong here."""
        return Fault(self.line, self.path, sentence)


@dataclass
class _Open:
    """An element while its end is awaited."""

    name: str
    attributes: dict[str, str]
    line: int
    children: "list[_Open]" = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def frozen(self, path: str) -> XmlElement:
        namespace, _, tag = self.name.rpartition(" ")
        names = [child.name.rpartition(" ")[2] for child in self.children]
        times, seen, children = Counter(names), Counter[str](), []
        for name, child in zip(names, self.children, strict=True):
            seen[name] += 1
            number = f"[{seen[name]}]" if times[name] > 1 else ""
            children.append(child.frozen(f"{path}/{name}{number}"))
        text = "".join(self.texts).strip()
        return XmlElement(tag, namespace, self.attributes, tuple(children), text, self.line, path)


class _Reader:
    """Builds the tree from the parser's events, and stops a hostile file before it grows."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.document = _Open("", {}, 1)
        self.open = [self.document]
        self.elements = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def refuse(self, sentence: str) -> NoReturn:
        raise DefinitionError(self.name, [Fault(self.parser.CurrentLineNumber, "", sentence)])

    def doctype(self, *_parts: object) -> None:
        self.refuse(DOCTYPE)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > ELEMENTS_MOST:
            self.refuse(f"There are more than {ELEMENTS_MOST:,} elements.")
        if len(self.open) > DEPTH_MOST:
            self.refuse(f"Elements are nested deeper than {DEPTH_MOST} levels.")
        named = {_attribute(key): value for key, value in attributes.items()}
        element = _Open(name, named, self.parser.CurrentLineNumber)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, _name: str) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        self.open[-1].texts.append(text)


def _attribute(name: str) -> str:
    namespace, space, plain = name.rpartition(" ")
    return f"{{{namespace}}}{plain}" if space else plain


def parse_xml(data: bytes, name: str) -> XmlElement:
    """Parse the bytes of an XML file; `name` is what faults call it.

    Raises:
        DefinitionError: It is not well-formed, has a DOCTYPE, or is too large or too deep.
    """
    if len(data) > SIZE_MOST:
        raise _too_large(name)
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003 - the last part, says expat
    except expat.ExpatError as error:
        sentence = f"This is not XML: {expat.ErrorString(error.code)}. {ADVICE}"
        raise DefinitionError(name, [Fault(error.lineno, "", sentence)]) from None
    except (LookupError, ValueError):
        sentence = "The file is in an encoding that is not known: save it as UTF-8."
        raise DefinitionError(name, [Fault(1, "", sentence)]) from None
    root = reader.document.children[0]
    return root.frozen(root.name.rpartition(" ")[2])


def _too_large(name: str) -> DefinitionError:
    sentence = f"The file has more than {SIZE_MOST // 1024 // 1024} MB, and is not read."
    return DefinitionError(name, [Fault(1, "", sentence)])


def read_xml(path: Path) -> XmlElement:
    """Parse an XML file.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It is not well-formed, has a DOCTYPE, or is too large or too deep.
    """
    try:
        if path.stat().st_size > SIZE_MOST:
            raise _too_large(str(path))
        data = path.read_bytes()
    except OSError:
        raise SourceNotFoundError(path) from None
    return parse_xml(data, str(path))
