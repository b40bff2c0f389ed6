"""What pages say: in every language the same, and nothing is asked for that is not there."""

import re
from importlib.resources import files
from string import Formatter

import pytest

from credence.server.web.texts import LANGUAGES, known, say, texts

SAID = re.compile(r"""\bt\(\s*["']([a-z_]+\.[a-z_0-9]+)["']\s*[,)]""")
WEB = files("credence.server.web")


def templates() -> dict[str, str]:
    """Every template."""
    folder = WEB.joinpath("templates")
    parts = [folder, *(one for one in folder.iterdir() if one.is_dir())]
    return {
        f"{part.name}/{file.name}": file.read_text(encoding="utf-8")
        for part in parts
        for file in part.iterdir()
        if file.name.endswith(".html")
    }


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


# Said in English as the vocabulary or the library has it.
AS_IT_IS = "{title}"


@pytest.mark.parametrize("name", sorted(name for name, said in texts().items() if said["en"] != AS_IT_IS))
def test_a_sentence_has_the_same_places_in_every_language(name: str) -> None:
    assert len({frozenset(places(texts()[name][language])) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("template", sorted(templates()))
def test_a_template_says_only_what_there_is(template: str) -> None:
    assert [name for name in SAID.findall(templates()[template]) if not known(name)] == []


@pytest.mark.parametrize("template", sorted(templates()))
def test_a_template_has_no_script_or_style_in_it(template: str) -> None:
    content = templates()[template]
    assert not re.search(r"""\sstyle=|\son[a-z]+=|hx-on|<style|<script(?! src)|javascript:""", content)


def test_a_sentence_is_said_in_a_language_with_its_places_filled() -> None:
    assert say("en", "score.next", day="6 December 2026") == "Next update 6 December 2026."
    assert "2026年12月6日" in say("zh", "score.next", day="2026年12月6日")
