import numpy as np
import pytest

from credence.training.fairness import counts as module
from credence.training.fairness.counts import Counts

SCORES = np.array([5.0, 3, 5, 5, 3, 5])
BAD = np.array([0.0, 1, 1, 0, 0, 0])
CODES = np.array([0, 0, 1, 1, -1, 0])


def test_rows_are_counted_by_group_outcome_and_score() -> None:
    found = Counts.of(SCORES, BAD, CODES, 2)
    assert found.scores.tolist() == [3, 5]
    assert found.rows.tolist() == [[[0, 2], [1, 0]], [[0, 1], [0, 1]], [[1, 0], [0, 0]]]


def test_a_draw_has_as_many_rows_and_none_where_there_were_none() -> None:
    found = Counts.of(SCORES, BAD, CODES, 2)
    (drawn,) = found.drawn(1, 50)
    assert drawn.shape == (50, 3, 2, 2)
    assert (drawn.sum(axis=(1, 2, 3)) == 6).all()
    assert (drawn[:, found.rows == 0] == 0).all()
    assert drawn[:, 0, 0, 1].mean() == pytest.approx(2, abs=0.6)


def test_draws_are_the_same_each_time_and_others_with_another_seed() -> None:
    found = Counts.of(SCORES, BAD, CODES, 2)
    one, again, other = (np.concatenate(list(found.drawn(seed, 20))) for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()


def test_few_draws_are_held_at_a_time_where_there_are_many_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Counts.of(SCORES, BAD, CODES, 2)
    whole = np.concatenate(list(found.drawn(1, 7)))
    monkeypatch.setattr(module, "HELD", 30)
    parts = list(found.drawn(1, 7))
    assert [len(part) for part in parts] == [2, 2, 2, 1]
    assert (np.concatenate(parts) == whole).all()
