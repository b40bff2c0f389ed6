import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.events.exports.lines import Draft, Line, Torn, masked, masked_account, one_line, read_lines

IBAN = "DE02120300000000202051"


def day(text: str) -> str | None:
    return text if text.startswith("2026") else None


def test_lines_keep_the_number_they_have_in_the_file() -> None:
    drafts: list[Draft | Torn] = [
        Draft(4, "2026-10-01", "1.00", "EUR"),
        Torn(0, "", "x", "torn"),
        Draft(9, "2026-10-02", "-1", "EUR"),
    ]
    export = read_lines(drafts, day)
    assert [(line.row, line.direction) for line in export.lines] == [(1, "in"), (3, "out")]
    assert export.torn == (Torn(2, "", "x", "torn"),)


def test_where_no_money_moved_there_is_no_direction() -> None:
    assert read_lines([Draft(1, "2026-10-01", "0.00", "EUR")], day).lines[0].direction == "neither"


@pytest.mark.parametrize(
    ("when", "amount", "field", "sentence"),
    [
        ("2026-10-01", "ten", "amount", "the amount cannot be read for certain in its currency"),
        ("soon", "1.00", "occurred_at", "the date cannot be read"),
        ("soon", "ten", "occurred_at", "the date cannot be read, nor the amount, 'ten EUR'"),
    ],
)
def test_a_line_that_cannot_be_read_is_torn_once(when: str, amount: str, field: str, sentence: str) -> None:
    (torn,) = read_lines([Draft(1, when, amount, "EUR")], day).torn
    assert (torn.row, torn.field, torn.sentence) == (1, field, sentence)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"To {IBAN}", "To DE****2051"),
        ("DE02 1203 0000 0000 2020 51", "DE****2051"),
        ("CARD 4000-1234-1234-1234", "CARD ****1234"),
        ("Shop 0042", "Shop 0042"),
        (" a\tb\u200bc\n", "a b c"),
        ("/", ""),
    ],
)
def test_long_numbers_are_masked(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize(
    ("account", "kept"),
    [
        (IBAN, "****2051"),
        ("98-76 543210", "****3210"),
        ("招商银行储蓄卡(8759)", "招商银行储蓄卡(8759)"),
        ("招商银行 6225881234567890", "招商银行 ****7890"),
        ("", ""),
    ],
)
def test_of_an_account_only_its_end_is_kept(account: str, kept: str) -> None:
    assert masked_account(account) == kept


@given(st.text())
def test_no_text_is_kept_with_a_long_number_or_on_two_lines(text: str) -> None:
    assert masked(text).isprintable()
    assert len(masked(text)) <= 200
    assert one_line(one_line(text)) == one_line(text)


@given(st.from_regex(r"[A-Z]{2}[0-9]{2}[0-9]{8,20}", fullmatch=True))
def test_no_full_number_of_an_account_is_kept(account: str) -> None:
    assert account[:-4] not in masked_account(account) + masked(account)


def test_a_line_is_what_the_file_says_and_what_it_means() -> None:
    draft = Draft(3, "2026-10-01", "-12.50", "EUR")
    assert read_lines([draft], day).lines == (Line(1, "2026-10-01", -1250, "out", draft),)
