from dataclasses import replace

import numpy as np
import pytest

from credence.training.against.ceiling import ceiling, compared
from credence.training.against.trees import Tuning
from credence.training.columns import Column
from credence.training.evidence import Evidence
from credence.training.figures import auc
from credence.training.fit import Wishes, fit
from credence.training.order import Looks
from tests.training.against.worlds import looking
from tests.training.tables import people, table

FEW = Tuning(tried=((2, 4, 0.1, 20, 1.0),), inner=2, rounds_most=60, patience=10)


def test_trees_are_grown_where_they_are_asked_for(evidence: Evidence) -> None:
    assert ceiling(looking(evidence, Looks())) is None
    few = people(200)
    few_of_them = Evidence(looking(evidence, Looks(ceiling=True)).order, few, fit(few, Wishes()))
    section = ceiling(few_of_them)
    assert section is not None
    assert isinstance(section.facts, dict)
    assert set(section.facts) == {"out_of_fold", "chosen"}
    assert len(section.facts["chosen"]) == 5
    assert section.facts["out_of_fold"].auc["scorecard"] == pytest.approx(few_of_them.figures.auc, abs=2e-5)


def test_where_answers_add_up_a_scorecard_is_as_good_as_trees(evidence: Evidence) -> None:
    section = compared(evidence, FEW)
    assert isinstance(section.facts, dict)
    assert section.facts["out_of_fold"].auc_difference.mean > -0.01
    assert not section.warns
    assert section.says[0].startswith("Beside tuned boosted trees the scorecard has ")


def test_where_answers_matter_together_somebody_must_know(evidence: Evidence) -> None:
    chance = np.random.Generator(np.random.PCG64(1))
    one, other = chance.normal(size=800), chance.normal(size=800)
    bad = chance.random(800) < np.where((one > 0) == (other > 0), 0.8, 0.3)
    crossed = table([Column("one", one), Column("other", other)], bad.astype(np.float64).tolist())
    section = compared(Evidence(evidence.order, crossed, fit(crossed, Wishes())), FEW)
    assert section.warns
    assert section.says[0].endswith("on rows out of fold: more than chance alone makes.")
    assert section.says[-1].startswith("So large a gap")


def test_rows_that_were_held_out_are_compared_too(evidence: Evidence) -> None:
    later = replace(evidence.table, later=people(300, seed=5))
    section = compared(Evidence(evidence.order, later, evidence.fit), FEW)
    assert isinstance(section.facts, dict)
    assert set(section.facts) == {"out_of_fold", "out_of_time", "chosen"}
    held = Evidence(evidence.order, later, evidence.fit).held
    assert held is not None
    out_of_time = section.facts["out_of_time"]
    assert out_of_time.auc["scorecard"] == pytest.approx(auc(held.scores, held.bad), abs=1e-5)
    assert out_of_time.auc_difference.error is None
    assert [grid.title for grid in section.grids] == ["Rows out of fold", "Rows out of time"]
    assert "on rows out of time" in section.says[1]
