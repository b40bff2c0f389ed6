"""Groups of people: which row is in which, and which are too few to be compared."""

from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Codes, Flags, Floats
from credence.training.columns import Column

# A group with fewer rows, or fewer rows of one outcome, is told of and not compared.
ROWS_LEAST, OUTCOMES_LEAST = 100, 10
# A column with more different values holds no groups.
VALUES_MOST = 20


@dataclass(frozen=True)
class LeftOut:
    """A group that is not compared, and why."""

    name: str
    rows: int
    why: str


@dataclass(frozen=True)
class Grouping:
    """The groups of one column.

    Attributes:
        column: Its name.
        names: The groups that are compared; none where there are fewer than two.
        codes: The group of each row, -1 for a row in none of them.
        left_out: The groups that are not compared.
        unknown: How many rows are in no group.
        why: Why there is nothing to compare; empty where there is.
    """

    column: str
    names: tuple[str, ...]
    codes: Codes
    left_out: tuple[LeftOut, ...] = ()
    unknown: int = 0
    why: str = ""

    def rows(self, number: int) -> Flags:
        """The rows of a group."""
        found: Flags = self.codes == number
        return found


def grouping(column: Column, bad: Floats) -> Grouping:
    """The groups of a column: those with enough rows of both outcomes."""
    known, numbered = column.numbered()
    unknown, nobody = int((numbered < 0).sum()), np.full(len(bad), -1, dtype=np.intp)
    if len(known) > VALUES_MOST:
        why = f"it has {len(known):,} different values: cut them into at most {VALUES_MOST} groups"
        return Grouping(column.name, (), nobody, unknown=unknown, why=why)
    names: list[str] = []
    left_out: list[LeftOut] = []
    codes = nobody.copy()
    for number, value in enumerate(known):
        mine, name = numbered == number, value if isinstance(value, str) else f"{value:g}"
        few = _few(int(mine.sum()), int(bad[mine].sum()))
        if few:
            left_out.append(LeftOut(name, int(mine.sum()), few))
        else:
            codes[mine] = len(names)
            names.append(name)
    if len(names) < len(("one", "another")):
        why = "fewer than two groups have enough rows"
        return Grouping(column.name, (), nobody, tuple(left_out), unknown, why)
    return Grouping(column.name, tuple(names), codes, tuple(left_out), unknown)


def _few(rows: int, bad: int) -> str:
    if rows < ROWS_LEAST:
        return f"fewer than {ROWS_LEAST} rows"
    if min(bad, rows - bad) < OUTCOMES_LEAST:
        return f"fewer than {OUTCOMES_LEAST} rows of one outcome"
    return ""
