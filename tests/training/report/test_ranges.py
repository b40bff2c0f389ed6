import numpy as np

from credence.training.report.ranges import Spread, within


def test_ranges_have_about_as_many_rows_each_and_fewer_where_many_are_alike() -> None:
    found = Spread.of(np.arange(100))
    assert found.limits == [10, 20, 30, 40, 50, 60, 70, 80, 90]
    assert found.rows == [10] * 10
    alike = Spread.of(np.array([5] * 90 + [9] * 10))
    assert (alike.limits, alike.rows) == ([5, 9], [0, 90, 10])


def test_a_limit_belongs_to_the_range_above_it() -> None:
    assert within([10, 20], np.array([9.0, 10.0, 19.0, 20.0, 50.0])) == [1, 2, 2]
