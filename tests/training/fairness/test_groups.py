import numpy as np

from credence.training.fairness.groups import LeftOut, grouping
from tests.training.tables import numbers, texts


def bad(rows: int) -> np.ndarray:
    return np.where(np.arange(rows) % 5 == 0, 1.0, 0.0)


def test_each_value_with_enough_rows_is_a_group() -> None:
    found = grouping(texts("side", ["b", "a", None] * 120), bad(360))
    assert (found.column, found.names, found.unknown, found.why) == ("side", ("a", "b"), 120, "")
    assert found.codes[:3].tolist() == [1, 0, -1]
    assert found.rows(1).sum() == 120
    assert found.left_out == ()


def test_numbers_are_groups_by_their_value() -> None:
    assert grouping(numbers("side", [1.0, 2.5] * 150), bad(300)).names == ("1", "2.5")


def test_groups_with_few_rows_or_few_of_one_outcome_are_left_out() -> None:
    ends = np.concatenate([bad(300), np.zeros(100), bad(99)])
    column = texts("side", ["a", "b"] * 150 + ["never"] * 100 + ["few"] * 99)
    found = grouping(column, ends)
    assert found.names == ("a", "b")
    assert found.left_out == (
        LeftOut("few", 99, "fewer than 100 rows"),
        LeftOut("never", 100, "fewer than 10 rows of one outcome"),
    )
    assert (found.codes[300:] == -1).all()


def test_one_group_is_compared_with_nobody() -> None:
    found = grouping(texts("side", ["a"] * 150 + ["b"] * 50), bad(200))
    assert (found.names, found.why) == ((), "fewer than two groups have enough rows")
    assert (found.codes == -1).all()
    assert [one.name for one in found.left_out] == ["b"]


def test_a_column_of_many_values_holds_no_groups() -> None:
    found = grouping(numbers("age", list(range(21)) * 200), bad(4200))
    assert found.names == ()
    assert found.why == "it has 21 different values: cut them into at most 20 groups"
