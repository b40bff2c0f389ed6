"""Scaling: which score stands for which odds, and back.

Odds are good : bad everywhere, and a higher score is better. Score = offset + factor x ln(odds), with
factor = points to double the odds / ln 2 (domain practice; worked cases in the tests).
"""

from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True)
class Scale:
    """A scale fixed by one score at known odds, and the points that double the odds."""

    score: int
    odds: float
    points_to_double_odds: float

    @property
    def factor(self) -> float:
        """Points for each unit of the logarithm of the odds."""
        return self.points_to_double_odds / log(2)

    @property
    def offset(self) -> float:
        """The score at even odds."""
        return self.score - self.factor * log(self.odds)

    def score_at(self, odds: float) -> float:
        """The score that stands for these odds (good : bad)."""
        return self.offset + self.factor * log(odds)

    def odds_at(self, score: float) -> float:
        """The odds (good : bad) that a score stands for."""
        return exp((score - self.offset) / self.factor)

    def bad_rate_at(self, score: float) -> float:
        """The share of bad outcomes (probability of default) that a score stands for."""
        return 1 / (1 + self.odds_at(score))
