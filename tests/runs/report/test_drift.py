"""PSI and CSI: worked cases of the field, and what always holds of them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.runs.report.drift import by_chance, csi, may_be_chance, meaning, psi

EXPECTED = (10, 20, 40, 20, 10)
COUNTS = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("now", "index", "said"),
    [
        ((12, 24, 36, 18, 10), 0.01726, "stable"),
        ((5, 10, 30, 30, 25), 0.31073, "shifted"),
        (EXPECTED, 0, "stable"),
    ],
)
def test_the_worked_cases_come_out(now: tuple[int, ...], index: float, said: str) -> None:
    found = psi(now, EXPECTED)
    assert found == pytest.approx(index, abs=5e-6)
    assert meaning(found or 0) == said


@pytest.mark.parametrize(
    ("index", "said"), [(0.0999, "stable"), (0.1, "watch"), (0.25, "watch"), (0.2501, "shifted")]
)
def test_what_an_index_means_changes_at_a_tenth_and_over_a_quarter(index: float, said: str) -> None:
    assert meaning(index) == said


def test_a_cell_that_is_empty_on_one_side_counts_as_half_a_person() -> None:
    # (0.005 - 0.5) ln(0.005 / 0.5) + (1 - 0.5) ln(1 / 0.5)
    assert psi((0, 100), (50, 50)) == pytest.approx(2.626133, abs=1e-6)
    assert psi((50, 0, 50), (50, 0, 50)) == 0


def test_nobody_on_one_side_is_no_index() -> None:
    assert psi((0, 0), (1, 2)) is None
    assert psi((1, 2), (0, 0)) is None
    assert csi({}, {"a": 1}, {"a": 5}) is None
    assert csi({"a": 1}, {"b": 1}, {"a": 5}) is None


@given(COUNTS)
def test_an_index_is_never_negative_and_the_same_both_ways(cells: list[tuple[int, int]]) -> None:
    now, before = [a for a, _ in cells], [b for _, b in cells]
    found = psi(now, before)
    if found is not None:
        assert found >= 0
        assert found == pytest.approx(psi(before, now))


@given(COUNTS, st.integers(2, 9))
def test_the_same_shares_of_more_people_are_no_shift(cells: list[tuple[int, int]], times: int) -> None:
    before = [b + 1 for _, b in cells]
    assert psi([times * b for b in before], before) == pytest.approx(0)


def test_chance_keeps_the_index_of_two_samples_under_its_limit_19_times_of_20() -> None:
    chance = Random(7)
    cells, tries, under = range(10), 300, 0
    for _ in range(tries):
        now, before = (
            [drawn.count(cell) for cell in cells]
            for drawn in (chance.choices(cells, weights=range(5, 15), k=400) for _ in range(2))
        )
        under += (psi(now, before) or 0) <= (by_chance(now, before) or 0)
    assert 0.9 < under / tries < 0.99


def test_chance_makes_more_of_few_people_in_many_cells() -> None:
    # Chi square's 95th percentile with 19 degrees of freedom is 30.1435, with 4 it is 9.4877.
    assert by_chance([3] * 20, [3] * 20) == pytest.approx(30.1435 / 30, abs=0.001)
    assert by_chance([200] * 5, [300] * 5) == pytest.approx(9.4877 * (1 / 1000 + 1 / 1500), abs=0.001)
    assert by_chance([5, 0], [9, 0]) == 0
    assert by_chance([0], [9]) is None


@pytest.mark.parametrize(
    ("index", "chance", "may"), [(0.3, 0.8, True), (0.3, 0.2, False), (0.05, 0.8, False), (0.3, None, False)]
)
def test_only_a_shift_that_is_called_one_may_be_chance(
    index: float, chance: float | None, *, may: bool
) -> None:
    assert may_be_chance(index, chance) == may


def test_csi_is_by_how_many_points_the_answers_moved_the_mean() -> None:
    points = {"low": 0, "middle": 60, "high": 140}
    now, before = {"low": 10, "middle": 20, "high": 70}, {"low": 20, "middle": 40, "high": 140}
    assert csi(now, before, points) == pytest.approx(0)
    moved = {"low": 30, "middle": 20, "high": 50}
    # The share of 140 points falls by 0.2, that of 0 points rises by 0.2.
    assert csi(moved, before, points) == pytest.approx(-28)


def test_people_whose_answer_gives_no_score_are_left_out_of_csi() -> None:
    assert csi({"a": 1, "b": 1, "none": 8}, {"a": 5, "b": 5}, {"a": 0, "b": 10}) == pytest.approx(0)
