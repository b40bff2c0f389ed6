"""Score tests: what a fit misses stands out, and what it asks already does not."""

import numpy as np

from credence.training.deriving.missed import GROUPS, gains, grouped

ROWS = 4000


def test_attributes_are_put_together_in_order_until_groups_are_even() -> None:
    codes = np.random.Generator(np.random.PCG64(1)).integers(0, 60, ROWS)
    found = grouped(codes)
    assert len(np.unique(found)) == GROUPS
    assert np.bincount(found).min() > ROWS / GROUPS / 2
    order = np.argsort(codes)
    assert (np.diff(found[order]) >= 0).all()
    assert grouped(np.array([0, 0, 3, 3])).tolist() == [0, 0, 1, 1]


def test_what_is_missed_is_found_beside_what_is_asked() -> None:
    """`other` is nearly `asked`, so that only what stands apart in it could be missed."""
    chance = np.random.Generator(np.random.PCG64(2))
    asked, new, idle = (chance.integers(0, 5, ROWS) for _ in range(3))
    near = np.where(chance.random(ROWS) < 0.99, asked, idle)
    rest = np.where(new > 2, 0.2, -0.1) + chance.normal(size=ROWS) / 3
    rest -= np.bincount(asked, rest)[asked] / np.bincount(asked)[asked]
    found = gains([asked], [new, idle, near], rest, np.full(ROWS, 0.1))
    assert found[0] > 10
    assert max(found[1:]) < 2
