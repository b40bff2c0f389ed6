"""Amounts on forms are in whole units of their currency, and are shown as they are written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.errors import AmountWrongError
from credence.events.exports.money import written
from credence.server.web.money import minor, shown


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("120.50", "EUR", 12050), ("120,5", "EUR", 12050), ("1 200", "CNY", 120000), ("120", "JPY", 120),
        ("1.250", "KWD", 1250), ("1,200.00", "USD", 120000), ("-3", "EUR", -300),
    ],
)  # fmt: skip
def test_an_amount_has_the_decimal_places_of_its_currency(text: str, currency: str, units: int) -> None:
    assert minor(text, currency) == units


@pytest.mark.parametrize(
    ("text", "currency", "why"),
    [
        ("120.50", "JPY", "Write it like 12050"), ("120.505", "EUR", "Write it like 120.50"),
        ("1,200", "EUR", "'1,200' is no amount in 'EUR'"), ("a lot", "EUR", "'a lot' is no amount"),
        ("5", "", "Say the currency of '5'"), ("5", "EURO", "is no amount in 'EURO'"),
        ("100000000000.01", "EUR", "is no amount"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_asked_again(text: str, currency: str, why: str) -> None:
    with pytest.raises(AmountWrongError, match=why):
        minor(text, currency)


@settings(max_examples=50)
@given(st.integers(-(10**13), 10**13), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_what_is_written_is_read_as_it_was(units: int, currency: str) -> None:
    assert minor(written(units, currency), currency) == units


def test_an_amount_is_shown_with_its_currency_where_there_is_one() -> None:
    assert [shown(120050, "EUR"), shown(120050, "JPY"), shown(120050, None), shown(None, "EUR")] == [
        "1,200.50 EUR", "120,050 JPY", "1200.50", None,
    ]  # fmt: skip
