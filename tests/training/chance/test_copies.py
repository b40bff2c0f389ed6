from dataclasses import replace

import numpy as np

from credence.training.chance.copies import ALIKE_MOST, alike, kept_together
from credence.training.chance.twins import pairs_of
from credence.training.columns import Table
from tests.training.chance.test_twins import SIZE, copied, spread
from tests.training.tables import numbers, table, texts


def test_rows_are_alike_where_every_answer_and_the_outcome_are() -> None:
    found = alike(
        table(
            [numbers("a", [1, 1, None, None, 1, 2]), texts("b", ["x", "x", None, None, "y", "x"])],
            [0.0, 1, 0, 0, 0, 0],
        )
    )
    assert len(set(found.tolist())) == 5
    assert found[2] == found[3]


def test_copies_are_in_the_fold_of_the_first_of_them() -> None:
    rows = copied(0.0)
    whole = replace(rows, bad=np.zeros(SIZE))
    found = kept_together(whole, np.arange(SIZE) % 5, 1)
    half = SIZE // 2
    assert found.folds[:half].tolist() == found.folds[half:].tolist()
    assert found.folds[:half].tolist() == [row % 5 for row in range(half)]
    assert (found.copies, found.twins) == (SIZE, 0)


def test_many_rows_that_are_alike_are_no_copies() -> None:
    rows = table([numbers("a", [1.0] * (ALIKE_MOST + 1) + [2.0, 2.0, 3.0])], [0.0] * (ALIKE_MOST + 4))
    found = kept_together(rows, np.arange(len(rows.bad)) % 5, 1)
    assert found.folds[: ALIKE_MOST + 1].tolist() == [row % 5 for row in range(ALIKE_MOST + 1)]
    assert found.folds[ALIKE_MOST + 1] == found.folds[ALIKE_MOST + 2]
    assert (found.copies, found.twins) == (2, 0)


def test_near_twins_are_in_one_fold_where_they_are_more_than_chance_makes() -> None:
    rows = copied(0.01)
    folds = np.arange(SIZE) % 7
    found = kept_together(rows, folds, 1)
    pairs = pairs_of(rows)
    assert found.twins == len(pairs) > 0.8 * SIZE
    assert all(found.folds[row] == found.folds[twin] for row, twin in pairs)
    even = spread()
    assert kept_together(even, folds, 1).folds.tolist() == folds.tolist()


def test_of_very_many_rows_near_twins_are_not_looked_for() -> None:
    rows = copied(0.01)
    often = Table(
        tuple(column.taken(np.arange(SIZE * 11) % SIZE) for column in rows.columns),
        rows.bad[np.arange(SIZE * 11) % SIZE],
        np.zeros(SIZE * 11, dtype=np.intp),
        0,
    )
    assert kept_together(often, np.arange(SIZE * 11) % 5, 1).twins == 0
