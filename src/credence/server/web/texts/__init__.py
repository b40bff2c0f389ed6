"""What pages say, in every language: one YAML file an area, the languages of a sentence side by side."""

from functools import cache
from importlib.resources import files

from credence.yaml_file import parse, settle

LANGUAGES = {"en": "English", "zh": "简体中文"}
PACKAGE = "credence.server.web.texts"


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every sentence by `area.name`, in every language.

    Raises:
        DefinitionError: A sentence lacks a language.
    """
    found: dict[str, dict[str, str]] = {}
    for file in sorted(files(PACKAGE).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            found |= _area(file.name.removesuffix(".yaml"), file.read_text(encoding="utf-8"))
    return found


def _area(area: str, content: str) -> dict[str, dict[str, str]]:
    node = parse(content, f"{area}.yaml")
    said = {
        f"{area}.{name}": {language: one.text() for language, one in sentence.keyed(list(LANGUAGES)).items()}
        for name, sentence in node.entries().items()
    }
    settle(node, f"{area}.yaml")
    return said


def say(language: str, name: str, **said: object) -> str:
    """A sentence in a language, with what is said of it put in its places."""
    return texts()[name][language].format(**said)


def known(name: str) -> bool:
    """Whether there is such a sentence."""
    return name in texts()
