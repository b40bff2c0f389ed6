import numpy as np
import pytest

from credence.training.solver.pull import Pull

GAPS = np.array([[1.0, -2.0, 0.5], [0.0, 1.0, 3.0]])
PULL = Pull(GAPS, 4.0)
STEPS = np.array([0.5, -1.0, 2.0])


def test_the_cost_is_half_the_strength_times_the_squared_gaps() -> None:
    # Gaps: .5 + 2 + 1 = 3.5, and -1 + 6 = 5.
    assert PULL.cost(STEPS) == 4 / 2 * (3.5**2 + 5**2)


def test_its_second_derivatives_are_those_of_the_cost() -> None:
    whole = 4 * GAPS.T @ GAPS
    assert PULL.times(STEPS) == pytest.approx(whole @ STEPS)
    assert PULL.block(np.array([2, 0])) == pytest.approx(whole[np.ix_([2, 0], [2, 0])])
    assert PULL.cost(STEPS) == pytest.approx(STEPS @ whole @ STEPS / 2)


def test_without_gaps_nothing_pulls() -> None:
    nothing = Pull(np.zeros((0, 3)), 4.0)
    assert (nothing.cost(STEPS), nothing.times(STEPS).tolist()) == (0.0, [0.0, 0.0, 0.0])
