"""Days past due as Metro 2 writes them."""

import pytest

from credence.events.metro2 import payment_history, status_of


@pytest.mark.parametrize(
    ("days", "status", "sign"),
    [
        (0, "11", "0"), (29, "11", "0"), (30, "71", "1"), (59, "71", "1"), (60, "78", "2"), (89, "78", "2"),
        (90, "80", "3"), (119, "80", "3"), (120, "82", "4"), (149, "82", "4"), (150, "83", "5"),
        (179, "83", "5"), (180, "84", "6"), (999, "84", "6"),
    ],
)  # fmt: skip
def test_days_past_due_have_a_status_and_a_sign(days: int, status: str, sign: str) -> None:
    assert status_of(days) == (status, sign)


def test_an_account_of_three_months_paid_on_time_has_no_history_before() -> None:
    assert payment_history([0, 0, 0]) == "000" + 21 * "B"


def test_the_latest_month_stands_first_and_only_24_are_told() -> None:
    assert payment_history([45, None, *[0] * 40]) == "1D" + 22 * "0"
