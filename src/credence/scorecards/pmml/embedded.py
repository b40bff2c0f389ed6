"""The definition itself, in an Extension of the PMML that Credence writes, and whether it fits the rest."""

from collections import Counter
from collections.abc import Iterator

from credence.errors import Fault
from credence.scorecards.model import Scorecard
from credence.scorecards.pmml.elements import element
from credence.scorecards.pmml.tree import tree
from credence.xml_file import XmlElement

EXTENDER, NAME = "Credence", "definition"
# What may differ: it says nothing about points.
ASIDE = ("Extension", "Header")
ADVICE = "Change both alike, or take the Extension out to keep what stands here."


def extension(text: str) -> XmlElement:
    """The Extension that carries the text of a definition."""
    return element("Extension", {"extender": EXTENDER, "name": NAME}, text=text)


def text_in(card: XmlElement) -> str | None:
    """The text of the definition that a Scorecard carries, if it does."""
    ours = (e for e in card.all("Extension") if e.attributes.get("extender") == EXTENDER)
    return next((f"{e.text}\n" for e in ours if e.attributes.get("name") == NAME), None)


def differences(root: XmlElement, scorecard: Scorecard) -> list[Fault]:
    """Where a file is not what its own Extension says: somebody edited one of the two."""
    return list(_differences(root, tree(scorecard)))


def _differences(found: XmlElement, said: XmlElement) -> Iterator[Fault]:
    for name in dict.fromkeys((*said.attributes, *found.attributes)):
        here, there = found.attributes.get(name), said.attributes.get(name)
        if here != there and not name.startswith("{"):
            yield _edited(found, f"{name} is {_quoted(here)}", _quoted(there))
    if found.text != said.text:
        yield _edited(found, f"Here stands {_quoted(found.text)}", _quoted(said.text))
    children, others = _inside(found), _inside(said)
    if [child.tag for child in children] != [child.tag for child in others]:
        yield _edited(found, f"Here stand {_listed(children)}", _listed(others))
        return
    for child, other in zip(children, others, strict=True):
        yield from _differences(child, other)


def _edited(found: XmlElement, here: str, there: str) -> Fault:
    return found.fault(f"{here}, and the Extension's definition says {there}. {ADVICE}")


def _inside(parent: XmlElement) -> list[XmlElement]:
    return [child for child in parent.children if child.tag not in ASIDE]


def _listed(elements: list[XmlElement]) -> str:
    counts = Counter(element.tag for element in elements)
    return ", ".join(f"{times} {tag}" for tag, times in counts.items()) or "nothing"


def _quoted(value: str | None) -> str:
    return f"'{value}'" if value else "nothing"
