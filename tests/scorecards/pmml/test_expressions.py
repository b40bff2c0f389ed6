"""Complex partial scores: the lines they come to, and how they are rounded."""

from fractions import Fraction

import pytest

from credence.scorecards.model import Line
from credence.scorecards.pmml.expressions import read_points
from credence.scorecards.pmml.fields import Fields, PmmlField
from credence.scorecards.pmml.reading import Reading
from credence.xml_file import parse_xml
from tests.scorecards.pmml.samples import answer, applied, constant, line


def points(expression: str, rounding: str | None = None, kind: str = "double") -> int | Line:
    """What an expression of income comes to."""
    text = f"<ComplexPartialScore>{expression}</ComplexPartialScore>"
    reading = Reading(rounding)
    fields = Fields(reading, {}, {}, {}, {"income": PmmlField("income", kind)})
    read, _looked_at = read_points(parse_xml(text.encode(), "it"), fields)
    assert reading.faults == []
    return read


def of(times: str, plus: str, rounding: str, least: int | None = None, most: int | None = None) -> Line:
    return Line(Fraction(times), Fraction(plus), rounding, least, most)


@pytest.mark.parametrize(
    ("expression", "times", "plus"),
    [
        (line("0.03", "11"), "0.03", "11"),
        (applied("-", constant(5), answer()), "-1", "5"),
        (applied("-", applied("*", answer(), constant(3)), answer()), "2", "0"),
        (applied("/", applied("+", answer(), constant(6)), constant(4)), "0.25", "1.5"),
        (applied("*", constant(2), applied("*", constant("1.5"), answer())), "3", "0"),
        (applied("*", applied("+", answer(), constant(1)), applied("-", constant(3), constant(1))), "2", "2"),
    ],
)
def test_sums_and_multiples_of_one_answer_are_a_line(expression: str, times: str, plus: str) -> None:
    assert points(expression, "floor") == of(times, plus, "floor")


@pytest.mark.parametrize(
    ("function", "rounding"), [("floor", "floor"), ("ceil", "ceiling"), ("round", "half_up")]
)
def test_a_function_can_say_how_a_line_is_rounded(function: str, rounding: str) -> None:
    assert points(applied(function, line("0.03", "11"))) == of("0.03", "11", rounding)


def test_a_half_more_rounded_down_is_rounded_half_up() -> None:
    assert points(applied("floor", applied("+", answer(), constant("0.5")))) == of("1", "0", "half_up")
    assert points(applied("floor", applied("+", answer(), constant("0.25")))) == of("1", "0.25", "floor")
    assert points(applied("floor", applied("-", answer(), constant("0.5")))) == of("1", "-0.5", "floor")


def test_least_and_most_are_the_limits_of_a_line() -> None:
    rounded = applied("round", answer())
    assert points(applied("max", rounded, constant(1))) == of("1", "0", "half_up", 1)
    assert points(applied("min", constant(9), rounded)) == of("1", "0", "half_up", None, 9)
    twice = applied(
        "min",
        applied("min", applied("max", applied("max", rounded, constant(1)), constant(3)), constant(9)),
        constant(8),
    )
    assert points(twice) == of("1", "0", "half_up", 3, 8)
    assert points(applied("floor", applied("max", answer(), constant(1)))) == of("1", "0", "floor", 1)


def test_an_extension_of_ours_can_declare_the_rounding() -> None:
    declared = '<Extension extender="Credence" name="rounding" value="ceiling"/><Extension name="other"/>'
    assert points(declared + answer(), "floor") == of("1", "0", "ceiling")
    assert points('<Extension name="other"/>' + answer(), "floor") == of("1", "0", "floor")


def test_whole_multiples_of_whole_answers_need_no_rounding() -> None:
    assert points(line("2", "-3"), kind="integer") == of("2", "-3", "floor")


def test_an_expression_without_an_answer_is_a_number_of_points() -> None:
    assert points(applied("round", constant("12.5"))) == 13
    assert points(constant(7)) == 7
