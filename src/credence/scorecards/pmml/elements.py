"""Elements of PMML as they are written."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from credence.errors import PmmlError
from credence.scorecards.written.yaml_text import is_hidden
from credence.xml_file import XmlElement
from credence.yaml_file import UNPRINTABLE

NEWLINE = "\n"
NAMESPACE = "http://www.dmg.org/PMML-4_4"


def element(tag: str, attributes: Mapping[str, object], *children: XmlElement, text: str = "") -> XmlElement:
    """An element of PMML; attributes that are None are left out."""
    given = {name: str(value) for name, value in attributes.items() if value is not None}
    return XmlElement(tag, NAMESPACE, given, children, text, 0, tag)


def xml_text(root: XmlElement) -> str:
    """A whole document.

    Raises:
        PmmlError: A text holds a character that cannot stand in XML.
    """
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(_lines(root, "", "")) + "\n"


def _lines(written: XmlElement, around: str, indent: str) -> list[str]:
    """The lines of an element; `around` is the namespace it stands in."""
    xmlns = {} if written.namespace == around else {"xmlns": written.namespace}
    attributes = "".join(f" {k}={_quoted(v)}" for k, v in (xmlns | written.attributes).items())
    start = f"{indent}<{written.tag}{attributes}"
    if written.text:
        return [f"{start}>{_escaped(written.text, kept=NEWLINE)}</{written.tag}>"]
    if not written.children:
        return [f"{start}/>"]
    inner = [line for c in written.children for line in _lines(c, written.namespace, f"{indent}  ")]
    return [f"{start}>", *inner, f"{indent}</{written.tag}>"]


def _quoted(text: str) -> str:
    escaped = _escaped(text).replace('"', "&quot;")
    return f'"{escaped}"'


def _escaped(text: str, kept: str = "") -> str:
    """A text as it stands in XML: what XML would change, or nobody sees, is written as its number."""
    if found := UNPRINTABLE.search(text):
        why = f"the character {found.group()!a} in '{text}' cannot stand in XML"
        raise PmmlError(why)
    return "".join(
        f"&#{ord(letter)};" if is_hidden(letter) and letter not in kept else letter for letter in escape(text)
    )
