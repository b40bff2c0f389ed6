from pathlib import Path

from credence.scorecards.gate.points_hash import points_hash
from credence.scorecards.load import load_scorecard
from tests.scorecards.cards import card, lab, of


def test_a_shipped_scorecard_has_one_that_stays(tmp_path: Path) -> None:
    assert points_hash(load_scorecard("everyday")) == points_hash(load_scorecard("everyday"))
    assert len(points_hash(load_scorecard("everyday"))) == 64


def test_why_there_is_no_score_is_a_word_and_that_there_is_none_is_not(tmp_path: Path) -> None:
    hashes = [
        points_hash(card(tmp_path, lab(of("{count: {}}", rows), "reasons: {A: A, B: B}")))
        for rows in (
            "[{below: 1, unscorable: A}, {points: 2}]",
            "[{below: 1, unscorable: B}, {points: 2}]",
            "[{below: 1, points: 0}, {points: 2}]",
            "[{below: 1.5, points: 0}, {points: 2}]",
        )
    ]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3
