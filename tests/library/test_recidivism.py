"""Deciles with their three words, from six facts of a table."""

from credence.engines.sql.compile import columns_needed
from credence.scorecards.load import find, load_scorecard

CARD = load_scorecard("recidivism")


def test_deciles_one_to_four_are_low_five_to_seven_medium_and_the_rest_high() -> None:
    words = ["low"] * 4 + ["medium"] * 3 + ["high"] * 3
    assert [band.name for band in CARD.bands] == [f"{n}, {word}" for n, word in enumerate(words, 1)]


def test_it_takes_six_facts_and_neither_race_nor_sex() -> None:
    facts = "age c_charge_degree juv_fel_count juv_misd_count juv_other_count priors_count"
    assert sorted(columns_needed(CARD)) == facts.split()


def test_the_model_card_shows_error_rates_beside_predictive_values() -> None:
    text = find("recidivism").with_name("README.md").read_text(encoding="utf-8")
    assert "| Black | 44.85 % | 27.99 % | 62.97 % |" in text
    assert "| White | 23.45 % | 47.72 % | 59.13 % |" in text


def test_the_colours_of_keeper_are_three() -> None:
    assert [band.name for band in load_scorecard("keeper").bands] == ["green", "yellow", "red"]
