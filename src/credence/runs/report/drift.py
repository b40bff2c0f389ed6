"""How far counts of people moved from one run to the next: PSI, and CSI in points.

With shares of the people now and before, cell by cell:

- PSI = sum of (now - before) x ln(now / before). A cell that is empty on one side is counted as half a
  person there, so that the logarithm has a value; a cell that is empty on both sides is left out.
- By chance, two samples of one population stay under (1 / people now + 1 / people before) x the 95th
  percentile of chi square, with one degree of freedom fewer than there are cells, 19 times of 20. Few people
  in many cells make a PSI that looks like a shift; one over this is none that chance makes.
- CSI = sum of (now - before) x points of the cell: by how many points this moved the mean score.

All are for reading and for limits; no score is made of them.
"""

from collections.abc import Mapping, Sequence
from math import fsum, log, sqrt

STABLE, WATCH, SHIFTED = "stable", "watch", "shifted"
# Under the first the population is taken for the same, over the second for another.
WATCH_FROM, SHIFTED_OVER = 0.10, 0.25
EMPTY = 0.5
# The 95th percentile of the normal distribution.
OFTEN = 1.6449


def psi(now: Sequence[int], before: Sequence[int]) -> float | None:
    """The population stability index of two counts of the same cells; None where one side has nobody."""
    people, people_before = sum(now), sum(before)
    if not people or not people_before:
        return None
    cells = [(a, b) for a, b in zip(now, before, strict=True) if a or b]
    shares = [((a or EMPTY) / people, (b or EMPTY) / people_before) for a, b in cells]
    return fsum((a - b) * log(a / b) for a, b in shares)


def by_chance(now: Sequence[int], before: Sequence[int]) -> float | None:
    """The PSI that chance alone stays under 19 times of 20; None where one side has nobody.

    The percentile of chi square is Wilson and Hilferty's.
    """
    people, people_before = sum(now), sum(before)
    if not people or not people_before:
        return None
    free = sum(1 for a, b in zip(now, before, strict=True) if a or b) - 1
    if not free:
        return 0.0
    spread = 2 / (9 * free)
    return (1 / people + 1 / people_before) * free * (1 - spread + OFTEN * sqrt(spread)) ** 3


def csi(now: Mapping[str, int], before: Mapping[str, int], points: Mapping[str, int]) -> float | None:
    """The characteristic stability index in points; None where one side has nobody.

    People in cells without points (whoever falls there has no score) are left out on both sides.
    """
    people, people_before = (sum(side.get(cell, 0) for cell in points) for side in (now, before))
    if not people or not people_before:
        return None
    return fsum(
        (now.get(cell, 0) / people - before.get(cell, 0) / people_before) * got
        for cell, got in points.items()
    )


def meaning(index: float) -> str:
    """What a PSI says: stable, watch or shifted."""
    if index < WATCH_FROM:
        return STABLE
    return WATCH if index <= SHIFTED_OVER else SHIFTED


def may_be_chance(index: float, chance: float | None) -> bool:
    """Whether a PSI that is not called stable is one that chance may make of so few people."""
    return chance is not None and WATCH_FROM <= index <= chance
