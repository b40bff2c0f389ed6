"""Which characteristic carries a gap in points: exactly, since a score is a sum of them."""

from dataclasses import dataclass

from credence.training.arrays import Floats, totals
from credence.training.fairness.compared import DIGITS
from credence.training.fairness.groups import Grouping
from credence.training.fit import Fit
from credence.training.points import Line, Points


@dataclass(frozen=True)
class Carried:
    """What one characteristic adds to the gaps in mean points, of each group beside the reference."""

    characteristic: str
    gaps: list[float]


def carried(fit: Fit, points: Points, groups: Grouping, reference: int) -> list[Carried]:
    """Each characteristic's part of the gaps, the greatest first; the parts add up to the gaps."""
    found = []
    for number, lines in enumerate(points.lines):
        if lines:
            means = _means(fit, number, lines, groups)
            gaps = [round(mean - means[reference], DIGITS) + 0.0 for mean in means]
            found.append(Carried(fit.bins[number].column, gaps))
    return in_order(found)


def in_order(parts: list[Carried]) -> list[Carried]:
    """The greatest first."""
    return sorted(parts, key=lambda one: (-max(map(abs, one.gaps)), one.characteristic))


def _means(fit: Fit, number: int, lines: tuple[Line, ...], groups: Grouping) -> list[float]:
    """The mean points of each group."""
    codes, size = fit.design.codes[number], fit.design.shapes[number].size
    found = []
    for group in range(len(groups.names)):
        mine = groups.rows(group).astype(float)
        counts: Floats = totals(codes, mine, size)
        total = sum(line.points * float(counts[list(line.attributes)].sum()) for line in lines)
        found.append(total / float(mine.sum()))
    return found
