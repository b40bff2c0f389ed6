from datetime import date
from fractions import Fraction

import pytest

from credence.engines.policies.clauses import (
    COLUMN,
    LIST,
    SCORE,
    UNSCORABLE,
    Among,
    Asked,
    Clause,
    Decided,
    Known,
    Range,
    Ranges,
    Subject,
    Test,
    holds,
    not_known,
    place_of,
    score_told,
    within,
)

SUBJECT = Subject(SCORE, title="score", whole=True)
DAY = date(2026, 11, 6)


def asked(test: Test, valid_from: date | None = None, valid_to: date | None = None) -> Asked:
    return Asked((Clause(SUBJECT, test, "score"),), valid_from, valid_to)


def over(limit: int) -> Ranges:
    return Ranges((Range(low=Fraction(limit), low_inside=False),))


def up_to(limit: int) -> Ranges:
    return Ranges((Range(high=Fraction(limit)),))


@pytest.mark.parametrize("value", [650, 650.0, Fraction(650)])
def test_a_limit_is_inside_if_it_is_said_to_be(value: float | Fraction) -> None:
    assert within(value, Range(low=Fraction(650)))
    assert within(value, Range(high=Fraction(650)))
    assert not within(value, Range(low=Fraction(650), low_inside=False))
    assert not within(value, Range(high=Fraction(650), high_inside=False))
    assert within(value, Range())


def test_a_float_is_compared_with_the_float_nearest_to_the_limit() -> None:
    tenth = Range(Fraction("0.1"), Fraction("0.1"))
    assert within(0.1, tenth)
    assert not within(0.1 + 2**-56, tenth)


def test_nothing_that_is_compared_is_true_of_a_missing_value() -> None:
    tests: list[Test] = [Ranges((Range(),)), Among(("a",)), Known()]
    assert [holds(test, None) for test in tests] == [False, False, False]
    assert holds(Known(known=False), None)
    assert not holds(Known(known=False), 0)
    assert holds(Known(), "")


def test_an_unknown_status_and_a_missing_answer_are_not_known_but_a_code_may_be_absent() -> None:
    assert not_known(Subject(LIST, "court"), "unknown")
    assert not not_known(Subject(LIST, "court"), "absent")
    assert not_known(Subject(COLUMN, "income"), None)
    assert not not_known(Subject(UNSCORABLE), None)


def test_the_first_row_that_holds_and_is_there_on_the_day_decides() -> None:
    decided = Decided((asked(over(700), valid_to=DAY), asked(over(600), valid_from=DAY)), (SUBJECT,))
    assert [place_of(decided, {SUBJECT: score}, DAY) for score in (701, 601, 600, None)] == [0, 1, 2, 3]
    assert place_of(decided, {SUBJECT: 701}, date(2026, 11, 5)) == 0
    assert place_of(decided, {SUBJECT: 701}, date(2026, 11, 7)) == 1
    assert place_of(decided, {SUBJECT: 601}, date(2026, 11, 5)) == 2


def test_reasons_of_the_score_are_told_where_it_was_too_low() -> None:
    accept, decline = asked(over(650)), asked(up_to(650))
    decided = Decided((accept, decline), (SUBJECT,), frozenset({1}))
    assert not score_told(decided, 0, {SUBJECT: 651}, DAY)
    assert score_told(decided, 1, {SUBJECT: 650}, DAY)
    rest = Decided((accept,), (SUBJECT,), frozenset({1}))
    assert score_told(rest, 1, {SUBJECT: 650}, DAY)
    gone = Decided((asked(over(650), valid_to=date(2026, 1, 1)),), (SUBJECT,), frozenset({1}))
    assert not score_told(gone, 1, {SUBJECT: 650}, DAY)
