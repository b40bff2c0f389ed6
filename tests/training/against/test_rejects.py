from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from credence.errors import TrainingTableError
from credence.training.against.refused import mains
from credence.training.against.rejects import FACTORS, Rejects, rejects
from credence.training.evidence import Evidence
from credence.training.fit import fit
from credence.training.order import Looks
from credence.training.pairing.pick import proposed, with_columns
from tests.training.against.worlds import evidence_of, looking, order_of
from tests.training.tables import answers, write_csv


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """People who owe a lot, without outcomes."""
    made = answers(900, seed=21)
    del made["ended"]
    made["Debt"] = [None if debt is None else float(str(debt)) + 30 for debt in made["Debt"]]
    return write_csv(tmp_path_factory.mktemp("refused") / "refused.csv", made)


@pytest.fixture(scope="module")
def found(evidence: Evidence, refused: Path) -> Rejects:
    """What they would have taught."""
    section = rejects(looking(evidence, Looks(rejects=refused)))
    assert section is not None
    assert isinstance(section.facts, Rejects)
    return section.facts


def test_where_nobody_is_named_nothing_is_inferred(evidence: Evidence) -> None:
    assert rejects(looking(evidence, Looks())) is None


def test_the_refused_are_taken_to_be_worse_the_greater_the_factor(found: Rejects) -> None:
    assert [moved.factor for moved in found.factors] == list(FACTORS)
    rates = [moved.refused_bad_rate for moved in found.factors]
    assert rates == sorted(rates)
    assert rates[0] < rates[-1]
    scores = [moved.refused_mean_change for moved in found.factors]
    assert scores == sorted(scores, reverse=True)
    accepted = [moved.refused_accepted for moved in found.factors]
    assert accepted[0] > accepted[-1]


def test_at_a_factor_of_one_little_moves(found: Rejects) -> None:
    plain = found.factors[0]
    assert plain.correlation > 0.97
    assert plain.auc_difference.low <= 0 <= plain.auc_difference.high
    assert abs(plain.mean_change) < 3


def test_the_columns_that_move_are_told_the_greatest_first(found: Rejects) -> None:
    assert {column.column for column in found.columns} == {"Debt", "age", "purpose", "late"}
    moved = [column.moved for column in found.columns]
    assert moved == sorted(moved, reverse=True)
    assert moved[0] > 0


def test_the_assumption_is_said_aloud(evidence: Evidence, refused: Path, found: Rejects) -> None:
    section = rejects(looking(evidence, Looks(rejects=refused)))
    assert section is not None
    assert section.says[0].startswith("900 refused people have a score; ")
    assert "% of the refused score as the worst tenth" in section.says[1]
    assert section.says[2].startswith("Nobody knows how the refused would have ended. ")
    assert "bad 1.2 times as often" in section.says[2]
    assert section.says[-1].startswith("The scorecard that is written was learnt from seen outcomes alone.")
    assert section.facts == found
    assert not section.warns
    assert found.parcels[0].refused < 450


def test_refused_people_unlike_those_with_outcomes_warn(evidence: Evidence, tmp_path: Path) -> None:
    made = answers(300, seed=5)
    made["Debt"], made["age"] = [120.0] * 300, [20] * 300
    section = rejects(looking(evidence, Looks(rejects=write_csv(tmp_path / "no.csv", made))))
    assert section is not None
    assert section.warns
    assert "% of the refused score as the worst tenth" in section.says[0]


def test_those_without_a_score_are_told(evidence: Evidence, tmp_path: Path) -> None:
    made = answers(60, seed=5)
    made["age"] = [None, *made["age"][1:]]
    section = rejects(looking(evidence, Looks(rejects=write_csv(tmp_path / "no.csv", made))))
    assert section is not None
    assert section.says[0].startswith("59 refused people have a score (1 more have no score); ")
    made["age"] = ["", *[None] * 59]
    section = rejects(looking(evidence, Looks(rejects=write_csv(tmp_path / "none.csv", made))))
    assert section is not None
    assert section.warns
    assert section.says == ("None of the 60 refused has a score: nothing is inferred.",)


def test_a_table_of_other_columns_is_told_before_the_fit(folder: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "no.csv", {"age": [1, 2]})
    with pytest.raises(TrainingTableError, match="There is no column 'Debt', which those with outcomes have"):
        evidence_of(order_of(folder / "people.csv", Looks(rejects=path)))


def test_crossings_are_made_of_the_answers_of_the_refused_too(evidence: Evidence, tmp_path: Path) -> None:
    """Owing and being young tell together; the table of the refused has no column that crosses them."""
    chance = np.random.Generator(np.random.PCG64(6))
    debt, age = chance.integers(0, 60, 1500), chance.integers(18, 80, 1500)
    logits = np.where((debt > 30) == (age < 45), 1.5, -1.5) + debt / 50
    bad = chance.random(1500) < 1 / (1 + np.exp(-logits))
    made: dict[str, list[object]] = {"debt": debt.tolist(), "age": age.tolist()}
    accepted = write_csv(tmp_path / "people.csv", made | {"ended": ["bad" if x else "good" for x in bad]})
    looks = Looks(rejects=write_csv(tmp_path / "no.csv", {name: of[:300] for name, of in made.items()}))
    plain = evidence_of(order_of(accepted, looks))
    crossings = proposed(plain.fit, 1)
    table = with_columns(plain.table, crossings)
    found = fit(table, replace(plain.fit.wishes, crossings=crossings))
    assert [column.name for column in table.columns] == ["debt", "age", "debt x age"]
    crossed = Evidence(plain.order, table, found)
    section = rejects(crossed)
    assert section is not None
    assert isinstance(section.facts, Rejects)
    assert section.facts.rows == 300
    assert "debt x age" in {column.column for column in section.facts.columns}
    assert mains(table, found.wishes).columns == plain.table.columns
