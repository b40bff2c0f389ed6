from pathlib import Path

import numpy as np
import pytest

from credence.errors import IntakeError, TrainingTableError
from credence.scorecards.load import load_text
from credence.training.against.standing import by_columns
from tests.training.against.worlds import OLD
from tests.training.validating.standings import COUNTING, MORE, validated


def test_points_of_all_questions_and_the_base_add_up_to_every_score(tmp_path: Path) -> None:
    evidence = validated(tmp_path, OLD + MORE).evidence
    total = evidence.base + np.sum([question.given for question in evidence.questions], axis=0)
    assert total.tolist() == evidence.scores.tolist()


def test_each_row_falls_in_one_line_of_every_question_that_moves_points(tmp_path: Path) -> None:
    evidence = validated(tmp_path, OLD + MORE).evidence
    asked = {question.column: question for question in evidence.questions}
    assert list(asked) == ["Debt", "age", "both", "late"]
    debt = asked["Debt"]
    assert debt.points == (40, 20, 0, 10)
    assert debt.missing == pytest.approx(float((debt.places == 3).mean()))
    assert debt.missing > 0
    assert np.array(debt.points)[debt.places].tolist() == debt.given.tolist()
    assert debt.span == 40
    assert asked["both"].span == 12
    assert asked["both"].missing == 0


def test_points_that_follow_the_answer_are_a_rule_and_spread_as_far_as_rows_do(tmp_path: Path) -> None:
    evidence = validated(tmp_path, OLD + MORE).evidence
    late = next(question for question in evidence.questions if question.column == "late")
    assert late.points[0] == 0
    assert str(late.points[1]).startswith("-2 x answer")
    assert late.span == 6


def test_a_scorecard_of_events_asks_columns_that_are_called_so(tmp_path: Path) -> None:
    found = validated(tmp_path, COUNTING)
    assert found.evidence.questions[0].column == "age"
    assert found.evidence.scores.min() >= 460
    assert found.evidence.card.scorable_when == ()


def test_events_without_a_column_are_told() -> None:
    other = COUNTING + COUNTING[COUNTING.index("  age:") :].replace("age:", "other:")
    with pytest.raises(TrainingTableError, match="'counting' asks 'other' of events, and there is no column"):
        by_columns(load_text(other, "it"), Path("t.csv"), {"age"})
    with pytest.raises(IntakeError, match="'counting' counts events"):
        by_columns(load_text(other, "it"), Path("t.csv"), {"purpose"})
