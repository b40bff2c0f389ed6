"""What looks are given: a scorecard, rows with outcomes, and the scores that they are judged by."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from credence.errors import TrainingTableError
from credence.scorecards.scale import Scale
from credence.training.arrays import Codes, Flags, Floats
from credence.training.columns import Table
from credence.training.order import Order
from credence.training.points import Points
from credence.training.sample import Sample

# The part that would be accepted where no cut-off is named.
ACCEPTED = 0.7
NOBODY = "A cut-off of {} accepts {}: scores go from {:.0f} to {:.0f}. Name a --cut-off between."


@dataclass(frozen=True)
class Question:
    """A characteristic on some rows.

    Attributes:
        column: The column that it asks, or its own name where it asks something else.
        name: Its own name; that of the column where nobody gave it another.
        direction: Which way its points go.
        answers: Each of its lines in words.
        points: The points of each line; a rule in words where they follow the answer.
        places: The number of the line that each row falls in.
        given: The points that each row gets.
        missing: The share of the rows without an answer.
    """

    column: str
    name: str
    direction: str
    answers: tuple[str, ...]
    points: tuple[int | str, ...]
    places: Codes
    given: Floats
    missing: float

    @property
    def span(self) -> int:
        """How many points lie between its lines; between its rows where points follow the answer."""
        numbers = [points for points in self.points if isinstance(points, int)]
        given = numbers if len(numbers) == len(self.points) else self.given.astype(int).tolist()
        return max(given) - min(given)


@dataclass(frozen=True)
class Judged(ABC):
    """A scorecard and what is known of rows that it scores; rows are in the order of `table`."""

    order: Order
    table: Table

    @property
    @abstractmethod
    def scale(self) -> Scale:
        """Which score stands for which odds."""

    @property
    @abstractmethod
    def base(self) -> int:
        """The points that everybody starts with."""

    @property
    @abstractmethod
    def whole(self) -> Sample:
        """The rows of the table, each with the score that it is judged by."""

    @property
    @abstractmethod
    def questions(self) -> tuple[Question, ...]:
        """The characteristics that move points, on the rows of the table."""

    @property
    def later(self) -> Sample | None:
        """The rows that were held out by time; None where none were."""
        return None

    @property
    def headline(self) -> Sample:
        """The rows whose figures count first."""
        return self.later or self.whole

    @cached_property
    def cut_off(self) -> int:
        """The score from which people would be accepted: as asked, or the one that accepts seven in ten."""
        asked = self.order.looks.cut_off
        if asked is not None:
            return asked
        scores = self.whole.scores
        return int(np.sort(scores)[int(len(scores) * (1 - ACCEPTED))])

    def chance(self, scores: Floats) -> Floats:
        """The chance of a bad outcome that scores stand for."""
        return Points(self.base, (), self.scale).chances(scores)

    def check(self) -> None:
        """Make sure that the cut-off parts these rows.

        Raises:
            TrainingTableError: It accepts everybody or nobody.
        """
        check_cut_off(self.order, self.whole.scores >= self.cut_off, self.whole.scores)


def check_cut_off(order: Order, accepted: Flags, scores: Floats) -> None:
    """Make sure that a cut-off that was named accepts some and refuses some.

    Raises:
        TrainingTableError: It does not.
    """
    cut_off = order.looks.cut_off
    if cut_off is not None and accepted.all() == accepted.any():
        who = "everybody" if accepted.all() else "nobody"
        fault = NOBODY.format(cut_off, who, scores.min(), scores.max())
        raise TrainingTableError(order.source.path, [fault], [])
