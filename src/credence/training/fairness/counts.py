"""Rows counted by group, outcome and score: all that figures of groups are made of, and chance's part.

A bootstrap draws rows with replacement; rows that are alike in group, outcome and score need not be told
apart, so a draw of rows is a draw of counts. A scorecard's scores are whole numbers: a thousand counts
stand for any number of rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Codes, Floats

# Draws of the bootstrap, if nobody says how many.
DRAWS = 1000
# Counts that are held at a time.
HELD = 4_000_000


@dataclass(frozen=True)
class Counts:
    """How many rows each group has of each outcome at each score.

    Attributes:
        scores: The different scores, from the lowest.
        rows: By group, outcome (good, bad) and score; last the rows that are in no group.
    """

    scores: Floats
    rows: Floats

    @classmethod
    def of(cls, scores: Floats, bad: Floats, codes: Codes, groups: int) -> "Counts":
        """Count rows; a group of -1 is none."""
        different, places = np.unique(scores, return_inverse=True)
        group = np.where(codes < 0, groups, codes)
        cells = (group * 2 + bad.astype(np.intp)) * len(different) + places
        shape = groups + 1, 2, len(different)
        rows = np.bincount(cells, minlength=shape[0] * shape[1] * shape[2])
        return cls(different, rows.reshape(shape).astype(np.float64))

    def drawn(self, seed: int, draws: int = DRAWS) -> Iterator[Floats]:
        """The counts of rows drawn with replacement, some draws at a time; the draw is the first axis."""
        chance = np.random.Generator(np.random.PCG64(seed))
        filled = np.flatnonzero(self.rows)
        counts = self.rows.ravel()[filled].astype(np.int64)
        total = int(counts.sum())
        at_a_time = max(1, min(draws, HELD // self.rows.size))
        for first in range(0, draws, at_a_time):
            some = min(at_a_time, draws - first)
            found = np.zeros((some, self.rows.size))
            found[:, filled] = chance.multinomial(total, counts / total, some)
            yield found.reshape(some, *self.rows.shape)
