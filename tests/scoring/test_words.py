import pytest

from credence.engines.found import Found
from credence.scoring.words import answer_in_words, counted, money, percent, points_in_words
from tests.characteristics.reading import good

BILLS = "{kind: [bill.paid, bill.unpaid]}"
LATE = "{share: {kind: bill.paid}, of: {kind: bill.paid}}"
AMOUNTS = "{kind: payment.settled, field: amount, currency: CNY}"


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (123456789, "CNY", "1,234,567.89 CNY"),
        (5, "EUR", "0.05 EUR"),
        (-250, "EUR", "-2.50 EUR"),
        (1500, "JPY", "1,500 JPY"),
        (1500, "UGX", "1,500 UGX"),
        (1500, "XOF", "1,500 XOF"),
        (1500, "KWD", "1.500 KWD"),
        (15000, "CLF", "1.5000 CLF"),
        (0, "CZK", "0.00 CZK"),
    ],
)
def test_an_amount_has_the_digits_of_its_currency(amount: int, currency: str, said: str) -> None:
    assert money(amount, currency) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1200, "1,200 days")]
)
def test_one_thing_is_singular(number: int, said: str) -> None:
    assert counted(number, "day") == said


@pytest.mark.parametrize(
    ("top", "bottom", "said"),
    [
        (1, 1, "100 %"),
        (0, 7, "0 %"),
        (1, 3, "33.3 %"),
        (48, 49, "98 %"),
        (-1, 8, "-12.5 %"),
        (-1, 200, "-0.5 %"),
        (98_765_432_101, 1000, "9,876,543,210.1 %"),
    ],
)
def test_a_share_is_said_to_a_tenth_of_a_percent(top: int, bottom: int, said: str) -> None:
    assert percent(top, bottom) == said


@pytest.mark.parametrize(
    ("measure", "number", "said"),
    [
        ("{ratio: balance, to: credit_limit}", 0.4285714, "0.43 of credit limit"),
        ("{ratio: balance, to: credit_limit}", 1.0, "1.00 of credit limit"),
        ("{ratio: balance, to: credit_limit}", 1234.5678, "1,234.57 times credit limit"),
        ("{ratio: balance, to: credit_limit}", -0.05, "-0.05 times credit limit"),
        ("{average_of: [bill_1, bill_2]}", 1234.5678, "on average 1,234.57"),
        ("{greatest_of: [bill_1, bill_2]}", 1234.5678, "1,234.5678"),
        ("{least_of: [bill_1, bill_2]}", -3.0, "-3"),
        ("{column: bill_1}", 0.4285714, "0.4285714"),
    ],
)
def test_a_number_of_columns_is_said_as_it_is_or_rounded(measure: str, number: float, said: str) -> None:
    assert answer_in_words(good(measure), Found(number)) == said


@pytest.mark.parametrize(
    ("points", "said"),
    [(1.0, "1 point"), (35.0, "35 points"), (12.5, "12.5 points"), (1_000_000.0, "1,000,000 points")],
)
def test_points_are_said_to_a_tenth(points: float, said: str) -> None:
    assert points_in_words(points) == said


@pytest.mark.parametrize(
    ("measure", "found", "said"),
    [
        (f"{{count: {BILLS}}}", Found(None), "not known"),
        (f"{{count: {BILLS}}}", Found(0), "none"),
        (f"{{count: {BILLS}}}", Found(1234), "1,234"),
        (f"{{months_with: {BILLS}}}", Found(1), "1 month"),
        (f"{{sum: {AMOUNTS}}}", Found(420000), "4,200.00 CNY"),
        ("{least: {kind: balance.reported, field: cover_days}}", Found(-3), "-3"),
        ("{column: risk}", Found(1234567.25), "1,234,567.25"),
        ("{column: risk}", Found(0.1), "0.1"),
        ("{column: town, type: text}", Found("Suining"), "Suining"),
        ("{cross: [one, other]}", Found(None), "see the answers it crosses"),
        (LATE, Found(0.98, 48, 49), "48 of 49 (98 %)"),
        (
            f"{{share: {{kind: payment.settled, field: amount, currency: CNY}}, of: {AMOUNTS}}}",
            Found(0.5, 1, 2),
            "50 %",
        ),
        (f"{{average: {AMOUNTS}}}", Found(1234.5, 2469, 2), "on average 12.34 CNY"),
        ("{average: {kind: bill.paid, field: days_late}}", Found(1.5, 3, 2), "on average 1.50"),
        ("{trend: {kind: income.received}, recent: 3}", Found(1.25, 5, 4), "1.25 times the usual"),
    ],
)
def test_an_answer_is_said_in_the_unit_of_its_measure(measure: str, found: Found, said: str) -> None:
    assert answer_in_words(good(measure), found) == said
