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
    assert proposed.sentence("num_inq_last_6_m", "is high") == "Number of inquiries last 6 months is high"
    assert proposed.in_words("avg_bal") == "average balance"
    assert proposed.is_proposed("max_dpd", "Greatest days past due is high")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("number_credits", "number of credits"),
        ("num_of_trades", "number of trades"),
        ("percent_install_trades", "percent of installment trades"),
        ("percent_of_income", "percent of income"),
        ("number_of_time_30_59_days_late", "number of time 30 to 59 days late"),
        ("m_since_oldest_trade", "months since oldest trade"),
        ("average_m_in_file", "average months in file"),
        ("m", "m"),
    ],
)
def test_words_that_a_name_leaves_out_are_put_in(name: str, words: str) -> None:
    assert proposed.in_words(name) == words


@pytest.mark.parametrize(
    ("name", "sentence", "question"),
    [
        ("savings", "Savings are low", "What are the savings?"),
        ("other_debtors", "Other debtors are low", "What are the other debtors?"),
        ("status", "Status is low", "What is the status?"),
        ("gross", "Gross is low", "What is the gross?"),
        ("basis", "Basis is low", "What is the basis?"),
        ("num_trades", "Number of trades is low", "What is the number of trades?"),
        ("loans_of_last_year", "Loans of last year are low", "What are the loans of last year?"),
        ("days_late", "Days late is low", "What is the days late?"),
    ],
)
def test_one_is_and_many_are(name: str, sentence: str, question: str) -> None:
    assert proposed.sentence(name, "is low") == sentence
    assert proposed.question(name) == question
    assert proposed.is_proposed(name, sentence)


def test_of_crossed_answers_any_words_after_their_names_are_a_programs() -> None:
    reason = "Income and age is income below 1,000 with age below 30"
    assert proposed.is_proposed("income_and_age", reason, crossed=True)
    assert not proposed.is_proposed("income_and_age", reason)
    assert not proposed.is_proposed("income_and_age", "You are young and earn little", crossed=True)
