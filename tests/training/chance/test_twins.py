from dataclasses import replace

import numpy as np

from credence.training.chance.twins import ROWS_MOST, Twins, pairs_of, twins_of
from credence.training.columns import Column, Table
from tests.training.tables import table

SIZE = 600


def spread(seed: int = 1) -> Table:
    """Rows spread evenly in eight numbers, one of them often missing, and a text."""
    chance = np.random.Generator(np.random.PCG64(seed))
    columns = [Column(f"x{n}", chance.standard_normal(SIZE)) for n in range(8)]
    assert columns[0].numbers is not None
    columns[0].numbers[chance.random(SIZE) < 0.3] = np.nan
    kinds = np.array([None if x < 0.1 else f"k{x:.1f}" for x in chance.random(SIZE)], dtype=object)
    bad = (chance.random(SIZE) < 0.5).astype(float)
    return table([*columns, Column("kind", texts=kinds)], bad.tolist())


def copied(moved: float) -> Table:
    """The same, where the good half of the rows are copies of the other half, moved a little."""
    rows = spread()
    half = np.arange(SIZE) % (SIZE // 2)
    chance = np.random.Generator(np.random.PCG64(2))
    columns = []
    for column in rows.columns:
        if column.numbers is None:
            assert column.texts is not None
            columns.append(Column(column.name, texts=column.texts[half]))
        else:
            shift = moved * chance.normal(size=SIZE) * (np.arange(SIZE) >= SIZE // 2)
            near = np.asarray(column.numbers[half] + shift, dtype=np.float64)
            columns.append(Column(column.name, near))
    bad = (np.arange(SIZE) < SIZE // 4).astype(float)
    return replace(rows, columns=tuple(columns), bad=bad)


def test_rows_that_are_spread_evenly_have_no_more_near_twins_than_chance() -> None:
    found = twins_of(spread(), 1)
    assert found is not None
    assert (found.looked_at, found.alike) == (ROWS_MOST, 0)
    assert not found.many
    assert found.near <= 2


def test_copies_whose_numbers_were_moved_are_near_twins() -> None:
    found = twins_of(copied(0.01), 1)
    assert found is not None
    assert found.near > 0.9 * found.looked_at
    assert found.by_chance < 0.1 * found.looked_at
    assert found.many


def test_rows_that_are_alike_altogether_are_told_apart_from_near_twins() -> None:
    found = twins_of(copied(0.0), 1)
    assert found is not None
    assert (found.alike, found.near, found.many) == (found.looked_at, 0, False)
    assert found.bad_near is None
    assert found.bad_others is not None


def test_a_table_of_hardly_any_rows_has_no_neighbours() -> None:
    rows = spread()
    assert twins_of(rows.taken(np.arange(SIZE) < 60), 1) is None
    assert twins_of(rows.taken(np.arange(SIZE) < 61), 1) is not None


def test_rows_that_all_lie_on_a_few_places_are_near_by_chance() -> None:
    few = table([Column("x", np.arange(SIZE, dtype=np.float64) % 3)], [float(n % 2) for n in range(SIZE)])
    found = twins_of(few, 1)
    assert found == Twins(ROWS_MOST, ROWS_MOST, 0, 0.0, None, found.bad_others if found else None)


def test_every_near_twin_is_found_with_the_row_that_it_is_near_to() -> None:
    rows = spread()
    columns = tuple(c for c in rows.columns if c.numbers is not None)
    again = Table(columns, rows.bad, rows.folds, 0).taken(np.append(np.arange(SIZE), 0))
    values = columns[1].numbers
    assert values is not None
    moved = Column(columns[1].name, np.append(values, values[0] + 0.001))
    pairs = pairs_of(replace(again, columns=(again.columns[0], moved, *again.columns[2:])))
    assert {(0, SIZE), (SIZE, 0)} <= set(pairs)
    assert len(pairs) < SIZE / 10
