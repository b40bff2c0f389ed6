"""Parcelling: refused people given outcomes by bands of scores, to see what they would have taught."""

from dataclasses import dataclass, replace

import numpy as np

from credence.training import validation
from credence.training.applied import applied
from credence.training.arrays import Codes, Flags, Floats
from credence.training.columns import Table
from credence.training.evidence import Evidence
from credence.training.fit import Fit, fit
from credence.training.merging import BUDGET
from credence.training.points import Points
from credence.training.table import folds_of

# Bands of about as many people with outcomes each.
BANDS = 10
# However often the refused are taken to be bad, some of them would have been good.
RATE_MOST = 0.95


@dataclass(frozen=True)
class Parcel:
    """A band of scores.

    Attributes:
        below: The score at which it ends; None for the highest.
        rows: How many people with outcomes have such a score.
        bad_rate: How many of them were bad, as a share.
        refused: How many refused people have such a score.
    """

    below: int | None
    rows: int
    bad_rate: float
    refused: int


@dataclass(frozen=True)
class Refused:
    """Refused people with a score, and the parcel that each is in."""

    table: Table
    scores: Floats
    places: Codes
    parcels: list[Parcel]

    def outcomes(self, factor: float, seed: int) -> Floats:
        """An outcome for each: in every parcel as many bad as its bad rate times a factor, by lot."""
        found = np.zeros(len(self.scores))
        lot = np.random.Generator(np.random.PCG64(seed)).permutation(len(found))
        for number, parcel in enumerate(self.parcels):
            mine = lot[self.places[lot] == number]
            found[mine[: round(len(mine) * min(parcel.bad_rate * factor, RATE_MOST))]] = 1
        return found


def parcelled(evidence: Evidence, refused: Table) -> tuple[Refused, int]:
    """Put refused people into parcels; and how many have no score."""
    scores, known = applied(evidence.fit, evidence.points, refused)
    kept = scores[known].astype(np.float64)
    inner = np.quantile(evidence.scores, [n / BANDS for n in range(1, BANDS)], method="inverted_cdf")
    ends = np.unique(inner[inner > evidence.scores.min()])
    accepted = np.searchsorted(ends, evidence.scores, side="right")
    places = np.searchsorted(ends, kept, side="right")
    parcels = []
    for number, below in enumerate([*map(int, ends.tolist()), None]):
        mine = accepted == number
        rate = float(evidence.table.bad[mine].mean())
        parcels.append(Parcel(below, int(mine.sum()), rate, int((places == number).sum())))
    return Refused(refused.taken(known), kept, places, parcels), int((~known).sum())


@dataclass(frozen=True)
class Inferred:
    """A fit of people with outcomes and of refused people with assumed ones, who come last."""

    table: Table
    fit: Fit
    rows: int
    points: Points
    scores: Floats

    @property
    def known(self) -> Flags:
        """Which rows have an outcome that was seen."""
        return np.arange(len(self.table.bad)) < self.rows


def inferred(evidence: Evidence, refused: Refused, factor: float) -> Inferred:
    """Learn from both by the same method; the refused are dealt into the folds of those with outcomes."""
    table, seed = evidence.table, evidence.order.source.seed
    assumed = refused.outcomes(factor, seed)
    columns = tuple(
        one.joined(other) for one, other in zip(table.columns, refused.table.columns, strict=True)
    )
    folds = np.concatenate([table.folds, folds_of(assumed)])
    both = Table(columns, np.concatenate([table.bad, assumed]), folds, 0)
    wishes = replace(evidence.plain.wishes, method=evidence.plain.method)
    found = fit(both, wishes, evidence.told)
    cards = validation.cut(found, BUDGET, found.wishes.lines_most)
    return Inferred(both, found, len(table.bad), found.points, validation.unseen(found, cards))


def by_column(fit: Fit, points: Points, table: Table) -> dict[str, Floats]:
    """For each column the points that each row gets for it."""
    found = {}
    for number, (bins, lines) in enumerate(zip(fit.bins, points.lines, strict=True)):
        if lines:
            alone = replace(
                points, base=0, lines=tuple(x if n == number else () for n, x in enumerate(points.lines))
            )
            found[bins.column] = applied(fit, alone, table)[0].astype(np.float64)
    return found
