import numpy as np
import pytest

from credence.training.applied import questions_of
from credence.training.fairness.carried import Carried, carried, in_order
from credence.training.fairness.groups import grouping
from tests.training.fairness.grouped import evidence, grouped, sexes


def test_the_parts_add_up_to_the_gap_in_mean_points() -> None:
    table, found = grouped(), evidence()
    groups = grouping(sexes(table), table.bad)
    parts = carried(found.questions, groups, 0)
    scores = found.points.scores(found.fit.design)
    gap = scores[groups.rows(1)].mean() - scores[groups.rows(0)].mean()
    assert sum(one.gaps[1] for one in parts) == pytest.approx(gap, abs=1e-5)
    assert all(one.gaps[0] == 0 for one in parts)
    assert parts[0].characteristic == "age"
    assert {one.characteristic for one in parts} == {
        bins.column for bins, lines in zip(found.fit.bins, found.points.lines, strict=True) if lines
    }


def test_the_greatest_part_is_first_whichever_way_it_points() -> None:
    parts = [Carried("a", [0.0, 1.0]), Carried("c", [0.0, -3.0]), Carried("b", [-3.0, 0.0])]
    assert [one.characteristic for one in in_order(parts)] == ["b", "c", "a"]


def test_a_characteristic_without_points_carries_nothing() -> None:
    found = evidence()
    groups = grouping(sexes(grouped()), found.table.bad)
    lines = ((), *found.points.lines[1:])
    without = type(found.points)(found.points.base, lines, found.points.scale)
    parts = carried(questions_of(found.fit, without, found.table), groups, 0)
    assert "Debt" not in [one.characteristic for one in parts]
    assert np.any([one.gaps[1] for one in parts])
