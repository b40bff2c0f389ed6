import re

import msgspec
import pytest

from credence.training.fairness.less_discriminatory import less_discriminatory
from credence.training.order import Looks
from credence.training.report.section import Section
from tests.training.fairness.grouped import evidence, fairer_evidence, without_groups


def section_of(found: Section | None) -> Section:
    assert found is not None
    return found


@pytest.fixture(scope="module")
def plain() -> Section:
    return section_of(less_discriminatory(evidence()))


def test_the_family_is_told_with_what_it_costs(plain: Section) -> None:
    found = plain
    assert found.name == "less_discriminatory"
    assert "The scorecard that is written is the plain one." in found.says
    cost = next(line for line in found.says if line.startswith("sex: the least adverse impact ratio is 0."))
    assert re.search(r"or 0\.\d+ for -\d\.\d\d AUC points \(the one with strength \d+(\.\d+)?\)\.$", cost)
    assert not any("fused elastic net, which" in line for line in found.says)
    assert [picture.title for picture in found.pictures] == [
        "sex: AUC against the least adverse impact ratio"
    ]


def test_each_scorecard_is_a_line_of_accuracy_and_one_of_each_group(plain: Section) -> None:
    accuracy, women = plain.grids
    assert accuracy.columns[0] == women.columns[0] == "strength"
    assert len(accuracy.rows) == len(women.rows) == 20
    assert accuracy.rows[0][0] == women.rows[0][0] == "0"
    assert accuracy.rows[0][4] == 0.0
    assert women.title == "sex: 'woman' beside 'man'"
    assert all(len(row) == len(women.columns) for row in women.rows)


def test_the_facts_are_the_family(plain: Section) -> None:
    facts = msgspec.to_builtins(plain.facts)
    assert len(facts["family"]) == 20
    assert set(facts["family"][3]["groups"][0]["figures"]) == {
        "accepted",
        "adverse_impact_ratio",
        "standardised_mean_difference",
        "equal_opportunity_difference",
        "calibration_gap",
    }


def test_a_plain_scorecard_learnt_otherwise_is_told_of() -> None:
    found = section_of(less_discriminatory(evidence("average")))
    assert found.grids[0].rows[0][0] == "plain (average)"
    assert any(line.startswith("The plain scorecard was learnt otherwise (average)") for line in found.says)


def test_the_one_that_was_chosen_is_told() -> None:
    found = section_of(less_discriminatory(fairer_evidence(0.3)))
    assert "The scorecard that is written is the one with strength 0.3." in found.says


def test_without_groups_there_is_nothing_to_tell() -> None:
    assert less_discriminatory(without_groups(Looks())) is None
