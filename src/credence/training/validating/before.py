"""What is known of the rows that a scorecard was learnt from, as `validation.json` beside it says."""

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from credence.errors import DefinitionError, Fault
from credence.scorecards.gate.figures import FIGURES
from credence.scorecards.gate.points_hash import points_hash
from credence.scorecards.model import Scorecard
from credence.scorecards.scale import Scale
from credence.training.report.ranges import Spread


@dataclass(frozen=True)
class Line:
    """A line of points: how many rows had it."""

    points: int | str
    rows: int


@dataclass(frozen=True)
class Column:
    """A question, its lines and the mean points that it gave."""

    column: str
    answers: list[Line]

    @property
    def mean(self) -> float | None:
        """The mean points that it gave; None where points follow the answer."""
        numbers = [(line.points, line.rows) for line in self.answers if isinstance(line.points, int)]
        rows = sum(count for _, count in numbers)
        if len(numbers) < len(self.answers) or not rows:
            return None
        return sum(points * count for points, count in numbers) / rows


@dataclass(frozen=True)
class Rows:
    """How the scores of the rows were spread."""

    scores: Spread | None = None


@dataclass(frozen=True)
class Before:
    """What stands in the file that is needed here."""

    points_hash: str = ""
    scale: Scale | None = None
    split: Rows = field(default_factory=Rows)
    characteristics: list[Column] = field(default_factory=list)
    directions_stated: dict[str, str] = field(default_factory=dict)


def before(path: Path, card: Scorecard) -> Before | None:
    """What is known of the rows that a scorecard was learnt from; None where its figures are of other points.

    Args:
        path: The scorecard's file.
        card: The scorecard.

    Raises:
        DefinitionError: There are figures that cannot be read.
    """
    file = path.parent / FIGURES
    if not file.is_file():
        return None
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Before)
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        raise DefinitionError(
            str(file), [Fault(1, "", f"These are no figures of training: {error}.")]
        ) from None
    return found if found.points_hash == points_hash(card) else None
