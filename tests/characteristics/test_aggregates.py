"""What answers are made of."""

from credence.characteristics.aggregates import (
    Ago,
    Answer,
    Column,
    Crossing,
    Difference,
    Months,
    Number,
    Quotient,
    Text,
    aggregates_of,
    can_be_missing,
    is_text,
)
from tests.characteristics.reading import aggregate

ONE, OTHER = aggregate("count", "bill.paid"), aggregate("count", "bill.unpaid")


def test_an_answer_is_made_of_one_aggregate_two_or_none() -> None:
    two: list[Answer] = [Quotient(ONE, OTHER), Difference(ONE, OTHER)]
    alone: list[Answer] = [Number(ONE), Text(ONE), Months(ONE), Ago(ONE, "days")]
    none: list[Answer] = [Column("age", text=False), Crossing(("a", "b"))]
    assert [aggregates_of(answer) for answer in two] == [(ONE, OTHER)] * 2
    assert [aggregates_of(answer) for answer in alone] == [(ONE,)] * 4
    assert [aggregates_of(answer) for answer in none] == [()] * 2


def test_texts_text_columns_and_crossings_are_texts() -> None:
    texts: list[Answer] = [Text(ONE), Column("region", text=True), Crossing(("a", "b"))]
    numbers: list[Answer] = [Number(ONE), Column("age", text=False), Months(ONE)]
    assert all(map(is_text, texts))
    assert not any(map(is_text, numbers))


def test_counts_months_and_crossings_are_never_missing() -> None:
    always: list[Answer] = [Number(ONE, none=0), Months(ONE), Crossing(("a", "b"))]
    sometimes: list[Answer] = [Number(ONE), Quotient(ONE, OTHER), Column("age", text=False)]
    assert not any(map(can_be_missing, always))
    assert all(map(can_be_missing, sometimes))
