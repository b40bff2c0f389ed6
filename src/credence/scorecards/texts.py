"""A scorecard's texts in another language, from `texts.<language>.yaml` beside its file."""

from dataclasses import replace
from pathlib import Path

from credence.errors import DefinitionError, Fault
from credence.scorecards.model import Category, Scorecard
from credence.yaml_file import Node, read, settle

PARTS = ("title", "reasons", "bands", "categories", "questions", "scorable_when")


def languages(path: Path) -> list[str]:
    """The languages that lie beside a scorecard's file."""
    return sorted(file.name.split(".")[1] for file in path.parent.glob("texts.*.yaml"))


def translated(scorecard: Scorecard, path: Path, language: str) -> Scorecard:
    """The same scorecard saying its texts in another language; its hash stays.

    Raises:
        DefinitionError: There is no such language, or its file leaves out or invents a text.
    """
    if language not in languages(path):
        there = ", ".join(languages(path)) or "none"
        sentence = f"There are no texts in '{language}' beside it. Languages there: {there}."
        raise DefinitionError(str(path), [Fault(1, "", sentence)])
    file = path.with_name(f"texts.{language}.yaml")
    node = read(file)
    entries = node.keyed(*_parts(scorecard))
    reasons = _texts(entries.get("reasons"), list(scorecard.reasons))
    bands = _texts(entries.get("bands"), [band.name for band in scorecard.bands])
    questions = _texts(entries.get("questions"), [c.name for c in scorecard.characteristics])
    sentences = _texts(entries.get("scorable_when"), [rule.code for rule in scorecard.scorable_when])
    categories = _categories(entries.get("categories"), list(scorecard.categories))
    title = entries["title"].text() if "title" in entries else ""
    settle(node, str(file))
    return replace(
        scorecard,
        language=language,
        title=title,
        reasons=reasons,
        bands=tuple(replace(band, name=bands[band.name]) for band in scorecard.bands),
        characteristics=tuple(replace(c, question=questions[c.name]) for c in scorecard.characteristics),
        scorable_when=tuple(replace(rule, sentence=sentences[rule.code]) for rule in scorecard.scorable_when),
        categories=categories,
    )


def _parts(scorecard: Scorecard) -> tuple[list[str], list[str]]:
    """The parts that must be there, and those of which the scorecard has nothing to translate."""
    bare = [
        part for part in ("reasons", "bands", "categories", "scorable_when") if not getattr(scorecard, part)
    ]
    return [part for part in PARTS if part not in bare], bare


def _texts(node: Node | None, names: list[str]) -> dict[str, str]:
    entries = {} if node is None else node.keyed(names)
    return {name: child.text() for name, child in entries.items()}


def _categories(node: Node | None, names: list[str]) -> dict[str, Category]:
    entries = {} if node is None else node.keyed(names)
    parts = {name: child.keyed(["title", "meaning"]) for name, child in entries.items()}
    return {
        name: Category(*(part[key].text() if key in part else "" for key in ("title", "meaning")))
        for name, part in parts.items()
    }
