"""The sentences of letters: in every language, and what the law of each jurisdiction adds."""

from functools import cache
from importlib.resources import files

from credence.yaml_file import Node, parse, settle

TEXTS, RIGHTS = "texts.yaml", "rights.yaml"
LANGUAGES = ("en", "zh")


@cache
def sentences() -> dict[str, dict[str, str]]:
    """For each language the sentences by name."""
    node = _read(TEXTS)
    parts = node.keyed(LANGUAGES).items()
    found = {language: {name: one.text() for name, one in part.entries().items()} for language, part in parts}
    settle(node, TEXTS)
    return found


@cache
def rights() -> dict[str, dict[str, tuple[str, ...]]]:
    """For each jurisdiction and language the paragraphs that its law asks for."""
    node = _read(RIGHTS)
    found = {
        place: {
            language: tuple(one.text() for one in part.items())
            for language, part in parts.keyed(LANGUAGES).items()
        }
        for place, parts in node.entries().items()
    }
    settle(node, RIGHTS)
    return found


def _read(name: str) -> Node:
    return parse((files(__package__ or "") / name).read_text(encoding="utf-8"), name)
