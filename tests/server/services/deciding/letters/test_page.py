"""The page of a letter: whole in itself, and safe with whatever a partner writes."""

import re

import msgspec

from credence.server.services.deciding.letters.content import letter_of
from credence.server.services.deciding.letters.page import page
from tests.server.services.deciding.letters.test_content import SETTINGS, letter, made
from tests.server.services.deciding.policies_at_hand import decided, limit


def test_it_loads_nothing_and_says_its_language() -> None:
    found = page(letter(decided(limit(600), 577), "zh"))
    assert '<html lang="zh">' in found
    assert not re.search(r"<(script|img|link|iframe)|src=|@import|url\(", found)


def test_what_a_partner_writes_is_text_and_no_markup() -> None:
    kept = msgspec.structs.replace(decided(limit(600), 577), reason="<script>alert(1)</script>")
    found = page(letter_of(made(kept), SETTINGS, "en"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found
    assert "<script" not in found
