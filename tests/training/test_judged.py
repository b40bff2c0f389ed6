import numpy as np
import pytest

from credence.errors import TrainingTableError
from credence.training.evidence import Evidence
from credence.training.judged import Question, check_cut_off
from credence.training.order import Looks, Order


def test_the_whole_and_the_later_rows_are_those_out_of_fold_and_held_out(
    by_chance: Evidence, by_time: Evidence
) -> None:
    assert by_chance.whole is by_chance.folded
    assert by_chance.headline is by_chance.folded
    assert by_time.headline is by_time.later is by_time.held


def test_points_of_questions_and_the_base_are_the_score_of_the_written_scorecard(by_chance: Evidence) -> None:
    total = by_chance.base + np.sum([question.given for question in by_chance.questions], axis=0)
    assert total.tolist() == by_chance.written.tolist()
    assert by_chance.chance(by_chance.scores) == pytest.approx(by_chance.chances)


def test_a_span_is_of_lines_and_of_rows_where_points_follow_the_answer() -> None:
    places, given = np.zeros(2, dtype=np.intp), np.array([3.0, 9.0])
    fixed = Question("a", "a", "either", ("x", "y"), (0, 20), places, given, 0.0)
    ruled = Question("a", "a", "either", ("x",), ("2 x answer",), places, given, 0.0)
    assert (fixed.span, ruled.span) == (20, 6)


def test_a_cut_off_that_parts_nobody_is_refused_where_it_was_named(by_chance: Evidence) -> None:
    order, scores = by_chance.order, np.array([400.0, 500.0])
    check_cut_off(order, scores >= 0, scores)
    for cut_off, who in ((400, "everybody"), (501, "nobody")):
        named = Order(order.source, looks=Looks(cut_off))
        with pytest.raises(TrainingTableError, match=f"accepts {who}: scores go from 400 to 500"):
            check_cut_off(named, scores >= cut_off, scores)
    check_cut_off(Order(order.source, looks=Looks(450)), scores >= 450, scores)
