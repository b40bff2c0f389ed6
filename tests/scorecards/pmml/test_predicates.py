"""Predicates with three values: of a missing answer most are neither true nor false."""

from fractions import Fraction

import pytest

from credence.scorecards.pmml.fields import Fields, PmmlField, Value
from credence.scorecards.pmml.predicates import read_predicate
from credence.scorecards.pmml.reading import Reading
from credence.xml_file import parse_xml
from tests.scorecards.pmml.samples import simple

ONE = Fraction(1)
TRUE, FALSE, UNKNOWN = "<True/>", "<False/>", simple("equal", 1)


def truth(text: str, answer: Value) -> bool | None:
    """Whether a predicate of income or department is true of an answer."""
    known = {"income": PmmlField("income", "double"), "department": PmmlField("department", "string")}
    reading = Reading()
    predicate = read_predicate(parse_xml(text.encode(), "it"), Fields(reading, {}, {}, {}, dict(known)))
    assert reading.faults == []
    return predicate.test(answer)


@pytest.mark.parametrize(
    ("operator", "of_one", "of_two"),
    [
        ("equal", False, True),
        ("notEqual", True, False),
        ("lessThan", True, False),
        ("lessOrEqual", True, True),
        ("greaterThan", False, False),
        ("greaterOrEqual", False, True),
    ],
)
def test_an_answer_is_compared_and_a_missing_one_is_not(operator: str, of_one: bool, of_two: bool) -> None:  # noqa: FBT001
    assert truth(simple(operator, 2), ONE) is of_one
    assert truth(simple(operator, "2.0"), 2 * ONE) is of_two
    assert truth(simple(operator, 2), None) is None


def test_only_missing_is_asked_of_a_missing_answer() -> None:
    assert [truth(simple("isMissing"), each) for each in (None, ONE)] == [True, False]
    assert [truth(simple("isNotMissing"), each) for each in (None, ONE)] == [False, True]


def test_numbers_are_compared_as_the_doubles_they_stand_for() -> None:
    assert truth(simple("equal", "0.10000000000000001"), Fraction("0.1")) is True


def among(word: str, array: str, field: str = "department") -> str:
    return f'<SimpleSetPredicate field="{field}" booleanOperator="{word}">{array}</SimpleSetPredicate>'


def test_a_set_holds_an_answer_or_not_and_a_missing_one_neither() -> None:
    array = '<Array n="3" type="string">law "health care" "a \\"b\\""</Array>'
    for value in ("law", "health care", 'a "b"'):
        assert truth(among("isIn", array), value) is True
        assert truth(among("isNotIn", array), value) is False
    assert truth(among("isIn", array), "care") is False
    assert truth(among("isNotIn", array), None) is None
    assert truth(among("isIn", '<Array type="real">1 2.5</Array>', "income"), ONE) is True


@pytest.mark.parametrize(
    ("word", "parts", "truth_of_all"),
    [
        ("and", (TRUE, TRUE), True),
        ("and", (TRUE, UNKNOWN), None),
        ("and", (FALSE, UNKNOWN), False),
        ("or", (FALSE, FALSE), False),
        ("or", (FALSE, UNKNOWN), None),
        ("or", (TRUE, UNKNOWN), True),
        ("xor", (TRUE, FALSE), True),
        ("xor", (TRUE, TRUE), False),
        ("xor", (TRUE, TRUE, TRUE), True),
        ("xor", (TRUE, UNKNOWN), None),
        ("surrogate", (UNKNOWN, TRUE), True),
        ("surrogate", (UNKNOWN, FALSE, TRUE), False),
        ("surrogate", (UNKNOWN, UNKNOWN), None),
    ],
)
def test_predicates_combine_with_three_values(
    word: str,
    parts: tuple[str, ...],
    truth_of_all: bool | None,  # noqa: FBT001
) -> None:
    compound = f'<CompoundPredicate booleanOperator="{word}">{"".join(parts)}</CompoundPredicate>'
    assert truth(compound, None) is truth_of_all
