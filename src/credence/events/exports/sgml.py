"""OFX 1: SGML in which values need no closing tag, as the elements of the XML reader.

Strict where lines could be lost: a closing tag that fits nothing, an element that is never closed.
"""

import html
import re
from dataclasses import dataclass, field

from credence.errors import DefinitionError, Fault
from credence.xml_file import XmlElement

TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][\w.-]*)\s*(?P<empty>/?)>(?P<text>(?:[^<]|<(?![/A-Za-z!]))*)"
)
DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY|\[CDATA)", re.IGNORECASE)
ROOT = "OFX"
# Elements that only ever hold a value: banks write them without one, and without a closing tag.
VALUES = {
    "ACCTID", "ACCTTYPE", "BALAMT", "BANKID", "BRANCHID", "CHECKNUM", "CHKNUM", "CORRECTACTION",
    "CORRECTFITID", "CURDEF", "CURSYM", "DTASOF", "DTAVAIL", "DTEND", "DTPOSTED", "DTSTART", "DTUSER",
    "EXTDNAME", "FID", "FITID", "MEMO", "MEMO2", "MESSAGE", "NAME", "ORG", "PAYEEID", "REFNUM", "SIC",
    "SRVRTID", "TRNAMT", "TRNTYPE", "TRNUID",
}  # fmt: skip
DEPTH_MOST = 60


@dataclass
class _Open:
    """An element whose end is awaited."""

    tag: str
    line: int
    text: str = ""
    children: "list[_Open]" = field(default_factory=list)

    def frozen(self, path: str) -> XmlElement:
        below = tuple(child.frozen(f"{path}/{child.tag}") for child in self.children)
        return XmlElement(self.tag, "", {}, below, self.text, self.line, path)


def parse_sgml(text: str, name: str) -> XmlElement:
    """Parse the text of an OFX 1 file from `<OFX>` on; `name` is what faults call it.

    Raises:
        DefinitionError: A tag fits no other, the file breaks off, or it declares something of its own.
    """
    declared = DECLARATION.search(text)
    if declared:
        line = text.count("\n", 0, declared.start()) + 1
        sentence = f"'{declared[0]}' stands here. No bank's OFX has that, so it is not read: take it out."
        raise DefinitionError(name, [Fault(line, "", sentence)])
    reader = _Reader(name)
    line, seen = 1, 0
    for found in TAG.finditer(text, max(text.upper().find(f"<{ROOT}"), 0)):
        line, seen = line + text.count("\n", seen, found.start()), found.start()
        reader.take(found, line)
    return reader.root()


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.document = _Open("", 1)
        self.open = [self.document]
        self.value = ""

    def refuse(self, line: int, sentence: str) -> DefinitionError:
        return DefinitionError(self.name, [Fault(line, "", sentence)])

    def take(self, found: re.Match[str], line: int) -> None:
        tag, text = found["name"].upper(), html.unescape(found["text"]).strip()
        if found["close"]:
            self.close(tag, line)
            return
        element = _Open(tag, line, text)
        self.open[-1].children.append(element)
        if not text and not found["empty"]:
            self.open.append(element)
        self.value = tag
        if len(self.open) > DEPTH_MOST:
            raise self.refuse(line, f"Elements are nested deeper than {DEPTH_MOST} levels.")

    def close(self, tag: str, line: int) -> None:
        """Close an element; one that has a value was closed by what followed it."""
        if tag == self.value and self.open[-1].tag != tag:
            self.value = ""
            return
        while len(self.open) > 1 and self.open[-1].tag != tag and self.open[-1].tag in VALUES:
            empty = self.open.pop()
            self.open[-1].children += empty.children
            empty.children = []
        if self.open[-1].tag != tag:
            inside = self.open[-1]
            place = f"<{inside.tag}> of line {inside.line} is open" if inside.tag else "nothing is open"
            raise self.refuse(line, f"</{tag}> closes what is not open here: {place}. Download it again.")
        self.open.pop()
        self.value = ""

    def root(self) -> XmlElement:
        if len(self.open) > 1:
            inside = self.open[1]
            sentence = f"</{inside.tag}> is missing: the file breaks off. Download it again."
            raise self.refuse(inside.line, sentence)
        roots = [child for child in self.document.children if child.tag == ROOT]
        if not roots:
            raise self.refuse(1, "There is no <OFX> in the file.")
        return roots[0].frozen(ROOT)
