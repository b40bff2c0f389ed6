"""Near-twins: rows that are far nearer to one other row than to the rest, as copies are whose numbers moved.

Of some rows the distances to all others are looked at, each question between 0 and 1: the distance between
the places of two numbers in the order of all, or whether two texts differ, or whether one of two is missing.
Among rows spread evenly in so many dimensions it is known how near the nearest is beside the twentieth; how
much further the sixtieth is shows the dimensions. What is nearer is no chance.
"""

from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Codes, Floats
from credence.training.columns import Table

# At most so many rows are looked at, and so many distances.
ROWS_MOST, DISTANCES_MOST = 500, 30_000_000
# The neighbours that are compared, and the ratio of distances that makes a near-twin.
NEAREST, USUAL, FURTHER = 0, 19, 59
RATIO = 0.2
# More near-twins than this over what chance makes of the rows are named.
SHARE_MOST = 0.05


@dataclass(frozen=True)
class Twins:
    """What was found among the rows looked at; rows that are alike altogether are not among the twins.

    Attributes:
        looked_at: How many rows were looked at.
        alike: How many of them have the same answers as another.
        near: How many others have a near-twin.
        by_chance: How many would, if rows were spread evenly.
        bad_near: The share of bad outcomes of those, and `bad_others` that of the rest; None of nobody.
    """

    looked_at: int
    alike: int
    near: int
    by_chance: float
    bad_near: float | None
    bad_others: float | None

    @property
    def many(self) -> bool:
        """Whether they are more than chance makes."""
        return self.near - 2 * self.by_chance > SHARE_MOST * self.looked_at


def twins_of(table: Table, seed: int) -> Twins | None:
    """The near-twins among the rows of a table; None of a table with hardly any rows."""
    rows = len(table.bad)
    if rows <= FURTHER + 1:
        return None
    many = min(ROWS_MOST, rows, max(DISTANCES_MOST // rows, 1))
    chosen = np.sort(np.random.Generator(np.random.PCG64(seed)).choice(rows, many, replace=False))
    space = _Space.of(table)
    found = np.array([_neighbours(space.distances(row)) for row in chosen.tolist()])
    nearest, usual, further = found.T
    alike = nearest <= 0
    near = ~alike & (nearest < RATIO * usual)
    return Twins(
        looked_at=many,
        alike=int(alike.sum()),
        near=int(near.sum()),
        by_chance=round(float((~alike).sum()) * _by_chance(usual[~alike], further[~alike]), 1),
        bad_near=_share(table.bad[chosen[near]]),
        bad_others=_share(table.bad[chosen[~near]]),
    )


def _placed(numbered: tuple[list[float] | list[str], Codes]) -> Floats:
    """Where each answer stands in the order of all, from 0 to 1; NaN where there is none."""
    known, codes = numbered
    counts = np.bincount(codes[codes >= 0], minlength=len(known))
    middles = (np.cumsum(counts) - counts / 2) / max(counts.sum(), 1)
    return np.append(middles, np.nan)[codes]


@dataclass(frozen=True)
class _Space:
    """Where each row stands by every question, and which questions ask numbers."""

    answers: list[Floats]
    numbers: list[bool]

    @classmethod
    def of(cls, table: Table) -> "_Space":
        answers = [_placed(column.numbered()) for column in table.columns]
        return cls(answers, [column.texts is None for column in table.columns])

    def distances(self, row: int) -> Floats:
        """The distance of each other row from one."""
        whole = np.zeros(len(self.answers[0]))
        for places, number in zip(self.answers, self.numbers, strict=True):
            away = np.abs(places - places[row]) if number else (places != places[row]).astype(np.float64)
            missing = np.isnan(places)
            away[missing] = float(not missing[row])
            away[~missing & missing[row]] = 1.0
            whole += away
        whole[row] = np.inf
        return whole


def _neighbours(distances: Floats) -> tuple[float, ...]:
    """The distances to those neighbours that are compared."""
    ends = np.partition(distances, [NEAREST, USUAL, FURTHER])
    return tuple(float(ends[place]) for place in (NEAREST, USUAL, FURTHER))


def pairs_of(table: Table) -> list[tuple[int, int]]:
    """Each row that has a near-twin, with that one: every row is held against every other."""
    space, found = _Space.of(table), []
    for row in range(len(table.bad)):
        distances = space.distances(row)
        nearest, usual, _ = _neighbours(distances)
        if 0 < nearest < RATIO * usual:
            found.append((row, int(distances.argmin())))
    return found


def _by_chance(usual: Floats, further: Floats) -> float:
    """The share of rows with so near a neighbour, where rows are spread evenly."""
    known = (usual > 0) & (further > usual)
    apart = np.log(further[known] / usual[known])
    if not len(apart):
        return 1.0
    dimensions = np.log((FURTHER + 1) / (USUAL + 1)) / float(np.median(apart))
    return float(1 - (1 - RATIO**dimensions) ** USUAL)


def _share(bad: Floats) -> float | None:
    return round(float(bad.mean()), 6) if len(bad) else None
