from pathlib import Path

import pytest

from tests.scorecards.importing.scored import SCALE, faults, of_text, score_of

MODEL = """
intercept: -1.25
columns:
  income:
    coefficient: -0.8
    bins:
      - {in: [-9, -8], woe: 0.1}
      - {below: 1000, woe: -0.5}
      - {up_to: 2000, woe: 0.25}
      - {woe: 0.75}
    missing: -0.2
  purpose:
    coefficient: -1.1
    bins: [{equals: car, woe: 0.5}, {in: [home, 'no'], woe: 0.1}, {woe: -0.4}]
"""


def test_the_score_is_that_of_the_regression(tmp_path: Path) -> None:
    made = of_text(tmp_path, MODEL, "woe")
    for income, purpose, odds in (
        (999.0, "car", -1.25 + 0.8 * 0.5 - 1.1 * 0.5),
        (1000.0, "home", -1.25 - 0.8 * 0.25 - 1.1 * 0.1),
        (2000.0, "no", -1.25 - 0.8 * 0.25 - 1.1 * 0.1),
        (2000.5, "z", -1.25 - 0.8 * 0.75 + 1.1 * 0.4),
        (-9.0, "car", -1.25 - 0.8 * 0.1 - 1.1 * 0.5),
        (None, "car", -1.25 + 0.8 * 0.2 - 1.1 * 0.5),
    ):
        score = score_of(tmp_path, made, income=income, purpose=purpose)
        assert score is not None
        assert abs(score - (SCALE.offset - SCALE.factor * odds)) <= made.moved


def test_where_nothing_is_said_of_a_missing_answer_there_is_no_score(tmp_path: Path) -> None:
    made = of_text(tmp_path, MODEL, "woe")
    assert score_of(tmp_path, made, income=1.0, purpose=None) is None
    assert made.scorecard.reasons["purpose_not_foreseen"] == "The model says nothing of this answer: purpose"


@pytest.mark.parametrize(
    ("bins", "sentence"),
    [
        ("[{below: 5, up_to: 6, woe: 1}, {woe: 2}]", "'below' and 'up_to' cannot stand together"),
        (
            "[{below: 5, woe: 1}]",
            "Bins of values stand first, then limits that rise, and the last has no test.",
        ),
        ("[{below: 5, woe: 1}, {below: 4, woe: 1}, {woe: 2}]", "Bins of values stand first"),
        ("[{below: 5, woe: 1}, {equals: 4, woe: 1}, {woe: 2}]", "Bins of values stand first"),
        ("[{below: 5}, {woe: 2}]", "'woe' is missing."),
    ],
)
def test_faults_are_told_with_their_place(tmp_path: Path, bins: str, sentence: str) -> None:
    text = f"intercept: 0\ncolumns:\n  x: {{coefficient: 1, bins: {bins}}}\n"
    assert sentence in faults(tmp_path, text, "woe")[0]


def test_every_part_that_is_missing_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, "columns: {x: {}}", "woe") == [
        ": 'intercept' is missing.",
        "columns.x: 'coefficient' is missing.",
        "columns.x: 'bins' is missing.",
        "columns.x: Bins of values stand first, then limits that rise, and the last has no test.",
    ]
    assert faults(tmp_path, "intercept: 1", "woe") == [": 'columns' is missing."]
