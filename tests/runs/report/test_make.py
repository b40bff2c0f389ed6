"""The facts of a report: everybody is counted, and only what can be compared is compared."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, score_people
from credence.engines.scored import Scores
from credence.runs.report.make import Earlier, report_on
from credence.runs.report.model import CardReport, Drift, Share
from credence.scorecards.load import load_text
from credence.scorecards.written import to_yaml
from tests.both_engines import card
from tests.runs.report.months import (
    BEFORE,
    CARD,
    NOVEMBER,
    NOW,
    OCTOBER,
    PEOPLE,
    earlier,
    first_card,
    reported,
    scored,
)
from tests.world import event, record

MOMENT = Moment(NOVEMBER, NOW, 3)


def shares(found: tuple[Share, ...]) -> dict[str, tuple[int, int | None]]:
    return {share.label: (share.people, share.before) for share in found}


def drift(report: CardReport, name: str) -> Drift:
    return next(one for one in report.characteristics if one.name == name)


def test_a_scorecard_is_told_now_and_before(tmp_path: Path) -> None:
    report = reported(tmp_path)
    assert (report.run, report.as_of, report.known_at, report.snapshot) == ("november", NOVEMBER, NOW, 3)
    found = first_card(report)
    assert (found.people, found.scored, found.mean) == (6, 4, 18.25)
    assert found.before is not None
    assert (found.before.people, found.before.scored, found.before.mean) == (5, 4, 23.75)
    assert (found.before.run, found.before.as_of, found.before.known_at) == ("october", OCTOBER, BEFORE)
    assert found.mean_change == -5.5
    assert shares(found.bands) == {"low": (2, 1), "middle": (1, 1), "high": (1, 2)}
    assert shares(found.unscorable) == {"no_b": (1, 0), "N": (1, 1)}
    assert found.quantiles["least"] == 10
    assert [furnisher.name for furnisher in report.furnishers] == ["phone", "power"]


def test_whom_a_run_moved_is_told_person_by_person(tmp_path: Path) -> None:
    moves = first_card(reported(tmp_path)).moves
    assert moves is not None
    assert (moves.moves.people, moves.moves.scored, moves.moves.up, moves.moves.down) == (6, 3, 1, 1)
    assert moves.bands[("low", "high")] == 1
    assert moves.bands[("not there", "low")] == 1
    told = [(m.person_id, m.through, m.was, m.became, m.points) for m in moves.movers]
    assert told == [("ana", "a", "below 5", "7 and over", 20), ("cho", "a", "7 and over", "below 5", -20)]


def test_answers_are_compared_by_people_and_in_points(tmp_path: Path) -> None:
    found = drift(first_card(reported(tmp_path)), "a")
    assert found.question == "What is a?"
    assert shares(found.attributes) == {
        "below 5": (3, 1),
        "5 to 7": (1, 1),
        "7 and over": (1, 2),
        "missing": (1, 1),
    }
    # Of the 5 and 4 whose answer gives points: 10 x (1/5 - 1/4) + 20 x (1/5 - 2/4).
    assert found.csi == pytest.approx(-6.5)
    assert found.psi == pytest.approx(0.491318, abs=1e-6)


def test_points_that_follow_the_answer_have_no_csi(tmp_path: Path) -> None:
    found = drift(first_card(reported(tmp_path)), "b")
    assert found.csi is None
    assert found.psi is not None


def test_a_first_run_compares_nothing(tmp_path: Path) -> None:
    found = first_card(reported(tmp_path, {NOVEMBER: PEOPLE[NOVEMBER]}))
    assert (found.before, found.psi, found.moves, found.mean_change) == (None, None, None, None)
    everything = (found.bins, found.bands, found.unscorable, *(d.attributes for d in found.characteristics))
    assert {share.before for group in everything for share in group} == {None}
    assert {(d.psi, d.csi) for d in found.characteristics} == {(None, None)}


def test_where_nothing_changed_nothing_is_told_to_have_moved(tmp_path: Path) -> None:
    found = first_card(reported(tmp_path, dict.fromkeys((OCTOBER, NOVEMBER), PEOPLE[OCTOBER])))
    assert (found.psi, found.mean_change) == (0, 0)
    assert [d.psi for d in found.characteristics] == [0, 0]
    assert drift(found, "a").csi == 0
    assert found.moves is not None
    assert (found.moves.movers, found.moves.parts) == ((), ())
    assert found.before is not None
    assert found.before.changes == ()


@pytest.mark.parametrize(
    ("old", "new", "compared", "in_points"),
    [
        ("points: 20", "points: 15", True, False),
        ("below: 7", "below: 8", False, False),
        ("measure: {column: a}", "measure: {column: b}", False, False),
        ("points_base: 10", "points_base: 11", True, True),
    ],
)
def test_what_was_asked_otherwise_before_is_not_compared(
    tmp_path: Path, old: str, new: str, *, compared: bool, in_points: bool
) -> None:
    before = CARD.replace(old, new)
    assert before != CARD
    found = first_card(reported(tmp_path, before=before))
    one = drift(found, "a")
    assert (one.psi is not None, one.csi is not None) == (compared, in_points)
    assert {share.before is not None for share in one.attributes} == {compared}
    assert found.before is not None
    assert found.before.changes != ()


def test_a_question_that_is_new_is_compared_with_nothing(tmp_path: Path) -> None:
    found = first_card(reported(tmp_path, before=CARD.replace("  a:\n", "  old:\n")))
    assert drift(found, "a").psi is None
    assert found.before is not None
    assert any(sentence.startswith("old") for sentence in found.before.changes)


def test_a_band_that_is_gone_still_has_its_people_before(tmp_path: Path) -> None:
    found = first_card(reported(tmp_path, before=CARD.replace("name: low", "name: lowest")))
    assert shares(found.bands) == {"low": (2, 0), "middle": (1, 1), "high": (1, 2), "lowest": (0, 1)}


def test_a_definition_that_was_kept_compares_as_the_one_that_scored(tmp_path: Path) -> None:
    last = earlier(tmp_path)["small"]
    was = last.scores.scorecard
    kept = replace(load_text(to_yaml(was), "kept"), definition_hash=was.definition_hash)
    again = replace(last, scores=Scores(last.scores.file, kept))
    scores = scored(tmp_path, NOVEMBER, PEOPLE[NOVEMBER])
    assert (
        report_on("r", MOMENT, [scores], {"small": again}).cards
        == report_on("r", MOMENT, [scores], {"small": last}).cards
    )


def test_people_with_points_for_each_event_are_compared_by_their_number(
    log: EventLog, tmp_path: Path
) -> None:
    each = {"measure": {"count": {"kind": "bill.paid"}}, "points_each": {"points": 2}}
    scorecard = card(tmp_path, {"count": {}}, characteristics={"bills": each})
    sent = [("ana", "2026-09-01"), ("ana", "2026-10-20"), ("ben", "2026-10-20")]
    record(
        log,
        *(event("bill.paid", day, f"{n}", who, days_late=0) for n, (who, day) in enumerate(sent)),
    )
    sides = [Scores(tmp_path / f"{day}.parquet", scorecard) for day in (OCTOBER, NOVEMBER)]
    for side, day in zip(sides, (OCTOBER, NOVEMBER), strict=True):
        score_people(scorecard, log, Moment(day, NOW), side.file)
    last = {"trial": Earlier("october", OCTOBER, BEFORE, sides[0])}
    (found,) = first_card(report_on("november", MOMENT, sides[1:], last)).characteristics
    assert shares(found.attributes) == {"0": (0, 1), "1": (1, 1), "2": (1, 0)}
    assert found.psi is not None
    assert found.csi is None


def random_people(chance: Random) -> str:
    some = [name for name in (f"p{n}" for n in range(30)) if chance.random() < 0.8]
    answers = list(product(("", 1, 5, 6, 9), ("", 0, 3, 20)))
    rows = [(name, *chance.choice(answers)) for name in some]
    return "".join(f"{name},{a},{b}\n" for name, a, b in rows) or "p0,1,1\n"


def counts_add_up(found: CardReport) -> None:
    assert found.before is not None
    assert found.moves is not None
    for people, side in ((found.scored, "people"), (found.before.scored, "before")):
        assert sum(getattr(one, side) for one in found.bins) == people
        assert sum(getattr(one, side) for one in found.bands) == people
    for people, scored_, side in (
        (found.people, found.scored, "people"),
        (found.before.people, found.before.scored, "before"),
    ):
        assert sum(getattr(one, side) for one in found.unscorable) == people - scored_
        for one in found.characteristics:
            assert sum(getattr(share, side) for share in one.attributes) == people
    assert sum(found.moves.bands.values()) == found.moves.moves.people
    there = sum(people for (_, new), people in found.moves.bands.items() if new != "not there")
    assert there == found.people


@settings(max_examples=5)
@given(seed=st.integers(0, 2**32 - 1))
def test_counts_add_up_to_everybody_everywhere(seed: int) -> None:
    chance = Random(seed)
    people = {day: random_people(chance) for day in (OCTOBER, NOVEMBER)}
    with TemporaryDirectory() as name:
        report = reported(Path(name), people)
    found = first_card(report)
    counts_add_up(found)
    indexes = [found.psi, *(d.psi for d in found.characteristics)]
    assert all(index is None or index >= 0 for index in indexes)
