"""Scaling: which score stands for which odds, and back.

Odds are good : bad everywhere, and a higher score is better. Score = offset + factor x ln(odds), with
factor = points to double the odds / ln 2 (domain practice; worked cases in the tests).
"""

import re
from dataclasses import dataclass
from math import exp, log

NUMBER = r"(\d[\d.e+-]*)"
WORDS = re.compile(rf"(-?\d+) at {NUMBER} good to 1 bad, twice that every {NUMBER} points")


@dataclass(frozen=True)
class Scale:
    """A scale fixed by one score at known odds, and the points that double the odds."""

    score: int
    odds: float
    points_to_double_odds: float

    def __str__(self) -> str:
        """The scale in words, which `read` reads again."""
        doubled = f"twice that every {self.points_to_double_odds:g} points"
        return f"{self.score} at {self.odds:g} good to 1 bad, {doubled}"

    @classmethod
    def read(cls, text: str) -> "Scale | None":
        """The scale that words say; None where they say none."""
        found = WORDS.match(text)
        return cls(int(found[1]), float(found[2]), float(found[3])) if found else None

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
