"""Two scores of the same people: how much better one is than the other, and what chance may have done.

The difference is taken within each fold, where both scores are each of one scorecard, and averaged.
"""

from dataclasses import dataclass

import numpy as np

from credence.training import figures
from credence.training.arrays import Codes, Floats

DIGITS = 5


@dataclass(frozen=True)
class Difference:
    """How much more one score reaches than another on the same people.

    Attributes:
        mean: The mean over folds.
        error: Its standard error, from how folds differ; None where there is one fold.
        low: The lower end of an interval of 95 %, from how rows differ (DeLong's where it is of the AUC).
        high: The upper end.
    """

    mean: float
    error: float | None
    low: float
    high: float

    @property
    def by_chance(self) -> bool:
        """Whether chance alone may explain it."""
        return self.low <= 0 <= self.high


def auc_difference(one: Floats, other: Floats, bad: Floats, folds: Codes) -> Difference:
    """The AUC of one score less that of another; higher scores are better in both."""
    found = []
    for rows in _by_fold(folds):
        good, ill = rows[bad[rows] == 0], rows[bad[rows] == 1]
        goods = _places(one[good], one[ill]) - _places(other[good], other[ill])
        ills = _places(-one[ill], -one[good]) - _places(-other[ill], -other[good])
        found.append((float(goods.mean()), _variance(goods) + _variance(ills)))
    return _difference(found)


def _places(scores: Floats, others: Floats) -> Floats:
    """For each score the part of the others that is below it; a tie counts a half."""
    others = np.sort(others)
    below = np.searchsorted(others, scores, "left") + np.searchsorted(others, scores, "right")
    found: Floats = below / (2 * len(others))
    return found


def loss_difference(one: Floats, other: Floats, bad: Floats, folds: Codes) -> Difference:
    """The log-loss of one's chances of a bad outcome less that of another's; less is better."""
    lost = figures.losses(one, bad) - figures.losses(other, bad)
    return _difference([(float(lost[rows].mean()), _variance(lost[rows])) for rows in _by_fold(folds)])


def _variance(values: Floats) -> float:
    """The variance of the mean of values."""
    return float(values.var(ddof=1)) / len(values) if len(values) > 1 else 0.0


def _difference(found: list[tuple[float, float]]) -> Difference:
    means = np.array([mean for mean, _ in found])
    folds, mean = len(found), float(means.mean())
    half = figures.SURE * sum(variance for _, variance in found) ** 0.5 / folds
    error = float(means.std(ddof=1)) / folds**0.5 if folds > 1 else None
    return Difference(
        round(mean, DIGITS),
        None if error is None else round(error, DIGITS),
        round(mean - half, DIGITS),
        round(mean + half, DIGITS),
    )


def mean_auc(scores: Floats, bad: Floats, folds: Codes) -> float:
    """The mean over folds of the AUC in each."""
    return round(float(np.mean([figures.auc(scores[rows], bad[rows]) for rows in _by_fold(folds)])), DIGITS)


def sound(folds: Codes, bad: Floats) -> Codes:
    """The fold of each row; one for all where some fold has only good or only bad rows."""
    known = all(0 < float(bad[rows].sum()) < len(rows) for rows in _by_fold(folds))
    return folds if known else np.zeros_like(folds)


def _by_fold(folds: Codes) -> list[Codes]:
    return [np.flatnonzero(folds == fold) for fold in np.unique(folds).tolist()]


def percent(share: float | None) -> float | None:
    """A share as it stands in a table: in percent, with two decimals."""
    return None if share is None else round(100 * share, 2)


def points_said(difference: Difference) -> str:
    """A difference of AUC in words: 100 AUC points are the whole of it."""
    low, high = 100 * difference.low, 100 * difference.high
    return f"{100 * difference.mean:+.2f} AUC points (95 % interval {low:+.2f} to {high:+.2f})"
