"""Fits of made-up people, and of real ones who are not ours to ship; skips where their data is not there."""

from dataclasses import replace

import numpy as np
import pytest

from bench import training as bench
from bench import training_sets as sets
from credence.training import figures
from credence.training.bins import fine_bins
from credence.training.columns import Column, Table
from credence.training.crossing.crossed import Crossing
from credence.training.crossing.sides import side
from credence.training.fit import Fit, Wishes, fit
from credence.training.merging import BUDGET
from credence.training.pairing.pick import with_columns
from tests.training.tables import fitted, people, table


@pytest.fixture(scope="module")
def found() -> Fit:
    """The fit of the made-up people."""
    return fitted()


def by_column(found: Fit) -> dict[str, list[int]]:
    """The points of each column's bins in order, as the rows get them."""
    return {
        bins.column: [
            next(line.points for line in lines if place in line.attributes) for place in range(bins.ordered)
        ]
        for bins, lines in zip(found.bins, found.points.lines, strict=True)
        if lines
    }


def test_points_keep_the_directions(found: Fit) -> None:
    points = by_column(found)
    assert points["Debt"] == sorted(points["Debt"], reverse=True)
    assert points["age"] == sorted(points["age"])
    assert points["late"] == sorted(points["late"], reverse=True)
    assert points["age"][-1] - points["age"][0] > 20


def test_directions_hold_where_the_data_say_otherwise() -> None:
    wrong = fitted(Wishes(stated={"age": "falling", "late": "either"}))
    points = by_column(wrong)
    assert points.get("age", [0]) == sorted(points.get("age", [0]), reverse=True)
    assert (wrong.directions["age"], wrong.directions["late"]) == ("falling", "either")


def test_a_stated_direction_holds_in_every_folds_model_too() -> None:
    found = fitted(Wishes(stated={"age": "rising"}))
    for model in found.chosen.models:
        values = found.design.values(model.steps)
        start, ordered = found.design.starts[1], found.bins[1].ordered
        assert (np.diff(values[start : start + ordered]) <= 1e-12).all()


def test_scores_part_good_from_bad_and_predict_as_many_bad_as_there_are(found: Fit) -> None:
    points = found.points
    scores = points.scores(found.design)
    assert figures.auc(scores.astype(float), found.bad) > 0.7
    assert points.chances(scores).sum() == pytest.approx(found.bad.sum(), rel=0.02)


def test_fewer_lines_are_made_where_fewer_are_asked_for(found: Fit) -> None:
    few = replace(found, wishes=replace(found.wishes, lines_most=9))
    assert few.points.rows <= 9 < found.points.rows


def test_a_fold_is_scored_by_a_model_that_did_not_see_it() -> None:
    table = people()
    lied = np.where(table.folds == 2, 1 - table.bad, table.bad)
    one = fit(table, Wishes(stated=dict.fromkeys(["Debt", "age", "late"], "either")))
    other = fit(replace(table, bad=lied), Wishes(stated=dict.fromkeys(["Debt", "age", "late"], "either")))
    assert one.chosen.penalties[0] != other.chosen.penalties[0]
    assert np.array_equal(one.chosen.models[2].rows, other.chosen.models[2].rows)
    assert not one.chosen.models[2].rows[table.folds == 2].any()


def test_columns_that_tell_nothing_have_no_lines() -> None:
    table = people()
    chance = np.random.Generator(np.random.PCG64(5))
    noise = Table(table.columns, (chance.random(len(table.bad)) < 0.3).astype(float), table.folds, 0)
    assert fit(noise, Wishes(lines_most=2)).points.rows <= 2


def test_what_was_tried_is_told_and_the_least_is_never_far(found: Fit) -> None:
    assert set(found.losses) == {"fused", "woe", "average"}
    assert found.losses[found.method] < min(found.losses.values()) + 0.01


def either_or(rows: int = 3000) -> Table:
    """People who are bad where just one of two answers is high, so that neither says anything by itself."""
    chance = np.random.Generator(np.random.PCG64(11))
    one, other = chance.integers(0, 6, rows).astype(float), chance.integers(0, 6, rows).astype(float)
    bad = (chance.random(rows) < np.where((one > 2) ^ (other > 2), 0.6, 0.2)).astype(float)
    return table([Column("one", one), Column("other", other)], bad.tolist())


@pytest.fixture(scope="module")
def crossed() -> Fit:
    """Their fit, with both answers crossed."""
    made = either_or()
    bins = [fine_bins(column, []) for column in made.columns]
    one, other = (side(each, each.codes(column)) for each, column in zip(bins, made.columns, strict=True))
    crossings = (Crossing(one, other, (True,) * 6),)
    stated = {"one": "either", "other": "either"}
    return fit(with_columns(made, crossings), Wishes(stated=stated, method="fused", crossings=crossings))


def test_what_is_crossed_is_asked_though_it_moves_nothing_by_itself(crossed: Fit) -> None:
    bare = np.zeros(len(crossed.chosen.models[-1].steps))
    bare[crossed.design.unknowns[2] :] = crossed.chosen.models[-1].steps[crossed.design.unknowns[2] :]
    points = crossed.cut(replace(crossed.chosen.models[-1], steps=bare), BUDGET, None)
    assert [[line.points for line in lines] for lines in points.lines[:2]] == [[0], [0]]
    assert points.lines[0][0].rows == 3000
    assert figures.auc(points.scores(crossed.design).astype(float), crossed.bad) > 0.65


def test_lines_of_crossings_count_among_those_that_are_asked_for(crossed: Fit) -> None:
    usual = crossed.points.rows
    for most in range(usual):
        assert crossed.cut(crossed.chosen.models[-1], BUDGET, most).rows <= most


@pytest.mark.skipif(not sets.HELOC.is_file(), reason="the homeowners' table is not here")
def test_homeowners_are_told_apart_with_few_lines_and_ficos_directions() -> None:
    table = sets.heloc()
    result = bench.measured(table, next(iter(table.held_out)))
    assert result.auc > 0.79
    assert result.lines <= 180


@pytest.mark.skipif(not sets.GERMAN.is_file(), reason="the German bank's table is not here")
def test_a_thousand_people_are_enough_to_learn_from() -> None:
    table = sets.german()
    areas = [bench.measured(table, unseen).auc for unseen, _ in zip(table.held_out, range(5), strict=False)]
    assert sum(areas) / 5 > 0.77
