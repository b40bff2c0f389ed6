"""Shares and changes as people read them."""

import pytest

from credence.runs.report.tables import share, signed, since


@pytest.mark.parametrize(
    ("people", "of", "said"),
    [
        (0, 0, "\N{EN DASH}"),
        (0, 5, "0 %"),
        (1, 3, "33.3 %"),
        (2, 100_000, "under 0.1 %"),
        (99_999, 100_000, "over 99.9 %"),
        (5, 5, "100 %"),
    ],
)
def test_a_few_people_are_not_called_nobody_nor_nearly_all_everybody(people: int, of: int, said: str) -> None:
    assert share(people, of) == said


@pytest.mark.parametrize(
    ("number", "digits", "said"),
    [(2.25, 1, "+2.2"), (-3.0, 0, "\N{MINUS SIGN}3"), (-0.04, 1, "0"), (1234.5, 1, "+1,234.5")],
)
def test_a_change_has_a_sign_unless_it_is_none(number: float, digits: int, said: str) -> None:
    assert signed(number, digits) == said


def test_no_change_is_said_in_words() -> None:
    assert since(0.01) == "no change since the last run"
    assert since(-2) == "\N{MINUS SIGN}2.0 since the last run"
