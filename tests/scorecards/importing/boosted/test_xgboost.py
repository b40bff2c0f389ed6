import json
from pathlib import Path
from typing import Any

import pytest

from tests.scorecards.importing.scored import SAMPLES, faults, of_text, score_of

TREES = "learner.gradient_booster.model.trees"


def model() -> dict[str, Any]:
    found = json.loads((SAMPLES / "xgboost_stumps.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def trees(given: dict[str, Any]) -> list[dict[str, Any]]:
    found = given["learner"]["gradient_booster"]["model"]["trees"]
    assert isinstance(found, list)
    return found


def test_columns_without_names_are_numbered(tmp_path: Path) -> None:
    given = model()
    given["learner"]["feature_names"] = []
    made = of_text(tmp_path, json.dumps(given), "xgboost")
    assert [c.name for c in made.scorecard.characteristics] == ["f0", "f1", "f2"]


def test_an_answer_is_rounded_to_single_precision_before_it_is_compared(tmp_path: Path) -> None:
    given = model()
    del trees(given)[1:]
    trees(given)[0]["split_conditions"][0] = 0.1
    made = of_text(tmp_path, json.dumps(given), "xgboost")
    # As a single 0.1 is over a tenth; a tenth itself is rounded to it, and so not under it.
    at, under = (score_of(tmp_path, made, Income=answer) for answer in (0.1, 0.0999999))
    assert at != under


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("objective", "name"), "reg:squarederror", "'reg:squarederror' is not read: of two outcomes,"),
        (("learner_model_param", "num_class"), "3", "The model tells more than two outcomes apart."),
        (("learner_model_param", "base_score"), "[1E0]", "'[1E0]' is no share between 0 and 1."),
        (("learner_model_param", "base_score"), "x", "'x' is no share between 0 and 1."),
        (
            ("attributes", "best_iteration"),
            "3",
            "Of 8 trees the first 4 did best, and the file has all: save",
        ),
        (("gradient_booster", "name"), "dart", "'dart' is not read: 'gbtree' is."),
    ],
)
def test_what_is_no_sum_of_log_odds_is_refused(
    tmp_path: Path, place: tuple[str, str], value: str, sentence: str
) -> None:
    given = model()
    given["learner"][place[0]][place[1]] = value
    assert sentence in "\n".join(faults(tmp_path, json.dumps(given), "xgboost"))


def test_trees_that_cannot_be_read_are_all_told(tmp_path: Path) -> None:
    given = model()
    trees(given)[0]["left_children"][0] = 0
    trees(given)[1]["split_type"][0] = 1
    trees(given)[2]["split_indices"][0] = 9
    trees(given)[3]["split_conditions"][1] = 1e300
    trees(given)[4]["split_conditions"][0] = 1e300
    told = faults(tmp_path, json.dumps(given), "xgboost")
    assert told[0] == f"{TREES}[0]: This tree cannot be read: node 0 leads back, or too deep."
    assert told[1].endswith("it asks for categories, whose names are not in the file.")
    assert [line.partition(":")[0] for line in told] == [f"{TREES}[{n}]" for n in (0, 1, 2, 4)]
