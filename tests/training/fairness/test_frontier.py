from dataclasses import replace

import pytest

from credence.training import figures
from credence.training.fairness.compared import Figure
from credence.training.fairness.family import STRENGTHS
from credence.training.fairness.frontier import Alternative, Beside, alternatives
from credence.training.order import Looks
from tests.training.fairness.grouped import evidence, family_of, without_groups


@pytest.fixture(scope="module")
def found() -> list[Alternative]:
    return family_of()


def test_the_family_goes_from_the_plain_scorecard_to_a_small_gap(found: list[Alternative]) -> None:
    assert tuple(each.strength for each in found) == STRENGTHS
    assert [each.written for each in found] == [True] + [False] * 19
    assert {(one.column, one.name, one.reference) for each in found for one in each.groups} == {
        ("sex", "woman", "man")
    }
    assert found[0].least("sex") < 0.85
    assert found[-1].least("sex") > found[0].least("sex") + 0.1
    assert found[0].auc_difference == found[0].auc_difference_error == 0
    assert found[-1].auc_difference < -2 * found[-1].auc_difference_error < 0


def test_its_figures_are_out_of_fold(found: list[Alternative]) -> None:
    seen = evidence()
    assert found[0].auc.value == pytest.approx(figures.auc(seen.scores, seen.table.bad), abs=1e-6)
    assert found[0].log_loss.value == pytest.approx(figures.log_loss(seen.chances, seen.table.bad), abs=1e-5)
    low, value, high = (end or 0.0 for end in (found[0].auc.low, found[0].auc.value, found[0].auc.high))
    assert 0 < low < value < high
    assert found[0].groups[0].figures["calibration_gap"].value is not None


def test_each_accepts_about_as_many_as_the_one_that_is_written(found: list[Alternative]) -> None:
    seen = evidence()
    share = float((seen.scores >= seen.cut_off).mean())
    women = [each.groups[0].figures["accepted"].value or 0.0 for each in found]
    assert found[0].cut_off == seen.cut_off
    # The men are as many: where women gain, men lose.
    assert 0 < women[0] < share
    assert women[-1] == pytest.approx(share, abs=0.08)


def test_a_plain_scorecard_learnt_otherwise_stands_before_the_family() -> None:
    found = family_of("woe")
    assert [each.method for each in found] == ["woe"] + ["fused"] * 20
    assert [each.written for each in found] == [True] + [False] * 20
    assert found[1].auc_difference != 0


def test_the_one_that_was_chosen_is_marked_among_the_same_family(found: list[Alternative]) -> None:
    chosen = family_of(strength=0.3)
    assert [each.strength for each in chosen if each.written] == [0.3]
    assert sorted(each.strength for each in chosen) == sorted([*STRENGTHS, 0.3])
    apart = {each.strength: each.auc for each in chosen if each.strength != 0.3}
    # From 0.33 on they begin elsewhere, and may end a rounded point away.
    assert [apart[s] for s in STRENGTHS[:10]] == [each.auc for each in found[:10]]


def test_the_least_ratio_is_to_the_group_that_is_accepted_most_whichever_it_is() -> None:
    plain = family_of()[0]
    for ratio, least in ((0.8, 0.8), (1.25, 0.8), (None, 0.0)):
        figures = {"adverse_impact_ratio": Figure(ratio, ratio, ratio)}
        beside = Beside("sex", "woman", "man", figures), Beside("region", "north", "south", figures)
        assert replace(plain, groups=list(beside)).least("sex") == least


def test_without_groups_there_is_no_family() -> None:
    assert alternatives(without_groups(Looks())) == []
