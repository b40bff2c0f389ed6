"""How far figures would move on other rows of the same kind: good and bad rows drawn again, each for itself.

A figure of scores and outcomes depends on nothing but how many good and bad rows each score has, so these
counts are drawn again, and not the rows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Floats
from credence.training.figures import counted, losses

DRAWS = 400
# The middle 95 % of what is drawn.
LOW, HIGH = 2.5, 97.5
TENTHS = 10
DIGITS = 6


@dataclass(frozen=True)
class Interval:
    """A figure, its standard error, and what 95 % of draws lie between."""

    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Counts:
    """Good and bad rows by score from the lowest, one line a draw, with the chance that each score gives."""

    good: Floats
    bad: Floats
    chances: Floats

    @property
    def rows(self) -> Floats:
        """Good and bad rows together."""
        return self.good + self.bad


def counts_of(scores: Floats, chances: Floats, bad: Floats) -> Counts:
    """The counts as they are, in one line."""
    good, bads = counted(scores, bad)
    _, first = np.unique(scores, return_index=True)
    return Counts(good[None], bads[None], chances[first])


def auc(counts: Counts) -> Floats:
    """How often a good row scores higher than a bad one."""
    below = np.cumsum(counts.bad, axis=1) - counts.bad / 2
    whole = counts.good.sum(axis=1) * counts.bad.sum(axis=1)
    return np.asarray((counts.good * below).sum(axis=1) / whole, dtype=np.float64)


def gini(counts: Counts) -> Floats:
    """Twice the AUC, less 1."""
    return 2 * auc(counts) - 1


def ks(counts: Counts) -> Floats:
    """The greatest distance between the shares of bad and of good rows up to a score."""
    bads, goods = (
        np.cumsum(side, axis=1) / side.sum(axis=1, keepdims=True) for side in (counts.bad, counts.good)
    )
    return np.asarray(np.abs(bads - goods).max(axis=1), dtype=np.float64)


def log_loss(counts: Counts) -> Floats:
    """The mean of minus the logarithm of the chance given to what came."""
    bad, good = (losses(counts.chances, np.full_like(counts.chances, end)) for end in (1, 0))
    return np.asarray((counts.bad * bad + counts.good * good).sum(axis=1) / counts.rows.sum(axis=1))


def brier(counts: Counts) -> Floats:
    """The mean squared distance between chances and outcomes."""
    lost = counts.bad * (1 - counts.chances) ** 2 + counts.good * counts.chances**2
    return np.asarray(lost.sum(axis=1) / counts.rows.sum(axis=1), dtype=np.float64)


def calibration_error(counts: Counts) -> Floats:
    """The mean distance between the bad share that is predicted and the one seen, over tenths of the rows."""
    rows = counts.rows.mean(axis=0)
    tenths = ((np.cumsum(rows) - rows / 2) * TENTHS / rows.sum()).astype(np.intp)
    starts = np.flatnonzero(np.diff(tenths, prepend=-1))
    away = np.add.reduceat(counts.rows * counts.chances - counts.bad, starts, axis=1)
    return np.asarray(np.abs(away).sum(axis=1) / counts.rows.sum(axis=1), dtype=np.float64)


FIGURES: dict[str, Callable[[Counts], Floats]] = {
    "auc": auc,
    "gini": gini,
    "ks": ks,
    "log_loss": log_loss,
    "brier": brier,
    "calibration_error": calibration_error,
}


def drawn(counts: Counts, seed: int) -> Counts:
    """Good and bad rows drawn again, as many as there are of each."""
    chance = np.random.Generator(np.random.PCG64(seed))
    good, bad = (
        chance.multinomial(int(side.sum()), side[0] / side.sum(), DRAWS).astype(np.float64)
        for side in (counts.good, counts.bad)
    )
    return Counts(good, bad, counts.chances)


def intervals(counts: Counts, seed: int) -> dict[str, Interval]:
    """Every figure with its error."""
    again, found = drawn(counts, seed), {}
    for name, figure in FIGURES.items():
        values = figure(again)
        low, high = np.percentile(values, [LOW, HIGH])
        numbers = float(figure(counts)[0]), float(values.std(ddof=1)), float(low), float(high)
        found[name] = Interval(*(round(number, DIGITS) for number in numbers))
    return found


def right_by_chance(counts: Counts, seed: int) -> float:
    """The calibration error that chances which are right stay under, 19 times of 20."""
    chance = np.random.Generator(np.random.PCG64(seed))
    rows = counts.rows[0].astype(np.int64)
    bad = chance.binomial(rows, counts.chances, (DRAWS, len(rows))).astype(np.float64)
    return round(float(np.percentile(calibration_error(Counts(rows - bad, bad, counts.chances)), 95)), DIGITS)
