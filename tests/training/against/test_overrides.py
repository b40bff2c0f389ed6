from pathlib import Path

import numpy as np
import pytest

from credence.errors import TrainingTableError
from credence.training.against.overrides import Overrides, counted, overrides
from credence.training.arrays import Texts
from credence.training.columns import Column
from credence.training.evidence import Evidence
from credence.training.order import Looks
from tests.training.against.worlds import evidence_of, looking, order_of, people
from tests.training.tables import answers


def with_decisions(evidence: Evidence, decided: Texts) -> Overrides:
    columns = {"decided": Column("decided", texts=decided)}
    table = evidence.table
    made = type(table)(table.columns, table.bad, table.folds, 0, columns)
    return counted(Evidence(evidence.order, made, evidence.fit).headline, "decided", evidence.cut_off)


def test_where_no_column_says_what_was_decided_nothing_is_counted(evidence: Evidence) -> None:
    assert overrides(looking(evidence, Looks())) is None


def test_decisions_that_are_the_cut_offs_have_no_overrides(evidence: Evidence) -> None:
    decided = np.where(evidence.scores >= evidence.cut_off, "Approved", "no").astype(object)
    found = with_decisions(evidence, decided)
    kinds = [(of.kind, of.rows > 0, of.seen is None) for of in found.decided]
    assert kinds == [
        ("in line", True, False),
        ("low-side override", False, True),
        ("high-side override", False, True),
        ("in line", True, False),
    ]
    assert (found.low_side, found.high_side, found.undecided) == (0, 0, 0)


def test_overrides_are_counted_on_both_sides_with_how_they_ended(evidence: Evidence) -> None:
    above, bad = evidence.scores >= evidence.cut_off, evidence.table.bad
    turned = np.arange(len(bad)) % 10 == 0
    decided = np.where(above != turned, "accepted", "refused").astype(object)
    decided[1::10] = None
    found = with_decisions(evidence, decided)
    low = next(of for of in found.decided if of.kind == "low-side override")
    assert (low.rows, low.bad) == (int((turned & ~above).sum()), int(bad[turned & ~above].sum()))
    assert low.seen == pytest.approx(bad[turned & ~above].mean(), abs=1e-5)
    assert low.low is not None
    assert low.seen is not None
    assert low.high is not None
    assert low.low < low.seen < low.high
    assert low.predicted == pytest.approx(evidence.chances[turned & ~above].mean(), abs=1e-5)
    assert found.undecided == 120
    assert found.low_side == pytest.approx(1 / 9, abs=0.04)


def test_a_cut_off_below_everybody_overrides_nobody_there(evidence: Evidence) -> None:
    columns = {"decided": Column("decided", numbers=np.ones(len(evidence.scores)))}
    table = evidence.table
    made = type(table)(table.columns, table.bad, table.folds, 0, columns)
    looks = Looks(decision="decided", cut_off=0)
    section = overrides(looking(Evidence(evidence.order, made, evidence.fit), looks))
    assert section is not None
    assert section.says[0] == "Cut-off 0, rows out of fold: 0.0 % of those at it or above were refused."


def test_a_table_with_decisions_gets_the_section_and_never_asks_them(tmp_path: Path) -> None:
    made = answers()
    path = people(tmp_path, decided=[int(str(end) == "good") for end in made["ended"]])
    found = evidence_of(order_of(path, Looks(decision="decided")))
    section = overrides(found)
    assert section is not None
    assert "decided" not in [bins.column for bins in found.fit.bins]
    assert section.grids[0].rows[0][:3] == ("accepted", "at or above", "in line")
    assert section.grids[0].rows[0][4] == 0
    assert "% of those below" in section.says[0]


def test_decisions_of_which_none_is_an_acceptance_are_told(tmp_path: Path) -> None:
    path = people(tmp_path, decided=[f"way {n % 9}" for n in range(1200)])
    with pytest.raises(TrainingTableError, match=r"'decided' is one of: way 0, .*, way 7, \.\.\. One"):
        evidence_of(order_of(path, Looks(decision="decided")))
    path = people(tmp_path, decided=["no"] * 1200)
    with pytest.raises(TrainingTableError, match=r"'decided' is one of: no\. One of them must say"):
        evidence_of(order_of(path, Looks(decision="decided")))
