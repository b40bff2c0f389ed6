"""trend: how often lately against how often in the whole window; missing where nothing happened."""

import pytest

from credence.characteristics.aggregates import Quotient, can_be_missing
from tests.characteristics.reading import aggregate, faults, good


def test_a_trend_compares_counts_a_month() -> None:
    measure = good("{trend: {kind: income.received}, recent: 3}")
    recent, whole = (aggregate("count", "income.received", months=months) for months in (3, 12))
    assert measure.answer == Quotient(recent, whole, times=12, over=3)
    assert measure.unit == "ratio"
    assert can_be_missing(measure.answer)


def test_a_trend_of_a_field_compares_sums() -> None:
    measure = good("{trend: {kind: income.received, field: amount, currency: CNY}, recent: 6}")
    recent, whole = (
        aggregate("sum", "income.received", "amount", months=months, currency="CNY") for months in (6, 12)
    )
    assert measure.answer == Quotient(recent, whole, times=12, over=6)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("{trend: {kind: income.received}}", 12),
        ("{trend: {kind: income.received}, recent: 3}", None),
        ("{trend: {kind: income.received}, recent: 1}", 1),
    ],
)
def test_a_trend_needs_a_short_window_and_a_longer_one(text: str, months: int | None) -> None:
    assert faults(text, months) == [
        "'trend' needs 'recent' months beside it, and a window of more 'months' than those."
    ]


def test_what_is_recent_is_shorter_than_the_window() -> None:
    assert faults("{trend: {kind: income.received}, recent: 12}") == ["must be at most 11, not 12."]
