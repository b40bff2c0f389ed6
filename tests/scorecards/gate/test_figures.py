import json
from pathlib import Path

import pytest

from credence.scorecards.gate.figures import CARD, FIGURES, NONE, OTHER_POINTS
from tests.scorecards.gate.folders import changed, folder_of, in_its_way

DATES = (
    "README.md:13 dates: This row of a table is missing: from when to when the outcomes are (where no column "
    "told, write it in)."
)
AGAINST = (
    "validation.json:20 directions_stated.income: As stated for the training, points are said to be falling, "
    "and are 0, 30."
)


def figures(folder: Path, **given: object) -> Path:
    """The folder with other figures; None takes one out."""
    path = folder / FIGURES
    facts = json.loads(path.read_text(encoding="utf-8")) | given
    kept = {name: fact for name, fact in facts.items() if fact is not None}
    path.write_text(json.dumps(kept, indent=2), encoding="utf-8")
    return folder


def test_figures_that_are_missing_or_none_are_all_told(tmp_path: Path) -> None:
    folder = figures(
        folder_of(tmp_path), auc=None, frontier=[], rows={}, bad="x", calibration={"a": 1}, points_hash=None
    )
    assert in_its_way(folder) == [
        "validation.json:2 rows: It tells nothing: how many people the figures are of.",
        "validation.json:3 bad: It tells nothing: how many of them had a bad outcome.",
        "validation.json:1 auc: It is missing: how well it ranks.",
        "validation.json:14 frontier: It tells nothing: what fewer lines would cost.",
        "validation.json:1 points_hash: It is missing, so that nobody knows which points the figures are of.",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("points: 9}", "points: 8}"), ("below: 1000", "below: 999"), ("points_base: 400", "points_base: 0")],
)
def test_figures_of_other_points_are_in_its_way(tmp_path: Path, old: str, new: str) -> None:
    assert in_its_way(changed(folder_of(tmp_path), old, new)) == [
        f"validation.json:18 points_hash: {OTHER_POINTS}"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Your income is small", "You earn little"),
        ("What is the job?", "What do you do?"),
        ("name: trained", "name: other"),
        ("points: 30}\n    missing", "points: 30, label: plenty}\n    missing"),
        ("context: payments", "context: identity"),
    ],
)
def test_words_may_change_and_the_figures_stay_its_own(tmp_path: Path, old: str, new: str) -> None:
    assert in_its_way(changed(folder_of(tmp_path), old, new)) == []


def test_a_direction_stated_for_the_training_holds(tmp_path: Path) -> None:
    stated = {"income": "falling", "gone": "rising", "job": "falling"}
    assert in_its_way(figures(folder_of(tmp_path), directions_stated=stated)) == [AGAINST]
    assert in_its_way(figures(tmp_path, directions_stated=None)) == []


def test_a_scorecard_without_figures_is_not_published(tmp_path: Path) -> None:
    (folder_of(tmp_path) / FIGURES).unlink()
    assert in_its_way(tmp_path) == [f"validation.json:1 : {NONE}"]
    (tmp_path / FIGURES).write_text("{", encoding="utf-8")
    assert in_its_way(tmp_path)[0].startswith("validation.json:2 : This is not YAML")
    (tmp_path / FIGURES).write_text("[1]", encoding="utf-8")
    assert len(in_its_way(tmp_path)) == 13


def test_a_model_card_that_leaves_something_out_is_told_of_it(tmp_path: Path) -> None:
    card = folder_of(tmp_path) / CARD
    text = card.read_text(encoding="utf-8")
    card.write_text(
        text.replace("| dates | said |", "| dates |  |").replace("## Limits", ""), encoding="utf-8"
    )
    assert in_its_way(tmp_path) == [
        DATES,
        "README.md:13 Limits: This chapter is missing: what the figures do not show.",
    ]
    card.unlink()
    assert in_its_way(tmp_path) == [
        "README.md:1 : There is no such file in UTF-8: a scorecard that is published has a model card."
    ]
