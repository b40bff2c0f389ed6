"""Which reasons are told: the differences to a baseline, those with the same code added up.

PMML's Scorecard semantics (pointsBelow, or pointsAbove where the file says so): only positive differences
are kept, the greatest first, ties in document order. A baseline is exact: totals of points over so many
people, so that no rounding decides.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from credence.scorecards.model import Scorecard

REASONS_MOST = 4


@dataclass(frozen=True)
class Baseline:
    """Points to compare with, per characteristic: a total over `people`.

    Attributes:
        name: best, average or cutoff.
        totals: For each characteristic, the sum of points; None where nothing limits the best.
        people: How many people the totals add up.
    """

    name: str
    totals: dict[str, int | None]
    people: int = 1


@dataclass(frozen=True)
class Reason:
    """A reason why the score is not higher: its code, its sentence and the points it stands for."""

    code: str
    sentence: str
    points: Fraction


def best(scorecard: Scorecard) -> Baseline:
    """The baseline of the most points possible: what a person could still gain."""
    return Baseline("best", {c.name: c.points_most for c in scorecard.characteristics})


def usual(scorecard: Scorecard) -> Baseline:
    """The baseline that the file states, else the best possible; what it leaves out is the best possible."""
    most = best(scorecard)
    if scorecard.baseline is None:
        return most
    # Means are rarely whole: as averages, they are totals over as many people as their denominators ask.
    stated = scorecard.baseline.points
    people = lcm(*(points.denominator for points in stated.values()))
    totals = {name: None if points is None else points * people for name, points in most.totals.items()}
    return Baseline(
        "stated", totals | {name: int(points * people) for name, points in stated.items()}, people
    )


def rank(scorecard: Scorecard, baseline: Baseline, got: dict[str, tuple[int, str | None]]) -> list[Reason]:
    """Rank reasons.

    Args:
        scorecard: The scorecard.
        baseline: What is compared with.
        got: For each characteristic the points and the reason code of its attribute.
    """
    order = {code: index for index, code in enumerate(scorecard.reason_codes())}
    sign = -1 if scorecard.reason_points == "above" else 1
    apart: dict[str, int] = {}
    for name, (points, code) in got.items():
        total = baseline.totals[name]
        if code is not None and total is not None:
            apart[code] = apart.get(code, 0) + sign * (total - points * baseline.people)
    kept = [(code, points) for code, points in apart.items() if points > 0]
    ranked = sorted(kept, key=lambda pair: (-pair[1], order[pair[0]]))
    return [Reason(c, scorecard.reasons[c], Fraction(p, baseline.people)) for c, p in ranked]
