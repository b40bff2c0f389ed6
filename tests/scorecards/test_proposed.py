from fractions import Fraction

import pytest

from credence.scorecards import proposed


@pytest.mark.parametrize(
    "words",
    [
        proposed.UNKNOWN[1],
        proposed.TOGETHER[1],
        proposed.of_bin(0, 3)[1],
        proposed.of_bin(3, 0)[1],
        proposed.of_bin(2, 2)[1],
        proposed.of_values(["a"], rest=False),
        proposed.of_values(["a", "it's"], rest=True),
        proposed.of_values([], rest=True),
        proposed.of_values([Fraction(-9)], rest=False),
        proposed.of_values([Fraction("2.5"), Fraction(3)], rest=True),
        proposed.of_values(list("abcdefg"), rest=False),
    ],
)
def test_whatever_a_program_words_is_known_as_its_words(words: str) -> None:
    assert proposed.is_proposed("days_late", proposed.sentence("days_late", words))


@pytest.mark.parametrize(
    "sentence",
    [
        "Bills were often late",
        "Days late is low for a person of your age",
        "Days late is known",
        "You paid late: days late is high",
    ],
)
def test_what_a_person_words_is_not(sentence: str) -> None:
    assert not proposed.is_proposed("days_late", sentence)


def test_values_are_named_up_to_five() -> None:
    assert proposed.of_values(list("abcdefg"), rest=True) == (
        "is 'a' or 'b' or 'c' or 'd' or 'e' or one of 2 more or another one"
    )


def test_shortened_words_of_a_name_are_said_in_full() -> None:
    assert proposed.sentence("num_inq_last_6_m", "is high") == "Number of inquiries last 6 m is high"
    assert proposed.in_words("avg_bal") == "average balance"
    assert proposed.is_proposed("max_dpd", "Greatest days past due is high")


def test_of_crossed_answers_any_words_after_their_names_are_a_programs() -> None:
    reason = "Income and age is income below 1,000 with age below 30"
    assert proposed.is_proposed("income_and_age", reason, crossed=True)
    assert not proposed.is_proposed("income_and_age", reason)
    assert not proposed.is_proposed("income_and_age", "You are young and earn little", crossed=True)
