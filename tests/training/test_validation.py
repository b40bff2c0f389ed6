from dataclasses import replace

import numpy as np
import pytest

from credence.training import figures
from credence.training.evidence import Evidence
from credence.training.fit import Fit
from credence.training.merging import BUDGET
from credence.training.validation import BUDGETS, cut, unseen, validate
from tests.training.tables import fitted, people


@pytest.fixture(scope="module")
def found() -> Fit:
    """The fit of the made-up people."""
    return fitted()


def test_each_row_is_scored_by_the_scorecard_of_its_own_fold(found: Fit) -> None:
    cards = cut(found, BUDGET, None)
    scores = unseen(found, cards)
    for fold, card in enumerate(cards):
        mine = found.design.folds == fold
        assert scores[mine].tolist() == card.scores(found.design)[mine].tolist()


def test_figures_are_those_of_unseen_rows(found: Fit) -> None:
    figures_of = validate(found, replace(people(), duplicates=3), None, 1)
    scores = unseen(found, cut(found, BUDGET, None))
    folds = found.design.folds
    areas = [figures.auc(scores[folds == fold], found.bad[folds == fold]) for fold in range(5)]
    assert figures_of.auc == pytest.approx(np.mean(areas), abs=1e-6)
    assert figures_of.auc_error == pytest.approx(np.std(areas, ddof=1) / 5**0.5, abs=1e-6)
    assert figures_of.gini == pytest.approx(2 * figures_of.auc - 1, abs=1e-5)
    assert (figures_of.rows, figures_of.bad, figures_of.duplicates, figures_of.folds) == (
        1200, int(found.bad.sum()), 3, 5,
    )  # fmt: skip


def test_chances_of_unseen_rows_are_right(found: Fit) -> None:
    tenths = validate(found, people(), None, 1).calibration
    assert sum(tenth.rows for tenth in tenths) == 1200
    assert sum(t.predicted * t.rows for t in tenths) == pytest.approx(found.bad.sum(), rel=0.05)
    assert all(abs(tenth.predicted - tenth.seen) < 0.15 for tenth in tenths)


def test_the_frontier_runs_from_many_lines_to_few(found: Fit) -> None:
    frontier = validate(found, people(), None, 1).frontier
    lines = [spot.lines for spot in frontier]
    assert len(frontier) == len(BUDGETS)
    assert lines == sorted(lines, reverse=True)
    assert frontier[0].auc > 0.7


def test_rows_held_out_have_figures_of_the_scorecard_as_it_is(by_time: Evidence) -> None:
    later, held = by_time.figures.out_of_time, by_time.held
    assert later is not None
    assert held is not None
    assert (later.rows, later.unscored, later.bad) == (len(held.bad), 1, int(held.bad.sum()))
    assert later.auc == pytest.approx(figures.auc(held.scores, held.bad), abs=1e-6)
    assert later.ks == pytest.approx(figures.ks(held.scores, held.bad), abs=1e-6)
    assert later.brier == pytest.approx(figures.brier(held.chances, held.bad), abs=1e-6)
    assert 0.01 < later.auc_error < 0.06
    assert sum(tenth.rows for tenth in later.calibration) == later.rows


def test_without_a_time_there_are_no_figures_out_of_time(by_chance: Evidence) -> None:
    assert by_chance.figures.out_of_time is None
    assert by_chance.figures.split.by_chance
