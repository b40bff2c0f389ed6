import numpy as np

from credence.training.fairness.carried import Carried
from credence.training.fairness.compared import Compared, Rated, compare
from credence.training.fairness.groups import LeftOut
from credence.training.fairness.tables import carried_grid, carrying, grids, sentences
from tests.training.fairness.grouped import groups_of, rows
from tests.training.tables import texts

SCORES, BAD, SIDES = rows()
FOUND = compare(Rated(SCORES, BAD, 2, seed=1), groups_of(SIDES, BAD))
PARTS = [Carried("debt", [0.0, -2.0]), Carried("age", [0.0, 0.5]), Carried("late", [0.0, 0.125])]


def test_every_figure_is_a_line_with_a_cell_for_each_group() -> None:
    figures, by_share, at_score = grids(FOUND, "side, out of fold")
    assert figures.title == "side, out of fold: figures, with intervals of 95 %"
    assert figures.columns == ("figure", "A", "B")
    assert figures.rows[0] == ("rows", "200", "200")
    assert figures.rows[2][:2] == ("adverse impact ratio (AIR)", "1.000")
    assert by_share.rows[1] == ("50 %", 2.0, "60.0 %, 1.000", "40.0 %, 0.667")
    assert at_score.columns == ("from", "to", "A", "B")
    assert at_score.rows[0][:2] == (1.0, 1.0)
    assert str(at_score.rows[0][2]).startswith("50.0 % (39.")
    assert str(at_score.rows[0][2]).endswith(" of 80")


def test_tables_of_intervals_and_of_many_groups_take_the_whole_width() -> None:
    sides = texts("side", ["A", "B", "C", "D"] * 100)
    four = compare(Rated(SCORES, BAD, 2), groups_of(sides, np.tile([1.0, 1.0, 0.0, 0.0, 1.0], 80)))
    assert [grid.whole for grid in grids(FOUND, "side")] == [True, False, True]
    assert [grid.whole for grid in grids(four, "side")] == [True, True, True]


def test_parts_of_a_gap_add_up_in_the_table() -> None:
    grid = carried_grid(FOUND, PARTS)
    assert grid.title == "side: what carries the gap in mean points to 'A'"
    assert grid.rows == (
        ("debt", 0.0, -2.0),
        ("age", 0.0, 0.5),
        ("late", 0.0, 0.12),
        ("all together", 0.0, -1.38),
    )


def test_what_was_found_is_told_of_the_group_that_is_accepted_least() -> None:
    (said,) = sentences(FOUND)
    assert said.startswith("side: 40.0 % of 'B' are accepted, a ratio of 0.667 (0.5")
    assert "to 'A'; of those who were good, the share accepted differs by -21.4 % (" in said
    assert carrying(FOUND, PARTS) == (
        "side: 'B' has -1.4 points beside 'A' on average; most of it is carried by debt -2.0, age +0.5, "
        "late +0.1. What carries a gap is where to look, and not yet a fault."
    )


def test_what_was_left_out_is_told() -> None:
    found = Compared("side", left_out=[LeftOut("C", 7, "fewer than 100 rows")], unknown=1200, why="it is so")
    assert sentences(found) == [
        "side: nothing is compared, for it is so.",
        "side: 'C' is left out (7 rows: fewer than 100 rows).",
        "side: 1,200 rows are in no group.",
    ]
