from pathlib import Path

import pytest

from credence.errors import TrainingTableError
from credence.training.against.refused import read_refused
from credence.training.evidence import Evidence
from tests.training.tables import answers, write_csv


def test_the_refused_are_read_as_those_with_outcomes_are(tmp_path: Path, evidence: Evidence) -> None:
    made = answers(50, seed=3)
    del made["ended"]
    made["purpose"] = [str(n) for n in range(50)]
    found = read_refused(write_csv(tmp_path / "no.csv", made), evidence.table, 5)
    assert [column.name for column in found.columns] == [column.name for column in evidence.table.columns]
    assert found.columns[2].texts is not None
    assert found.columns[0].numbers is not None
    assert found.bad.tolist() == [0.0] * 50


def test_any_order_of_rows_is_read_alike(tmp_path: Path, evidence: Evidence) -> None:
    made = answers(60, seed=3)
    orders = [list(range(60)), list(range(59, -1, -1))]
    first, again = (
        read_refused(write_csv(tmp_path / f"{n}.csv", made, order), evidence.table, 5)
        for n, order in enumerate(orders)
    )
    assert first.columns[1].numbers is not None
    assert again.columns[1].numbers is not None
    assert first.columns[1].numbers.tolist() == again.columns[1].numbers.tolist()


def test_every_column_that_is_not_as_it_must_be_is_told(tmp_path: Path, evidence: Evidence) -> None:
    made = answers(20)
    made["Dept"] = made.pop("Debt")
    made["age"] = ["old"] * 20
    with pytest.raises(TrainingTableError) as told:
        read_refused(write_csv(tmp_path / "no.csv", made), evidence.table, 5)
    assert "There is no column 'Debt', which those with outcomes have. Did you mean 'Dept'?" in str(
        told.value
    )
    assert "'age' holds texts, and numbers in the table of those with outcomes." in str(told.value)
