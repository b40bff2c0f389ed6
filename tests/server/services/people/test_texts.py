"""Everything that people are told is there in every language."""

import pytest

from credence.server.services.people.texts import LANGUAGES, MAILS, MESSAGES, alert, mail


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_and_whole(language: str) -> None:
    for kind in MESSAGES:
        assert alert(kind, language).endswith((".", "。"))
    for kind in MAILS:
        subject, text = mail(kind, language, code="123456", url="http://here")
        assert subject
        assert "{" not in text
        assert "123456" in text or "http://here" in text


def test_the_languages_differ() -> None:
    assert all(alert(kind, "en") != alert(kind, "zh") for kind in MESSAGES)
