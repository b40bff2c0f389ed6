"""Who would be decided otherwise: the swap set of two scores at equal acceptance, and how they migrate."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from credence.training.arrays import Codes, Floats

DIGITS = 5
FIFTHS = 5
ACCEPTED, REFUSED = "accepted", "refused"


@dataclass(frozen=True)
class Swapped:
    """Some people by what two scorecards would decide.

    Attributes:
        champion: What the scorecard in use decides.
        challenger: What the new one decides.
        rows: How many people.
        bad: How many of them with a bad outcome.
        bad_rate: Their share; None of nobody.
    """

    champion: str
    challenger: str
    rows: int
    bad: int
    bad_rate: float | None


@dataclass(frozen=True)
class Swaps:
    """The swap set.

    Attributes:
        champion_cut_off: The score from which the scorecard in use accepts.
        challenger_cut_off: The same of the new one.
        champion_accepts: The share of people that it accepts.
        challenger_accepts: The same of the new one; as near as whole points allow.
        sets: People by both decisions.
    """

    champion_cut_off: float
    challenger_cut_off: float
    champion_accepts: float
    challenger_accepts: float
    sets: tuple[Swapped, ...]

    def taken(self, champion: str, challenger: str) -> Swapped:
        """Those whom each decides on in a way."""
        return next(s for s in self.sets if (s.champion, s.challenger) == (champion, challenger))


def swaps(champion: Floats, challenger: Floats, bad: Floats, cut_off: float) -> Swaps:
    """Who swaps in and out where both accept as many: the new one from a cut-off on, the other as nearly."""
    share = float((challenger >= cut_off).mean())
    standing = equal_cut_off(champion, share)
    decided = {
        "champion": np.where(champion >= standing, ACCEPTED, REFUSED),
        "challenger": np.where(challenger >= cut_off, ACCEPTED, REFUSED),
    }
    sets = [
        _set(one, other, bad[(decided["champion"] == one) & (decided["challenger"] == other)])
        for one, other in product((ACCEPTED, REFUSED), repeat=2)
    ]
    accepts = float((champion >= standing).mean())
    return Swaps(standing, cut_off, round(accepts, DIGITS), round(share, DIGITS), tuple(sets))


def equal_cut_off(scores: Floats, share: float) -> float:
    """The score from which the share accepted is the nearest to another."""
    different, rows = np.unique(scores, return_counts=True)
    accepted = np.cumsum(rows[::-1])[::-1] / len(scores)
    return float(different[np.abs(accepted - share).argmin()])


def _set(champion: str, challenger: str, bad: Floats) -> Swapped:
    rate = round(float(bad.mean()), DIGITS) if len(bad) else None
    return Swapped(champion, challenger, len(bad), int(bad.sum()), rate)


def migration(champion: Floats, challenger: Floats) -> list[list[int]]:
    """How many people of each fifth of one score (a row, from the lowest) are in each of the other's."""
    one, other = _fifths(champion), _fifths(challenger)
    found = np.zeros((FIFTHS, FIFTHS), dtype=np.intp)
    np.add.at(found, (one, other), 1)
    return [[int(rows) for rows in line] for line in found.tolist()]


def _fifths(scores: Floats) -> Codes:
    """The fifth of each score, from the lowest; people with equal scores are in one."""
    ends = np.quantile(scores, [part / FIFTHS for part in range(1, FIFTHS)], method="inverted_cdf")
    return np.searchsorted(ends, scores, side="left")
