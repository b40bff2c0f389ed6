"""Odds by score: the straight line of ln(good / bad) over a score that fits outcomes best."""

from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Codes, Floats

# Newton steps; few are needed for two numbers.
STEPS = 50
# A slope is kept from growing without end where a score parts good from bad without error.
RIDGE = 1e-6


@dataclass(frozen=True)
class OddsLine:
    """ln(good / bad) = intercept + slope x score; `error` is the standard error of the slope."""

    intercept: float
    slope: float
    error: float

    def chances(self, scores: Floats) -> Floats:
        """The chance of a bad outcome at each score."""
        found: Floats = 1 / (1 + np.exp(np.clip(self.intercept + self.slope * scores, -500, 500)))
        return found


def odds_line(scores: Floats, bad: Floats) -> OddsLine:
    """Fit a line to scores and outcomes (logistic regression)."""
    middle, spread = float(scores.mean()), float(scores.std()) or 1.0
    asked = np.column_stack([np.ones(len(scores)), (scores - middle) / spread])
    found = np.array([np.log((1 - bad.mean()) / bad.mean()), 0.0])
    held = np.diag([0.0, RIDGE * len(scores)])
    curvature = held
    for _ in range(STEPS):
        good = 1 / (1 + np.exp(-np.clip(asked @ found, -500, 500)))
        curvature = (asked * (good * (1 - good))[:, None]).T @ asked + held
        step = np.linalg.solve(curvature, asked.T @ ((1 - bad) - good) - held @ found)
        found += np.clip(step, -2, 2)
    error = float(np.linalg.inv(curvature)[1, 1]) ** 0.5 / spread
    slope = float(found[1]) / spread
    return OddsLine(float(found[0]) - slope * middle, slope, error)


def chances_of_others(scores: Floats, bad: Floats, folds: Codes) -> Floats:
    """The chance of a bad outcome of each row, by the line that the other folds' rows fit; of all if one."""
    found = np.zeros(len(scores))
    for fold in np.unique(folds).tolist():
        mine = folds == fold
        others = ~mine if not mine.all() else mine
        found[mine] = odds_line(scores[others], bad[others]).chances(scores[mine])
    return found
