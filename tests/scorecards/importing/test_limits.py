import struct
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.scorecards.importing.limits import double, exact, readable, single
from credence.scorecards.model import Below


def rounded(number: float) -> float:
    found: float = struct.unpack("<f", struct.pack("<f", number))[0]
    return found


@settings(max_examples=200)
@given(st.floats(0.125, 1e6, width=32), st.integers(-2, 2), st.sampled_from([0.0, 0.5, 0.49, 0.51]))
def test_a_double_is_under_a_single_limit_exactly_if_it_is_once_rounded(
    limit: float, steps: int, part: float
) -> None:
    near, next_one = (beside(limit, step) for step in (steps, steps + 1))
    answer, test = near + part * (next_one - near), single(limit)
    under = answer < float(test.limit) or (test.inclusive and answer == float(test.limit))
    assert under == (rounded(answer) < limit)


def beside(limit: float, steps: int) -> float:
    found: float = struct.unpack(
        "<f", struct.pack("<i", struct.unpack("<i", struct.pack("<f", limit))[0] + steps)
    )[0]
    return found


def test_the_middle_between_two_singles_goes_to_the_even_one() -> None:
    assert single(37.0) == Below(Fraction("36.99999809265137"))
    assert single(rounded(37.000003814697266)).inclusive
    assert single(-1.0) == Below(Fraction("-1.0000000596046448"))


def test_a_limit_that_no_engine_keeps_apart_leaves_an_equal_answer_on_its_side() -> None:
    tiny = 1.0000000180025095e-35
    assert double(tiny, inclusive=True) == Below(Fraction(0), inclusive=True)
    assert double(-tiny, inclusive=True) == Below(Fraction(0))
    limit = 0.012345678901234567
    assert double(limit, inclusive=True).limit >= Fraction(repr(limit)) > double(limit, inclusive=False).limit
    assert double(2.5, inclusive=True) == Below(Fraction("2.5"), inclusive=True)


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 1e19])
def test_what_is_no_number_of_eighteen_digits_is_no_limit(number: float) -> None:
    with pytest.raises(ValueError, match="no number of at most 18 digits"):
        exact(number)


def test_a_limit_that_no_single_is_is_told() -> None:
    assert single(1e17).limit > 0
    with pytest.raises(ValueError, match="no number"):
        single(1e39)


def test_a_limit_is_said_as_people_say_it() -> None:
    assert readable(Below(Fraction("36.99999809265137"), inclusive=True)) == Below(Fraction(37))
    assert readable(Below(Fraction("36.500000000000007"), inclusive=True)) == Below(
        Fraction("36.5"), inclusive=True
    )
    assert readable(Below(Fraction(5), inclusive=True)) == Below(Fraction(5), inclusive=True)
