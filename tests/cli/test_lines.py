from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from credence.cli.lines import padded, plain, wrap


def test_a_text_is_wrapped_between_words_and_indented() -> None:
    assert wrap("one two three", 9, "- ", "  ") == ["- one two", "  three"]


def test_a_hyphen_is_no_place_to_break() -> None:
    assert wrap("until 2027-11-04", 12) == ["until", "2027-11-04"]


def test_chinese_is_wrapped_by_its_width_without_spaces() -> None:
    assert wrap("您的身份是否已核实", 8) == ["您的身份", "是否已核", "实"]


def test_no_line_begins_with_a_closing_mark() -> None:
    assert wrap("您的身份已核实。", 14) == ["您的身份已核", "实。"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert wrap("person-0123456789 is", 8, others="  ") == ["person-0", "  123456", "  789 is"]


def test_nothing_makes_no_line() -> None:
    assert wrap("", 8, "- ") == []


def test_a_text_is_padded_by_its_width() -> None:
    assert padded("信用", 6) + "|" == "信用  |"
    assert padded("long enough", 6) == "long enough"


def test_what_would_steer_the_terminal_is_shown_as_a_mark() -> None:
    assert plain("\x1b[2Jana\u202e\ud800\n") == "\ufffd[2Jana\ufffd\ufffd\n"


@given(st.text(alphabet=st.characters(codec="utf-8")), st.integers(6, 30))
def test_no_text_gets_wider_than_asked_or_loses_a_letter(text: str, width: int) -> None:
    lines = wrap(text, width, "- ", "  ")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()).removeprefix("-") == "".join(plain(text).split())
