"""What a fit is judged by: its table, the scorecard of each fold, and the score of each row out of fold."""

from dataclasses import dataclass
from functools import cached_property

from credence.training import validation
from credence.training.arrays import Floats
from credence.training.columns import Table
from credence.training.fit import Fit
from credence.training.merging import BUDGET
from credence.training.order import Order
from credence.training.points import Points


@dataclass(frozen=True)
class Evidence:
    """A fit, and what is known of the rows it was learnt from; rows are in the order of `table`."""

    order: Order
    table: Table
    fit: Fit

    @cached_property
    def points(self) -> Points:
        """The scorecard of all rows, the one that is written."""
        return self.fit.points

    @cached_property
    def cards(self) -> list[Points]:
        """The scorecard of each fold, learnt from the others."""
        return validation.cut(self.fit, BUDGET, self.fit.wishes.lines_most)

    @cached_property
    def scores(self) -> Floats:
        """The score of each row by the scorecard that did not see it."""
        return validation.unseen(self.fit, self.cards)

    @cached_property
    def chances(self) -> Floats:
        """The chance of a bad outcome that each row's score stands for."""
        return self.points.chances(self.scores)
