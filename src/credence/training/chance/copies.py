"""Rows that are copies of others, or nearly, kept in one fold where chance cuts folds.

A scorecard that learnt from a copy of a row has seen the row. Where many rows are alike, questions have few
answers, and they are no copies: such rows stay where chance puts them.
"""

from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Codes
from credence.training.chance.twins import pairs_of, twins_of
from credence.training.columns import Table

# More rows than this that are alike are no copies.
ALIKE_MOST = 10
# Of more rows than this, near-twins are named alone: each row is held against each other.
ROWS_MOST = 6_000
SEED = 20261122


@dataclass(frozen=True)
class Kept:
    """The fold of each row, and how many rows were kept with a copy, and with a near-twin."""

    folds: Codes
    copies: int
    twins: int


def kept_together(table: Table, folds: Codes, seed: int) -> Kept:
    """Folds that chance cut, with copies and near-twins in the fold of the first of them."""
    owner = np.arange(len(folds))
    groups = alike(table)
    _, first, places, counts = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    few = (counts[places] > 1) & (counts[places] <= ALIKE_MOST)
    owner[few] = first[places][few]
    near = 0
    if len(folds) <= ROWS_MOST:
        found = twins_of(table, seed)
        pairs = pairs_of(table) if found is not None and found.many else []
        near = len(pairs)
        _join(owner, pairs)
    return Kept(folds[owner], int(few.sum()), near)


def _join(owner: Codes, pairs: list[tuple[int, int]]) -> None:
    """Let each row of a pair belong where the other does."""
    for row, twin in pairs:
        one, other = sorted((int(owner[row]), int(owner[twin])))
        owner[owner == other] = one


def alike(table: Table) -> Codes:
    """A number for each row that only rows with the same answers and outcome share."""
    chance = np.random.Generator(np.random.PCG64(SEED))
    found = table.bad.astype(np.uint64)
    for column in table.columns:
        codes = (column.numbered()[1] + 1).astype(np.uint64)
        found = found * chance.integers(1, 2**63, dtype=np.uint64) + codes * np.uint64(2**61 - 1)
        found ^= found >> np.uint64(29)
    return found.astype(np.int64)
