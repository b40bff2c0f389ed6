"""People in groups, for tests of fairness: counted by hand, or the made-up people of training."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from credence.training.columns import Column, Table
from credence.training.evidence import Evidence
from credence.training.fairness.asked import drawn_together
from credence.training.fairness.frontier import Alternative, alternatives
from credence.training.fairness.groups import Grouping, grouping
from credence.training.fit import Wishes, fit
from credence.training.order import Looks, Order
from credence.training.table import Source, folds_of
from tests.training.tables import people, texts

# Group, score, whether bad, rows. By hand, at a cut-off of 2:
#   A: 200 rows, 140 good (100 accepted), 60 bad (20 accepted); 120 accepted of 200 = .60
#   B: 200 rows, 120 good (60 accepted), 80 bad (20 accepted); 80 accepted of 200 = .40
CELLS = (
    ("A", 1, 0, 40), ("A", 2, 0, 60), ("A", 3, 0, 40),
    ("A", 1, 1, 40), ("A", 2, 1, 10), ("A", 3, 1, 10),
    ("B", 1, 0, 60), ("B", 2, 0, 40), ("B", 3, 0, 20),
    ("B", 1, 1, 60), ("B", 2, 1, 10), ("B", 3, 1, 10),
)  # fmt: skip


def rows() -> tuple[np.ndarray, np.ndarray, Column]:
    """The scores, the outcomes and the groups of those counted."""
    scores = [score for _, score, _, many in CELLS for _ in range(many)]
    bad = [bad for _, _, bad, many in CELLS for _ in range(many)]
    groups = [group for group, _, _, many in CELLS for _ in range(many)]
    return np.array(scores, dtype=np.float64), np.array(bad, dtype=np.float64), texts("side", groups)


def groups_of(column: Column, bad: np.ndarray) -> Grouping:
    """Their groups."""
    return grouping(column, bad)


def sexes(table: Table) -> Column:
    """Groups of which one is older, and less often has debts."""
    age = table.columns[1].numbers
    assert age is not None
    drawn = np.random.Generator(np.random.PCG64(11)).random(len(table.bad))
    return texts("sex", np.where(drawn < np.where(age > 50, 0.75, 0.25), "man", "woman").tolist())


@cache
def grouped() -> Table:
    """The made-up people of training, with their sex beside."""
    found = people()
    return replace(found, beside={"sex": sexes(found)})


@cache
def evidence(method: str = "fused", cut_off: int | None = None) -> Evidence:
    """What is known of the made-up people's scorecard."""
    table = grouped()
    order = Order(Source(Path("people.csv"), "ended"), looks=Looks(cut_off, groups=("sex",)))
    return Evidence(order, table, fit(table, Wishes(method=method)))


def parted() -> Evidence:
    """The same, with a third of the rows held out by time."""
    table = grouped()
    held = np.arange(len(table.bad)) % 3 == 0
    earlier, later = table.taken(~held), table.taken(held)
    earlier = replace(earlier, folds=folds_of(earlier.bad), later=later)
    return replace(evidence(), table=earlier, fit=fit(earlier, Wishes(method="fused")))


@cache
def family_of(method: str = "fused", strength: float | None = None) -> list[Alternative]:
    """The family of the scorecard that is learnt so, and drawn together so."""
    return alternatives(evidence(method) if strength is None else fairer_evidence(strength))


@cache
def fairer_evidence(strength: float) -> Evidence:
    """What is known where the scorecard draws groups together."""
    plain = evidence()
    order = replace(plain.order, looks=replace(plain.order.looks, fairer=strength))
    found = drawn_together(order, plain.table, plain.fit)
    return Evidence(order, plain.table, found, undrawn=plain.fit)


def without_groups(looks: Looks) -> Evidence:
    """The same scorecard, where other groups are asked for, or none."""
    return replace(evidence(), order=replace(evidence().order, looks=looks))
