"""The PDF of a letter: the same facts on paper, in Latin and in Chinese."""

from importlib.resources import as_file, files

import msgspec
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from credence.scorecards.load import load_scorecard
from credence.server.services.deciding.letters.pdf import pdf
from credence.server.services.deciding.letters.texts import rights, sentences
from tests.server.services.deciding.letters.test_content import FOUR, letter
from tests.server.services.deciding.policies_at_hand import decided, limit


def pages(content: bytes) -> int:
    return content.count(b"/Type /Page\n")


def test_the_same_letter_is_the_same_bytes_with_its_own_font() -> None:
    said = letter(decided(limit(600), 577, FOUR), "zh")
    first = pdf(said)
    assert first == pdf(said)
    assert first.startswith(b"%PDF-")
    assert b"CredenceLetter" in first
    assert pages(first) == 1


def test_a_long_letter_goes_on_to_the_next_page() -> None:
    kept = msgspec.structs.replace(decided(limit(600), 577, FOUR), reason="Because. " * 900)
    assert pages(pdf(letter(kept))) > 1


def test_every_sign_of_our_texts_is_in_the_font() -> None:
    with as_file(files("credence.server.services.deciding.letters") / "fonts" / "letter.otf") as path:
        known = TTFont(path).getBestCmap()
    said = [text for words in sentences().values() for text in words.values()]
    said += [text for laws in rights().values() for texts in laws.values() for text in texts]
    said += load_scorecard("everyday", language="zh").reasons.values()
    assert {sign for text in said for sign in text if ord(sign) not in known} == set()
