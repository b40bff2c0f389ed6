import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.training.splits import (
    HELD,
    HELD_LEAST,
    LEARNT,
    LEFT_LEAST,
    NEITHER,
    Splitting,
    groups_of,
    later,
    together,
)
from tests.training.tables import numbers, texts

MONTHS = [f"2021-{month:02d}-01" for month in range(1, 11) for _ in range(20)]
BAD = np.array([0.0, 1.0] * 100)


def test_the_usual_columns_of_time_and_group_are_taken_unless_chance_is_asked_for() -> None:
    kinds = {"observed_on": "text", "person_id": "text", "x": "number"}
    assert Splitting().columns(kinds) == ("observed_on", "person_id")
    assert Splitting(time="x").columns(kinds) == ("x", "person_id")
    assert Splitting().columns({"x": "number"}) == (None, None)
    assert Splitting(random=True).columns(kinds) == (None, None)


def test_whole_dates_of_about_the_last_fifth_are_held_out() -> None:
    held, split, faults = later(texts("on", list(MONTHS)), BAD, Splitting())
    assert faults == []
    assert held.tolist() == [0] * 160 + [1] * 40
    assert (split.time, split.first, split.held_from, split.last) == (
        "on", "2021-01-01", "2021-09-01", "2021-10-01",
    )  # fmt: skip


def test_the_first_time_held_out_may_be_named() -> None:
    held, split, faults = later(texts("on", list(MONTHS)), BAD, Splitting(out_of_time="2021-05"))
    assert (held.sum(), split.held_from, faults) == (120, "2021-05-01", [])


@pytest.mark.parametrize("asked", ["2020", "2021-01-01", "2022", "tomorrow"])
def test_a_first_time_that_parts_nothing_is_told(asked: str) -> None:
    _, _, faults = later(texts("on", list(MONTHS)), BAD, Splitting(out_of_time=asked))
    told = f"No row is from {asked} or later, and some before: 'on' goes from 2021-01-01 to 2021-10-01."
    assert faults == [told]


def test_too_few_rows_on_one_side_are_told() -> None:
    bad = BAD.copy()
    bad[160:] = 0
    _, _, faults = later(texts("on", list(MONTHS)), bad, Splitting())
    assert faults[0].startswith(
        "Of the rows from 2021-09-01 on, 0 are bad and 40 good, and of those before 80 and 80:"
    )
    assert f"at least {HELD_LEAST} of each are needed there, and {LEFT_LEAST} before." in faults[0]
    _, _, faults = later(texts("on", list(MONTHS)), BAD, Splitting(out_of_time="2021-03"))
    assert faults[0].startswith(
        "Of the rows from 2021-03-01 on, 80 are bad and 80 good, and of those before 20"
    )


def test_a_column_without_times_is_told() -> None:
    assert later(texts("on", ["x"] * 200), BAD, Splitting())[2][0].startswith(
        "'on' has 'x', which is neither"
    )


def test_rows_whose_outcome_was_watched_beyond_the_cut_are_neither() -> None:
    asked = Splitting(out_of_time="2021-08", performance=3)
    held, split, faults = later(texts("on", list(MONTHS)), BAD, asked)
    assert faults == []
    assert held.tolist() == [LEARNT] * 100 + [NEITHER] * 40 + [HELD] * 60
    assert split.knowing == 40
    assert any(said.startswith("40 rows before that were left out") for said in split.says)
    months = [month[:7] for month in MONTHS]
    assert later(texts("on", list(months)), BAD, asked)[0].tolist() == held.tolist()


def test_a_window_that_leaves_too_few_or_has_no_dates_is_told() -> None:
    asked = Splitting(out_of_time="2021-08", performance=6)
    _, _, faults = later(texts("on", list(MONTHS)), BAD, asked)
    assert faults[0].startswith(
        "Rows whose outcome was watched for 6 months up to 2021-08-01 or less are 20 bad and 20 good ones:"
    )
    years = numbers("on", [2000 + n // 20 for n in range(200)])
    assert later(years, BAD, Splitting(performance=6))[2] == [
        "--performance counts months from dates, and '2000' is none."
    ]


def test_rows_without_a_group_are_groups_by_themselves() -> None:
    assert groups_of(numbers("x", [7.0, None, 7.0, None])).tolist() == [0, 1, 0, 2]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=60, max_size=200))
def test_a_group_is_in_one_fold_and_folds_are_as_even_as_groups_allow(rows: list[tuple[int, bool]]) -> None:
    groups = np.array([group for group, _ in rows], dtype=np.intp)
    bad = np.array([float(end) for _, end in rows])
    folds = together(groups, bad, 5)
    assert all(len(set(folds[groups == group].tolist())) == 1 for group in set(groups.tolist()))
    sizes = np.bincount(folds, minlength=5)
    assert sizes.max() - sizes.min() <= 2 * int(np.bincount(groups).max()) + 2


def test_groups_of_one_row_are_dealt_out_like_rows() -> None:
    bad = np.array([1.0] * 53 + [0.0] * 501)
    folds = together(np.arange(554), bad, 5)
    assert set(np.bincount(folds[bad == 1]).tolist()) == {10, 11}
    assert set(np.bincount(folds[bad == 0]).tolist()) == {100, 101}
