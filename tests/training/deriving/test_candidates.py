"""What could be made of columns is read from their names, and from no column that holds codes."""

from fractions import Fraction

import numpy as np

from credence.characteristics.aggregates import columns_in
from credence.training.columns import Column
from credence.training.deriving.candidates import candidates, said, units
from credence.training.deriving.made import Made
from tests.training.tables import numbers, table, texts

ROWS = 60


def amount(name: str, least: float) -> Column:
    """Sixty different numbers from the least on."""
    return numbers(name, [least + row for row in range(ROWS)])


def found(*columns: Column, specials: tuple[Fraction, ...] = ()) -> list[Made]:
    """What could be made of some columns."""
    return candidates(table(list(columns), [0.0, 1.0] * (ROWS // 2)), specials)


def names(*columns: Column, specials: tuple[Fraction, ...] = ()) -> list[str]:
    """What that is called."""
    return [each.name for each in found(*columns, specials=specials)]


def test_of_two_amounts_the_part_is_divided_by_the_whole() -> None:
    (ratio,) = found(amount("CreditLimit", 50), amount("RevolvingBal", 0), amount("age", 5))
    assert ratio.name == "revolving_bal_to_credit_limit"
    assert [column.name for column in columns_in(ratio.answer)] == ["RevolvingBal", "CreditLimit"]
    assert ratio.question == "How much is the revolving balance beside the credit limit?"


def test_counts_go_with_counts_and_an_amount_with_a_duration() -> None:
    late, trades = amount("num_trades_late", 0), amount("num_trades", 3)
    assert names(late, trades, amount("debt", 0)) == ["num_trades_late_to_num_trades"]
    assert names(amount("duration", 1), amount("amount", 0)) == ["amount_to_duration"]


def test_neither_shares_nor_grades_nor_numbers_below_zero_nor_texts_are_divided() -> None:
    limit = amount("limit", 50)
    grades = numbers("balance", [float(row % 9) for row in range(ROWS)])
    below = amount("debt", -1)
    words = texts("bill", [str(row) for row in range(ROWS)])
    assert names(limit, amount("balance rate", 0), grades, below, words) == []
    assert names(limit, amount("limit again", 50)) == []


def test_columns_whose_names_differ_by_a_number_are_a_family() -> None:
    three = [numbers(f"PAY_{month}", [float(row % 3) for row in range(ROWS)]) for month in (1, 2, 3)]
    made = found(*three, numbers("PAY_x", [0.0, 1.0] * (ROWS // 2)))
    assert [each.name for each in made] == ["greatest_pay", "least_pay", "average_pay"]
    assert made[0].question == "What is the greatest of the 3 from pay 1 to pay 3?"
    assert names(*three[:2]) == []


def test_a_column_that_holds_a_special_number_is_left_out() -> None:
    columns = amount("balance", 0), amount("limit", 50)
    assert names(*columns, specials=(Fraction(-9),)) == ["balance_to_limit"]
    assert names(*columns, specials=(Fraction(7),)) == []


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = numbers("balance_to_limit", [0.0, np.nan] * (ROWS // 2))
    assert names(amount("balance", 0), amount("limit", 50), taken) == ["balance_to_limit_2"]


def test_names_are_said_in_words_and_no_word_is_of_two_units() -> None:
    assert said("NumTrades60Ever") == "number of trades 60 ever"
    words = [word for some in units().values() for word in some]
    assert len(words) == len(set(words))
