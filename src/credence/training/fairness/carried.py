"""Which characteristic carries a gap in points: exactly, since a score is a sum of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from credence.training.fairness.compared import DIGITS
from credence.training.fairness.groups import Grouping
from credence.training.judged import Question


@dataclass(frozen=True)
class Carried:
    """What one characteristic adds to the gaps in mean points, of each group beside the reference."""

    characteristic: str
    gaps: list[float]


def carried(questions: Iterable[Question], groups: Grouping, reference: int) -> list[Carried]:
    """Each characteristic's part of the gaps, the greatest first; the parts add up to the gaps."""
    found = []
    for question in questions:
        means = [float(question.given[groups.rows(number)].mean()) for number in range(len(groups.names))]
        gaps = [round(mean - means[reference], DIGITS) + 0.0 for mean in means]
        found.append(Carried(question.name, gaps))
    return in_order(found)


def in_order(parts: list[Carried]) -> list[Carried]:
    """The greatest first."""
    return sorted(parts, key=lambda one: (-max(map(abs, one.gaps)), one.characteristic))
