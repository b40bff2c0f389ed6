from credence.training.fairness.compared import Figure
from credence.training.fairness.measures import measured
from credence.training.fairness.words import WORDS, between, meanings, said
from tests.training.fairness.test_measures import CHANCES, counted, ground


def test_every_figure_is_told_with_what_it_does_not_show() -> None:
    assert set(WORDS) == set(measured(counted().rows, ground(counted(), CHANCES)))
    assert all(word.title and word.shows and word.not_shown for word in WORDS.values())


def test_shares_are_percentages_and_others_numbers() -> None:
    assert said("accepted", 0.4567) == "45.7 %"
    assert said("auc", 0.7) == "0.700"
    assert said("mean_score", 512.34) == "512.3"
    assert said("calibration_gap", -0.0001) == "0.0 %"
    assert said("auc", None) == "-"


def test_an_interval_is_told_where_chance_moves_a_figure() -> None:
    assert between("accepted", Figure(0.5, 0.45, 0.55)) == "50.0 % (45.0 to 55.0)"
    assert between("adverse_impact_ratio", Figure(1.0, 1.0, 1.0)) == "1.000"
    assert between("accepted", Figure(None, None, None)) == "-"


def test_each_figure_that_is_there_is_a_sentence() -> None:
    ratio, loss = meanings(["log_loss", "adverse_impact_ratio"])
    assert ratio.startswith(
        "Adverse impact ratio (AIR): that share, as a part of the share of the group that"
    )
    assert loss == (
        "Log-loss: how far the chances were from what came. Not shown: how groups compare that were bad "
        "unlike often: it depends on that, too."
    )
