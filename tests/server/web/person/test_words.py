"""A scorecard's words in another language; whatever it lacks is said as the scorecard has it."""

from credence.server.web.person.words import PLAIN, Words, words_in


def test_a_shipped_scorecard_says_its_questions_and_bands_in_chinese() -> None:
    words = words_in("zh", "everyday", 1)
    assert words.title == "日常信用"
    assert (words.band("good"), words.band(None), words.band("unheard of")) == ("良好", "", "unheard of")
    assert words.question("unheard_of", "What?") == "What?"
    assert words.category("identity", "Identity") == "身份特质"


def test_what_has_no_texts_is_said_as_it_is_but_for_answers() -> None:
    assert words_in("en", "everyday", 1) is PLAIN
    assert PLAIN.answer("12 months") == "12 months"
    for name, version in (("a-partners-own", 1), ("everyday", 999), ("suining", 1)):
        words = words_in("zh", name, version)
        assert words == Words(language="zh")
        assert words.answer("12 months") == "12 个月"
