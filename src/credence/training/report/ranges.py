"""Ranges of scores with about as many rows in each, and how many others lie in them."""

from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Codes, Floats

RANGES = 10


@dataclass(frozen=True)
class Spread:
    """How scores are spread: limits between ranges, and how many rows lie in each."""

    limits: list[int]
    rows: list[int]

    @classmethod
    def of(cls, scores: Floats | Codes) -> "Spread":
        """Ten ranges, or fewer where many rows have one score."""
        first = np.sort(scores)
        places = (np.arange(1, RANGES) * len(first)) // RANGES
        limits = [int(limit) for limit in np.unique(first[places]).tolist()]
        return cls(limits, within(limits, scores))


def within(limits: list[int], scores: Floats | Codes) -> list[int]:
    """How many scores lie within each range; a limit belongs to the range above it."""
    cells = np.searchsorted(limits, scores, side="right")
    return [int(rows) for rows in np.bincount(cells, minlength=len(limits) + 1).tolist()]
