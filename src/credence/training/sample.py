"""Rows with scores of scorecards that did not see them."""

from dataclasses import dataclass

from credence.training.arrays import Codes, Flags, Floats
from credence.training.columns import Table


@dataclass(frozen=True)
class Sample:
    """Rows, and what they were scored as.

    Attributes:
        name: Which rows they are: out of fold, or out of time.
        table: The rows.
        scores: The score of each.
        chances: The chance of a bad outcome that it stands for.
    """

    name: str
    table: Table
    scores: Floats
    chances: Floats

    @property
    def bad(self) -> Floats:
        """1 for each bad outcome, 0 for each good one."""
        return self.table.bad

    def taken(self, rows: Flags | Codes) -> "Sample":
        """Some of them."""
        return Sample(self.name, self.table.taken(rows), self.scores[rows], self.chances[rows])
