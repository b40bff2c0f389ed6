import json
from pathlib import Path
from typing import Any

import pytest

from tests.scorecards.importing.scored import SAMPLES, faults, of_text


def model(name: str = "ebm_pairs.json") -> dict[str, Any]:
    found = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_pairs_are_crossed_and_parted_more_coarsely(tmp_path: Path) -> None:
    made = of_text(tmp_path, json.dumps(model()), "ebm").scorecard
    assert [c.name for c in made.characteristics][-1] == "age_and_purpose"
    rows = made.characteristic("age_and_purpose").attributes
    assert len(rows) < len(made.characteristic("age").attributes) * 5


def test_categories_that_are_numbers_are_asked_as_numbers(tmp_path: Path) -> None:
    given = model("ebm_mains.json")
    given["ebm"]["features"][3]["categories"] = [["1", "2.5", ["3", "4"], "5"]]
    card = of_text(tmp_path, json.dumps(given), "ebm").scorecard
    assert [row.label for row in card.characteristic("purpose").attributes][:3] == ["1", "2.5", "3, 4"]


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("outputs",), [], "ebm.outputs: A model that tells two outcomes apart"),
        (("intercept",), [1.0, 2.0], "ebm.outputs: A model that tells two outcomes apart"),
        (("terms", 0, "term_features"), ["none"], "ebm.terms[0]: This term cannot be read: 'none'."),
        (("terms", 0, "term_features"), [], "ebm.terms[0]: The term asks : points can be given"),
        (
            ("terms", 0, "term_features"),
            ["age", "Income", "purpose"],
            "ebm.terms[0]: The term asks age and Income and purpose: points can be given for one answer",
        ),
        (("terms", 0, "scores"), [1.0], "ebm.terms[0]: This term cannot be read: 'Income' has 12 kinds"),
        (("terms", 0, "scores", 0), "x", "ebm.terms[0]: This term cannot be read: a score is no number."),
        (("features", 0, "cuts", 0, 0), 1e30, "ebm.terms[0]: This term cannot be read: '1e+30' is no number"),
    ],
)
def test_what_is_no_sum_of_answers_and_pairs_is_told_with_its_term(
    tmp_path: Path, place: tuple[str | int, ...], value: object, sentence: str
) -> None:
    given = model()
    *way, last = place
    part = given["ebm"]
    for step in way:
        part = part[step]
    part[last] = value
    assert faults(tmp_path, json.dumps(given), "ebm")[0].startswith(sentence)


def crossed(cuts: int) -> str:
    """A model of two numbers crossed, each cut into as many parts and one more."""
    given = model()["ebm"]
    for feature in given["features"][:2]:
        feature["cuts"] = [list(range(cuts))]
    places = range(cuts + 3)
    scores = [[(a * b % 7) / 2 for b in places] for a in places]
    given["terms"] = [{"term_features": ["Income", "age"], "scores": scores}]
    return json.dumps({"ebm": given})


def test_a_pair_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, crossed(200), "ebm")
    assert told.startswith(
        "ebm.terms[0]: The answers to Income and age are parted into 40,804 cells: more than"
    )


def test_a_table_that_is_too_long_to_be_read_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, crossed(39), "ebm")[0].endswith(
        "lines is no table that people read: at most 1,000."
    )
