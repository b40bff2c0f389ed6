"""Figures of scores beside outcomes: how well they part good from bad, and whether chances are right.

Scores are higher for better; `bad` is 1 for a bad outcome, 0 for a good one.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from credence.training.arrays import Floats, totals

DECILES = 10
# A chance is never taken for less, so that its logarithm has a value.
NOTHING = 1e-15
# Of the normal distribution, 95 % lie within so many standard deviations.
SURE = 1.959964


@dataclass(frozen=True)
class Tenth:
    """A tenth of the rows by score: what was predicted and what was seen."""

    rows: int
    predicted: float
    seen: float


def counted(scores: Floats, bad: Floats) -> tuple[Floats, Floats]:
    """Good and bad rows at each different score, from the lowest."""
    _, places = np.unique(scores, return_inverse=True)
    size = int(places.max()) + 1
    return totals(places, 1 - bad, size), totals(places, bad, size)


def auc(scores: Floats, bad: Floats) -> float:
    """How often a good row scores higher than a bad one; a tie counts a half."""
    good, bads = counted(scores, bad)
    below = np.cumsum(bads) - bads / 2
    return float(good @ below / (good.sum() * bads.sum()))


def ks(scores: Floats, bad: Floats) -> float:
    """The greatest difference between the shares of bad and of good rows up to a score."""
    good, bads = counted(scores, bad)
    return float(np.abs(np.cumsum(bads) / bads.sum() - np.cumsum(good) / good.sum()).max())


def gini(area: float) -> float:
    """The Gini coefficient of an AUC."""
    return 2 * area - 1


def losses(chances: Floats, bad: Floats) -> Floats:
    """Minus the logarithm of the chance given to what came, of each row."""
    given = np.clip(np.where(bad == 1, chances, 1 - chances), NOTHING, 1)
    found: Floats = -np.log(given)
    return found


def log_loss(chances: Floats, bad: Floats) -> float:
    """The mean of minus the logarithm of the chance given to what came."""
    return float(losses(chances, bad).mean())


def brier(chances: Floats, bad: Floats) -> float:
    """The mean squared difference between chances and outcomes."""
    return float(((chances - bad) ** 2).mean())


def calibration(chances: Floats, bad: Floats) -> list[Tenth]:
    """Tenths of the rows from the greatest chance of a bad outcome to the least."""
    order = np.argsort(-chances, kind="stable")
    return [
        Tenth(len(rows), float(chances[rows].mean()), float(bad[rows].mean()))
        for rows in np.array_split(order, DECILES)
    ]


def weights_of_evidence(good: Floats, bad: Floats) -> Floats:
    """For each attribute ln(its share of the good / its share of the bad); half a row for none."""
    shares = [np.maximum(side, 0.5) / side.sum() for side in (good, bad)]
    found: Floats = np.log(shares[0] / shares[1])
    return found


def information_value(good: Floats, bad: Floats) -> float:
    """How much a characteristic tells by itself: .02 next to nothing, over .5 suspiciously much."""
    return float((good / good.sum() - bad / bad.sum()) @ weights_of_evidence(good, bad))


def wilson(some: float, rows: int) -> tuple[float, float]:
    """Wilson's interval of 95 % of a share."""
    share, spread = some / rows, SURE**2 / rows
    middle = (share + spread / 2) / (1 + spread)
    wide = SURE * sqrt(share * (1 - share) / rows + spread / (4 * rows)) / (1 + spread)
    return max(middle - wide, 0.0), min(middle + wide, 1.0)
