import numpy as np

from credence.training.evidence import Evidence
from credence.training.report.cut_offs_section import at, cut_offs_section
from credence.training.sample import Sample
from tests.training.tables import table

TWENTY = Sample(
    "some", table([], [1.0] * 5 + [0.0] * 14 + [1.0]), np.arange(20, dtype=np.float64), np.full(20, 0.3)
)


def test_a_cut_off_accepts_whoever_has_it_or_more() -> None:
    assert at(TWENTY, 4) == {
        "cut_off": 4,
        "accepted": 0.8,
        "bad_accepted": 0.125,
        "bad_refused": 1.0,
        "bad_marginal": 0.5,
        "odds_accepted": 7.0,
        "bad_caught": 0.666667,
        "good_lost": 0.0,
    }


def test_where_nobody_is_accepted_or_refused_there_is_no_bad_rate() -> None:
    nobody, everybody = at(TWENTY, 99), at(TWENTY, 0)
    assert (nobody["accepted"], nobody["bad_accepted"], nobody["bad_marginal"]) == (0, None, None)
    assert (nobody["odds_accepted"], everybody["bad_refused"]) == (None, None)


def test_the_cut_off_asked_for_stands_among_the_others(by_time: Evidence) -> None:
    section = cut_offs_section(by_time)
    assert "From 480 (as asked), " in section.says[0]
    marked = [row[0] for row in section.grids[0].rows if "(this one)" in str(row[0])]
    assert marked == ["from 480 (this one)"]
    assert isinstance(section.facts, dict)
    accepted = [row["accepted"] for row in section.facts["at"]]
    assert accepted == sorted(accepted, reverse=True)


def test_a_cut_off_that_nobody_named_accepts_seven_in_ten(by_chance: Evidence) -> None:
    section = cut_offs_section(by_chance)
    assert "as nobody said" in section.says[0]
    assert isinstance(section.facts, dict)
    assert section.facts["cut_off"] == by_chance.cut_off


def test_a_cut_off_beyond_all_scores_refuses_everybody(by_time: Evidence) -> None:
    found = at(by_time.headline, 10_000)
    assert (found["good_lost"], found["bad_caught"]) == (1, 1)
