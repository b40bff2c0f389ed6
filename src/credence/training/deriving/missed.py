"""How much a fit misses of what else could be asked: score tests beside everything that is asked already."""

from collections.abc import Sequence

import numpy as np

from credence.training.arrays import Codes, Floats, totals
from credence.training.directions import by_chance

# Answers are looked at in about so many groups of as many rows each.
GROUPS = 12
# Weight that is added to each group, so that small ones do not look like finds.
ADDED = 5.0


def grouped(codes: Codes) -> Codes:
    """Attributes in their order, put together until each group has about as many rows."""
    counts = np.bincount(codes)
    middle = np.cumsum(counts) - counts / 2
    places = np.floor(middle * GROUPS / len(codes)).astype(np.intp)
    found: Codes = np.unique(places[codes], return_inverse=True)[1]
    return found


def gains(asked: Sequence[Codes], tried: Sequence[Codes], rest: Floats, weights: Floats) -> list[float]:
    """For each that is tried what a Newton step on its groups would gain, in parts of what chance would.

    Args:
        asked: The group of each row, of everything that is asked already, whose steps may move meanwhile.
        tried: The group of each row, of each that is tried.
        rest: What the fit misses of each row; 0 where a row is not to be looked at.
        weights: The weight of each row in the fit; 0 there, too.
    """
    matrix = np.block([[_both(one, other, weights) for other in asked] for one in asked])
    inverse = np.linalg.inv(matrix + ADDED * np.eye(len(matrix)))
    moved = inverse @ np.concatenate([totals(codes, rest, int(codes.max()) + 1) for codes in asked])
    found = []
    for codes in tried:
        across = np.hstack([_both(codes, one, weights) for one in asked])
        missed = totals(codes, rest, len(across)) - across @ moved
        own = np.diag(totals(codes, weights, len(across)) + ADDED) - across @ inverse @ across.T
        gain = float(missed @ np.linalg.solve(own, missed))
        found.append(round(gain / by_chance(len(across) - 1), 6))
    return found


def _both(one: Codes, other: Codes, weights: Floats) -> Floats:
    """The weight of the rows that are in a group of one and in a group of the other."""
    rows, columns = int(one.max()) + 1, int(other.max()) + 1
    return totals(one * columns + other, weights, rows * columns).reshape(rows, columns)
