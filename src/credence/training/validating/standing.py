"""A scorecard that stands, on rows: its scores, and the line of every question that each row falls in."""

from dataclasses import dataclass
from functools import cached_property

from credence.scorecards.model import Scorecard
from credence.scorecards.scale import Scale
from credence.training.against.lines import questions_of
from credence.training.arrays import Floats
from credence.training.judged import Judged, Question
from credence.training.reading.times import times_of
from credence.training.sample import Sample
from credence.training.validating.before import Before

NAME = "of the table"


@dataclass(frozen=True)
class Standing(Judged):
    """What a scorecard that stands is judged by; the table has the rows that have a score.

    Attributes:
        card: The scorecard, asking columns.
        points_hash: The hash of its points as its file has them.
        says: Which score stands for which odds.
        fitted: Whether that was read off these very rows.
        scores: The score of each row.
        unscored: How many other rows have none.
        before: What is known of the rows that it was learnt from.
    """

    card: Scorecard
    points_hash: str
    says: Scale
    fitted: bool
    scores: Floats
    unscored: int
    before: Before | None

    @property
    def scale(self) -> Scale:
        """Which score stands for which odds."""
        return self.says

    @property
    def base(self) -> int:
        """The points that everybody starts with."""
        return self.card.points_base

    @property
    def dates(self) -> str | None:
        """From when to when the rows are; None where no column of the time was named."""
        column = self.order.source.splitting.time
        if column is None:
            return None
        labels = times_of(self.table.beside[column])[0].labels
        return f"`{column}` from {labels[0]} to {labels[-1]}"

    @cached_property
    def whole(self) -> Sample:
        """The rows, all scored by the scorecard as it is."""
        return Sample(NAME, self.table, self.scores, self.chance(self.scores))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The characteristics that move points."""
        return questions_of(self.card, self.table, self.order.source.path)
