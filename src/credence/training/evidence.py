"""What a fit is judged by: its table, each fold's scorecard, the score of each row that it did not see."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from credence.scorecards.scale import Scale
from credence.training import validation
from credence.training.applied import applied, questions_of
from credence.training.arrays import Codes, Floats
from credence.training.fit import Fit, Told
from credence.training.judged import Judged, Question
from credence.training.merging import BUDGET
from credence.training.points import Points
from credence.training.sample import Sample
from credence.training.validation import Validation


@dataclass(frozen=True)
class Evidence(Judged):
    """A fit, and what is known of the rows it was learnt from; rows are in the order of `table`.

    `told` hears of parts done and parts in all of whatever takes long; `undrawn` is the fit as it was before
    it drew groups together, where it does.
    """

    fit: Fit
    told: Told = lambda _done, _total: None
    undrawn: Fit | None = None

    @property
    def plain(self) -> Fit:
        """The fit that draws no groups together."""
        return self.undrawn or self.fit

    @cached_property
    def points(self) -> Points:
        """The scorecard of all rows, the one that is written."""
        return self.fit.points

    @property
    def scale(self) -> Scale:
        """The scale of its points."""
        return self.points.scale

    @property
    def base(self) -> int:
        """The points that everybody starts with."""
        return self.points.base

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The characteristics of the scorecard that is written, on the rows that were learnt from."""
        return questions_of(self.fit, self.points, self.table)

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

    @cached_property
    def written(self) -> Codes:
        """The score of each row by the scorecard that is written."""
        return self.points.scores(self.fit.design)

    @cached_property
    def folded(self) -> Sample:
        """The rows that were learnt from, each scored by the scorecard that did not see it."""
        return Sample("out of fold", self.table, self.scores, self.chances)

    @cached_property
    def held(self) -> Sample | None:
        """The rows held out by time, scored by the scorecard that is written; None where none were.

        Rows without a score are left out.
        """
        if self.table.later is None:
            return None
        scores, known = applied(self.fit, self.points, self.table.later)
        kept = scores[known].astype(np.float64)
        return Sample("out of time", self.table.later.taken(known), kept, self.points.chances(kept))

    @cached_property
    def strangers(self) -> Sample | None:
        """Of the rows held out those of groups not learnt from; None where that is all of them."""
        held, split = self.held, self.table.split
        if held is None or split.group is None or not split.both:
            return None
        _, groups = self.table.beside[split.group].joined(held.table.beside[split.group]).numbered()
        learnt, later = groups[: len(self.table.bad)], groups[len(self.table.bad) :]
        new = held.taken((later < 0) | ~np.isin(later, learnt))
        return replace(new, name="out of time and new")

    @cached_property
    def figures(self) -> Validation:
        """The figures that every scorecard gets."""
        return validation.validate(self.fit, self.table, self.held, self.order.source.seed)

    @property
    def whole(self) -> Sample:
        """The rows out of fold."""
        return self.folded

    @property
    def later(self) -> Sample | None:
        """The rows held out by time."""
        return self.held
