import json
from pathlib import Path

from tests.scorecards.importing.scored import of_text


def test_rows_are_called_apart_whatever_their_values_are_called(tmp_path: Path) -> None:
    card = {"x": {"missing": 1.0, "any other": 2.0, "a": 3.0}}
    made = of_text(tmp_path, json.dumps(card), "toad").scorecard
    assert [row.label for row in made.characteristic("x").rows()] == [
        "value missing",
        "any other",
        "a",
        "value any other",
        "missing",
    ]


def test_limits_that_people_say_alike_keep_their_exact_labels(tmp_path: Path) -> None:
    card = {"x": {"[-inf ~ 1.00000001)": 1.0, "[1.00000001 ~ 1.00000002)": 2.0, "[1.00000002 ~ inf)": 3.0}}
    made = of_text(tmp_path, json.dumps(card), "toad").scorecard
    assert made.characteristic("x").attributes[0].label == "below 1.00000001"


def test_a_reason_says_on_which_side_of_the_best_an_answer_lies(tmp_path: Path) -> None:
    card = {"Days Late": {"[-inf ~ 1)": 1.0, "[1 ~ 5)": 9.0, "[5 ~ inf)": 3.0, "nan": 2.0}}
    made = of_text(tmp_path, json.dumps(card), "toad").scorecard
    assert made.reasons == {
        "days_late_low": "Days late is low",
        "days_late_high": "Days late is high",
        "days_late_unknown": "Days late is not known",
    }


def test_without_a_line_below_the_best_there_is_no_reason(tmp_path: Path) -> None:
    text = "intercept: 0\ncolumns: {x: {coefficient: 1, bins: [{below: 1, woe: 0}, {woe: 0}], missing: 1}}\n"
    assert list(of_text(tmp_path, text, "woe").scorecard.reasons) == ["x_unknown"]
