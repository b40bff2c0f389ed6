import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.training.solver import pivoting
from credence.training.solver.pivoting import Quadratic, solve


def problem(seed: int, unknowns: int, l1: float, *, alike: bool = False) -> tuple[Quadratic, np.ndarray]:
    chance = np.random.Generator(np.random.PCG64(seed))
    factors = chance.normal(size=(unknowns + 3, unknowns))
    factors += 3 * chance.normal(size=(unknowns + 3, 1)) if alike else 0
    matrix = factors.T @ factors
    rising, falling = chance.random(unknowns) < 0.7, chance.random(unknowns) < 0.7
    linear = 3 * chance.normal(size=unknowns)
    return Quadratic(
        lambda c: matrix[np.ix_(c, c)], lambda d: matrix @ d, linear, l1, 0.1, rising, falling
    ), matrix


def holds(quadratic: Quadratic, matrix: np.ndarray, found: np.ndarray) -> None:
    """Nothing can be bettered: slopes are as great as the penalty where it moves, no greater elsewhere."""
    slope = quadratic.linear - matrix @ found - quadratic.l2 * found
    assert quadratic.rising[found > 0].all()
    assert quadratic.falling[found < 0].all()
    moved = found != 0
    np.testing.assert_allclose(slope[moved], quadratic.l1 * np.sign(found[moved]), atol=1e-6)
    assert (slope[~moved & quadratic.rising] <= quadratic.l1 + 1e-6).all()
    assert (slope[~moved & quadratic.falling] >= -quadratic.l1 - 1e-6).all()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 25), st.sampled_from([0.0, 0.5, 2.0]), st.booleans())
def test_what_is_found_cannot_be_bettered(seed: int, unknowns: int, l1: float, alike: bool) -> None:  # noqa: FBT001
    quadratic, matrix = problem(seed, unknowns, l1, alike=alike)
    holds(quadratic, matrix, solve(quadratic, np.zeros(unknowns)))


def test_a_wrong_first_guess_is_put_right() -> None:
    quadratic, matrix = problem(5, 12, 0.5)
    assert np.allclose(solve(quadratic, np.ones(12)), solve(quadratic, np.zeros(12)))
    holds(quadratic, matrix, solve(quadratic, -np.ones(12)))


def test_one_guess_is_turned_at_a_time_where_turning_all_goes_in_circles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pivoting, "PATIENCE", 0)
    for seed in range(30):
        quadratic, matrix = problem(seed, 15, 0.2, alike=True)
        holds(quadratic, matrix, solve(quadratic, np.zeros(15)))


def test_signs_are_right_even_where_the_turns_run_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pivoting, "TURNS_MOST", 1)
    quadratic, _ = problem(3, 15, 0.2, alike=True)
    found = solve(quadratic, np.where(quadratic.rising, 1.0, 0.0))
    assert (found >= 0).all()
    assert quadratic.rising[found > 0].all()
