import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.training.against.swaps import ACCEPTED, REFUSED, equal_cut_off, migration, swaps

SCORES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 1)), min_size=1, max_size=60)


def test_who_swaps_in_and_out_is_counted_with_how_they_ended() -> None:
    champion = np.array([10.0, 20, 30, 40])
    challenger = np.array([45.0, 15, 35, 25])
    found = swaps(champion, challenger, np.array([0.0, 1, 0, 1]), 25)
    assert (found.champion_cut_off, found.champion_accepts, found.challenger_accepts) == (20, 0.75, 0.75)
    came, went = found.taken(REFUSED, ACCEPTED), found.taken(ACCEPTED, REFUSED)
    assert (came.rows, came.bad, came.bad_rate) == (1, 0, 0.0)
    assert (went.rows, went.bad, went.bad_rate) == (1, 1, 1.0)
    assert found.taken(REFUSED, REFUSED).bad_rate is None


def test_the_nearest_acceptance_is_taken_where_scores_are_equal() -> None:
    assert equal_cut_off(np.array([1.0, 1, 1, 2, 3]), 0.5) == 2
    assert equal_cut_off(np.array([1.0, 1, 1, 2, 3]), 0.9) == 1


@settings(max_examples=40, deadline=None)
@given(SCORES, st.integers(0, 9))
def test_everybody_is_in_one_set_and_one_cell(rows: list[tuple[int, int, int]], cut_off: int) -> None:
    champion, challenger, bad = (np.array(side, dtype=np.float64) for side in zip(*rows, strict=True))
    found = swaps(champion, challenger, bad, cut_off)
    assert sum(one.rows for one in found.sets) == len(rows)
    assert sum(one.bad for one in found.sets) == bad.sum()
    assert sum(map(sum, migration(champion, challenger))) == len(rows)


def test_a_score_beside_itself_moves_nobody() -> None:
    scores = np.arange(100.0)
    assert migration(scores, scores) == [[20 * (row == column) for column in range(5)] for row in range(5)]
