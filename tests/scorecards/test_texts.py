"""Texts in another language: every text is there, none is invented."""

from pathlib import Path

import pytest

from credence.errors import DefinitionError
from credence.scorecards.load import find, load_scorecard
from credence.scorecards.model import Scorecard
from credence.scorecards.texts import languages, translated
from tests.characteristics.reading import words
from tests.scorecards.cards import LIVE, card, lab, write

GERMAN = """
title: Miete
bands: {low: niedrig, high: hoch}
reasons: {R1: Miete blieb offen}
categories: {rent: {title: Miete, meaning: Wie die Miete bezahlt wurde}}
questions: {unpaid: Wie oft blieb Miete offen?}
scorable_when: {nothing: Über Sie ist nichts bekannt.}
"""


def german(folder: Path, text: str = GERMAN) -> Scorecard:
    write(folder, LIVE)
    (folder / "texts.de.yaml").write_text(text, encoding="utf-8")
    return load_scorecard(folder, words(), "de")


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        german(folder, text)
    return [f"{fault.path}: {fault.sentence}" for fault in caught.value.faults]


def test_every_text_is_said_in_the_other_language(tmp_path: Path) -> None:
    scorecard = german(tmp_path)
    assert scorecard.title == "Miete"
    assert [band.name for band in scorecard.bands] == ["niedrig", "hoch"]
    assert scorecard.reasons == {"R1": "Miete blieb offen"}
    assert scorecard.categories["rent"].meaning == "Wie die Miete bezahlt wurde"
    assert scorecard.characteristic("unpaid").question == "Wie oft blieb Miete offen?"
    assert scorecard.scorable_when[0].sentence == "Über Sie ist nichts bekannt."


def test_everyday_says_everything_in_chinese() -> None:
    here, there = load_scorecard("everyday", words()), load_scorecard("everyday", words(), "zh")
    said = [
        (here.title, there.title),
        *((here.reasons[code], there.reasons[code]) for code in here.reasons),
        *((one.name, other.name) for one, other in zip(here.bands, there.bands, strict=True)),
        *((c.question, there.characteristic(c.name).question) for c in here.characteristics),
        *((here.categories[name].meaning, there.categories[name].meaning) for name in here.categories),
        *((a.sentence, b.sentence) for a, b in zip(here.scorable_when, there.scorable_when, strict=True)),
    ]
    assert all(english != chinese and not chinese.isascii() for english, chinese in said)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("title: Miete\nbands", "bands", ": 'title' is missing."),
        ("low: niedrig, ", "", "bands: 'low' is missing."),
        ("{R1:", "{R2: Neu, R1:", "reasons.R2: 'R2' is not known here. Known: R1."),
        (", meaning: Wie die Miete bezahlt wurde", "", "categories.rent: 'meaning' is missing."),
        ("unpaid: Wie oft blieb Miete offen?", "unpaid: 3", "questions.unpaid: must be a text, not '3'."),
        ("scorable_when: {nothing: Über Sie ist nichts bekannt.}", "", ": 'scorable_when' is missing."),
    ],
)
def test_a_missing_or_invented_text_is_a_fault(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert faults(tmp_path, GERMAN.replace(before, after)) == [told]


def test_all_texts_may_be_missing_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "{}")) == 6


def test_parts_that_a_scorecard_has_not_need_no_texts(tmp_path: Path) -> None:
    (tmp_path / "texts.de.yaml").write_text("title: Klein\nquestions: {one: Wie viele?}\n", encoding="utf-8")
    path = write(tmp_path, lab())
    assert translated(card(tmp_path, lab()), path, "de").characteristics[0].question == "Wie viele?"


def test_an_unknown_language_is_answered_with_those_there(tmp_path: Path) -> None:
    with pytest.raises(
        DefinitionError, match=r"There are no texts in 'fr' beside it\. Languages there: zh\."
    ):
        load_scorecard("everyday", words(), "fr")
    write(tmp_path, LIVE)
    with pytest.raises(DefinitionError, match=r"Languages there: none\."):
        load_scorecard(tmp_path, words(), "fr")


def test_languages_are_the_files_beside_the_scorecard() -> None:
    assert languages(find("everyday")) == ["zh"]
