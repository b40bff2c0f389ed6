import json
from pathlib import Path

import pytest

from credence.errors import DefinitionError
from credence.scorecards.gate.points_hash import points_hash
from credence.scorecards.load import load_scorecard
from credence.training.validating.before import Before, Column, Line, before
from tests.training.validating.standings import card


def beside(folder: Path, facts: object) -> Before | None:
    path = Path(card(folder)) / "scorecard.yaml"
    text = facts if isinstance(facts, str) else json.dumps(facts)
    (folder / "validation.json").write_text(text, encoding="utf-8")
    return before(path, load_scorecard(path))


def test_figures_of_the_same_points_are_read_and_others_not(tmp_path: Path) -> None:
    path = Path(card(tmp_path)) / "scorecard.yaml"
    assert before(path, load_scorecard(path)) is None
    own = points_hash(load_scorecard(path))
    found = beside(
        tmp_path, {"points_hash": own, "split": {"scores": {"limits": [3], "rows": [1, 2]}}, "auc": 1}
    )
    assert found is not None
    assert found.split.scores is not None
    assert found.split.scores.rows == [1, 2]
    assert beside(tmp_path, {"points_hash": "of others"}) is None


@pytest.mark.parametrize("text", ["{", '{"split": 3}', "\x00"])
def test_figures_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(
        DefinitionError, match=r"validation\.json has 1 fault:\n  line 1: These are no figures"
    ):
        beside(tmp_path, text)


def test_a_mean_is_of_points_and_there_is_none_of_a_rule() -> None:
    assert Column("a", [Line(10, 3), Line(20, 1)]).mean == 12.5
    assert Column("a", [Line(10, 3), Line("2 x answer", 1)]).mean is None
    assert Column("a", [Line(10, 0)]).mean is None
