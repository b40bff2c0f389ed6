"""A characteristic: its question, window, measure, and what stands for those without an answer."""

from pathlib import Path

from credence.scorecards.model import MISSING
from tests.scorecards.cards import card, faults, lab, of

TWO = "must name two or three different characteristics, like [bills_on_time, oldest_account]."


def test_a_characteristic_has_a_question_a_window_and_a_direction(tmp_path: Path) -> None:
    more = "question: How many?\nmonths: 12\nmonotone: falling\nadvice: false\n"
    one = card(tmp_path, lab(of("{count: {}}", "[{points: 1}]", more))).characteristic("one")
    assert (one.question, one.months, one.monotone, one.advice) == ("How many?", 12, "falling", False)
    assert one.measure.name == "count"


def test_without_a_question_the_name_stands_for_it_and_advice_is_given(tmp_path: Path) -> None:
    one = card(tmp_path, lab()).characteristic("one")
    assert (one.question, one.advice, one.months, one.category) == ("one", True, None, None)


def test_those_without_an_answer_have_a_row_of_a_fixed_name(tmp_path: Path) -> None:
    more = "missing: {points: 4, reason: R}"
    text = lab(of("{age_of_oldest: {}}", "[{points: 1}]", more), "reasons: {R: Nothing is known}")
    missing = card(tmp_path, text).characteristic("one").missing
    assert missing is not None
    assert (missing.label, missing.points, missing.reason) == (MISSING, 4, "R")


def test_where_everyone_has_an_answer_there_is_no_such_row(tmp_path: Path) -> None:
    for more in ("", "missing: {points: 4}"):
        one = card(tmp_path, lab(of("{count: {}}", "[{points: 1}]", more))).characteristic("one")
        assert (one.missing, one.points_most) == (None, 1)


def test_a_missing_row_of_an_unreadable_measure_is_no_second_fault(tmp_path: Path) -> None:
    for more in ("missing: {points: 4}", ""):
        (told,) = faults(tmp_path, lab(of("{cuont: {}}", "[{points: 1}]", more)))
        assert told.startswith("characteristics.one.measure: names no measure. Did you mean 'count'?")


def test_points_for_each_of_an_unreadable_measure_are_no_second_fault(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, lab("\none:\n  measure: {}\n  points_each: {points: 1}\n"))
    assert told.startswith("characteristics.one.measure: names no measure.")


def test_a_characteristic_that_is_no_mapping_is_one_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, lab("\none: 3\n")) == [
        "characteristics.one: must be a mapping (name: value), not '3'."
    ]


def test_characteristics_that_are_no_mapping_are_one_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, lab(" 3\n")) == ["characteristics: must be a mapping (name: value), not '3'."]


def test_a_crossing_of_nothing_is_one_fault(tmp_path: Path) -> None:
    attributes = "[{when: {a: {below: 1}}, points: 1}, {points: 0}]"
    assert faults(tmp_path, lab(of("{cross: ['', '']}", attributes))) == [
        f"characteristics.one.measure.cross: {TWO}",
        "characteristics.one.measure.cross[1]: must be a text, not ''.",
        "characteristics.one.measure.cross[2]: must be a text, not ''.",
    ]


def test_a_characteristic_is_not_called_like_a_column_of_every_result(tmp_path: Path) -> None:
    text = lab().replace("one:", "score:")
    assert faults(tmp_path, text) == [
        "characteristics.score: 'score' is a column of every result: call the characteristic something else."
    ]
