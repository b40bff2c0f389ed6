"""The quadratic problem inside a Newton step: squares, absolute values, and signs that must hold.

Minimises 1/2 d'Hd - q'd + l1 |d| + l2/2 d'd over d whose signs are allowed: a problem of non-negative least
squares in (d+, d-), solved by block principal pivoting (Kim and Park 2011): guess which d are not zero and
of which sign, solve for them, turn all guesses round that prove wrong, and again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Codes, Flags, Floats

# Turns of all wrong guesses that may pass without fewer wrong ones; from then on one guess is turned a time.
PATIENCE = 5
TURNS_MOST = 500
# Of the penalty: a slope beyond it by less is noise.
SLACK = 1e-7


@dataclass(frozen=True)
class Quadratic:
    """The problem.

    Attributes:
        block: H between some unknowns (rows, columns).
        times: H times unknowns.
        linear: q.
        l1: The penalty on absolute values.
        l2: The penalty on squares.
        rising: Which unknowns may be above zero.
        falling: Which may be below.
    """

    block: Callable[[Codes], Floats]
    times: Callable[[Floats], Floats]
    linear: Floats
    l1: float
    l2: float
    rising: Flags
    falling: Flags


def solve(problem: Quadratic, signs: Floats) -> Floats:
    """The unknowns, from a first guess of their signs (-1, 0, 1)."""
    signs, fewest, patience = signs.copy(), len(signs) + 1, PATIENCE
    steps = np.zeros(len(signs))
    for _ in range(TURNS_MOST):
        steps = _solved(problem, signs)
        wrong, should = _wrong(problem, signs, steps)
        count = int(wrong.sum())
        if not count:
            break
        patience = PATIENCE if count < fewest else patience - 1
        fewest = min(fewest, count)
        if patience < 0:
            wrong[: np.flatnonzero(wrong)[-1]] = False
        signs[wrong] = should[wrong]
    return np.where(steps * signs > 0, steps, 0.0)


def _solved(problem: Quadratic, signs: Floats) -> Floats:
    steps = np.zeros(len(signs))
    chosen = np.flatnonzero(signs)
    if len(chosen):
        matrix = problem.block(chosen)
        matrix[np.diag_indices(len(chosen))] += problem.l2
        steps[chosen] = np.linalg.solve(matrix, problem.linear[chosen] - problem.l1 * signs[chosen])
    return steps


def _wrong(problem: Quadratic, signs: Floats, steps: Floats) -> tuple[Flags, Floats]:
    """Which guesses are wrong, and what they should be."""
    slope = problem.linear - problem.times(steps) - problem.l2 * steps
    beyond = problem.l1 * (1 + SLACK)
    should = np.where((slope > beyond) & problem.rising, 1.0, 0.0)
    should[(slope < -beyond) & problem.falling] = -1.0
    wrong = np.where(signs == 0, should != 0, steps * signs < 0)
    return wrong, np.where(signs == 0, should, 0.0)
