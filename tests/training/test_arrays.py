import numpy as np

from credence.training.arrays import totals


def test_totals_are_sums_by_place_and_zero_where_nothing_lies() -> None:
    assert totals(np.array([0, 2, 0]), np.array([1.5, 2.0, 0.5]), 4).tolist() == [2.0, 0.0, 2.0, 0.0]
