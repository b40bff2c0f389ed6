import json
from pathlib import Path
from typing import Any

import pytest

from credence.scorecards.importing.wishes import Wishes
from tests.scorecards.importing.scored import SAMPLES, SCALE, faults, imported, of_text, scores_of


def model(name: str = "lightgbm_pairs.json") -> dict[str, Any]:
    found = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def one_tree(**split: object) -> str:
    """A model of one tree: -1 to the left, 1 to the right."""
    usual = {"split_feature": 0, "threshold": 5.0, "decision_type": "<=", "default_left": False}
    leaves = {"left_child": {"leaf_value": -1.0}, "right_child": {"leaf_value": 1.0}}
    given = {
        "objective": "binary sigmoid:2",
        "feature_names": ["x"],
        "tree_info": [{"tree_structure": usual | leaves | {"missing_type": "NaN"} | split}],
    }
    return json.dumps(given)


def test_text_and_json_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "json").mkdir()
    text = imported(tmp_path, "lightgbm_categories.txt", "lightgbm")
    other = imported(tmp_path / "json", "lightgbm_categories.json", "lightgbm")
    assert text.scorecard.characteristics == other.scorecard.characteristics
    assert text.scorecard.points_base == other.scorecard.points_base


@pytest.mark.parametrize(
    ("split", "as_low"),
    [
        ({}, (5.0, 0.0, -1.0)),
        ({"default_left": True}, (5.0, 0.0, -1.0, None)),
        ({"missing_type": "Zero"}, (5.0, -1.0)),
        ({"missing_type": "Zero", "default_left": True, "threshold": -1.0}, (0.0, None, -1.0)),
        ({"missing_type": "None"}, (5.0, 0.0, -1.0, None)),
        ({"missing_type": "None", "threshold": -1.0}, (-1.0,)),
        ({"decision_type": "==", "threshold": "0||5"}, (0.0, 5.0)),
    ],
)
def test_each_split_says_what_counts_as_missing_and_where_it_goes(
    tmp_path: Path, split: dict[str, object], as_low: tuple[float | None, ...]
) -> None:
    made = of_text(tmp_path, one_tree(**split), "lightgbm", Wishes(SCALE, "good"))
    assert made.scorecard.range is not None
    answers = (5.0, 0.0, -1.0, None)
    told = zip(answers, scores_of(tmp_path, made, answers), strict=True)
    assert {answer for answer, score in told if score == made.scorecard.range[0]} == set(as_low)
    # From -2 to 2, because of the sigmoid's 2.
    assert made.scorecard.range[1] - made.scorecard.range[0] == round(4 * SCALE.factor)


def test_categories_have_the_names_of_the_table(tmp_path: Path) -> None:
    given = json.loads(one_tree(decision_type="==", threshold="1"))
    named = {"feature_infos": {"x": {"values": [0, 1]}}, "pandas_categorical": [[2.5, 4]]}
    (tmp_path / "made").mkdir()
    made = of_text(tmp_path / "made", json.dumps(given | named), "lightgbm", Wishes(SCALE, "good"))
    assert made.scorecard.characteristics[0].attributes[0].label == "4"
    named["pandas_categorical"] = [["a", "b"], ["c"]]
    assert faults(tmp_path, json.dumps(given | named), "lightgbm") == [
        "pandas_categorical: 2 columns have names of categories, and 1 have categories."
    ]


def test_what_is_no_sum_of_log_odds_is_refused_all_at_once(tmp_path: Path) -> None:
    given = model() | {"objective": "regression", "average_output": True}
    assert [line.partition(":")[0] for line in faults(tmp_path, json.dumps(given), "lightgbm")] == [
        "",
        "objective",
    ]


@pytest.mark.parametrize(
    ("split", "why"),
    [
        ({"left_child": {}}, "a node has neither a leaf_value nor two children"),
        ({"split_feature": 3}, "list index out of range"),
        ({"threshold": "x"}, "could not convert string to float: 'x'"),
    ],
)
def test_a_tree_that_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, split: dict[str, object], why: str
) -> None:
    assert faults(tmp_path, one_tree(**split), "lightgbm") == [
        f"tree_info[0]: This tree cannot be read: {why}."
    ]


def test_a_sigmoid_that_is_no_number_is_refused(tmp_path: Path) -> None:
    given = model() | {"objective": "binary sigmoid:1-1"}
    (told,) = faults(tmp_path, json.dumps(given), "lightgbm")
    assert told.startswith("objective: 'binary sigmoid:1-1' is not read")


def test_a_tree_that_is_too_deep_is_refused(tmp_path: Path) -> None:
    given = json.loads(one_tree())
    top = given["tree_info"][0]["tree_structure"]
    for _ in range(60):
        top = {**top, "left_child": top}
    given["tree_info"][0]["tree_structure"] = top
    assert faults(tmp_path, json.dumps(given), "lightgbm") == [
        "tree_info[0]: This tree cannot be read: it is too deep."
    ]
