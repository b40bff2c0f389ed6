import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.events.exports.money import exponent, minor_units, written


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", "EUR", 1250),
        ("-12,5", "EUR", -1250),
        ("+3", "USD", 300),
        (".5", "USD", 50),
        ("¥ 28.16", "CNY", 2816),
        ("5,000.00", "CNY", 500000),
        ("1.234,56", "EUR", 123456),
        ("1000.00", "JPY", 1000),
        ("1.234", "KWD", 1234),
        ("12.500", "EUR", 1250),
    ],
)
def test_an_amount_is_whole_minor_units_of_its_currency(text: str, currency: str, minor: int) -> None:
    assert minor_units(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1,234", "EUR"),
        ("1,234", "KWD"),
        ("12.345", "EUR"),
        ("0.5", "JPY"),
        ("", "EUR"),
        ("NaN", "EUR"),
        ("1e3", "EUR"),
        ("12.50", ""),
        ("12.50", "euro"),
        ("1,23,456.00", "EUR"),
        ("9" * 25, "EUR"),
    ],
)
def test_an_amount_that_is_not_certain_is_none(text: str, currency: str) -> None:
    assert minor_units(text, currency) is None


@given(st.integers(-(10**13), 10**13), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_what_is_written_is_read_again(minor: int, currency: str) -> None:
    text = written(minor, currency)
    assert minor_units(text, currency) == minor
    assert len(text.partition(".")[2]) == exponent(currency)
