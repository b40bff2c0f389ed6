from pathlib import Path

import pytest

from credence.cli.change import TITLES
from credence.scoring.change_stages import CAUSES
from tests.cli.commands import Credence, refused
from tests.scorecards.cards import lab, of, write

SIDE = {
    "scorecard", "version", "definition_hash", "as_of", "known_at", "snapshot", "score", "band", "unscorable",
    "points_base", "wanting",
}  # fmt: skip
LINE = {"characteristic", "category", "question", "before", "after", "points", "causes"}


@pytest.fixture
def hu(town: Path) -> list[object]:
    """The words that tell how Hu's score changed within a month."""
    return ["change", "everyday", "hu", "--log", town / "log", "--from", "2026-10-06", "--to", "2026-11-06"]


def test_every_cause_has_a_title() -> None:
    assert TITLES.keys() == set(CAUSES)


def test_a_change_is_said_as_a_receipt_that_adds_up(credence: Credence, hu: list[object]) -> None:
    ran = credence(*hu)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert "Everyday credit for hu: what changed" in lines
    total = lines[next(n for n, line in enumerate(lines) if line.startswith("Score before")) :]
    first, *parts, last = (int(line.split()[-1]) for line in total if not line.startswith("-"))
    assert first + sum(parts) == last
    assert parts
    assert "taken back by city-power/hu-wrong-taken-back" in " ".join(ran.out.split())
    assert max(map(len, lines)) <= 78


def test_with_json_a_change_has_the_promised_keys_and_adds_up(credence: Credence, hu: list[object]) -> None:
    facts = credence(*hu, "--json").facts
    assert set(facts) == {"person_id", "before", "after", "points", "base", "lines", "causes"}
    assert set(facts["before"]) == set(facts["after"]) == SIDE
    assert all(set(line) == LINE for line in facts["lines"])
    assert facts["before"]["score"] + facts["points"] == facts["after"]["score"]
    assert facts["base"] + sum(line["points"] for line in facts["lines"]) == facts["points"]
    assert sum(facts["causes"].values()) == facts["points"]
    assert facts["before"]["known_at"] == "2026-10-06T00:00:00Z"
    events = [event for line in facts["lines"] for cause in line["causes"] for event in cause["events"]]
    by = {"what": "taken back", "furnisher": "city-power", "event_id": "hu-wrong-taken-back"}
    assert by in [event["by"] for event in events]


def test_the_earlier_statement_is_as_known_when_it_is_said(credence: Credence, hu: list[object]) -> None:
    facts = credence(*hu, "--from-known-at", "2026-11-20", "--known-at", "2026-11-20", "--json").facts
    assert facts["causes"]["corrected"] == facts["causes"]["late"] == 0
    assert facts["before"]["known_at"] == "2026-11-20T00:00:00Z"


def test_a_side_without_a_score_is_said_and_there_is_no_number(credence: Credence, town: Path) -> None:
    when = ("--from", "2026-10-06", "--from-known-at", "2026-11-20", "--to", "2026-12-06")
    ran = credence("change", "everyday", "lin", "--log", town / "log", *when)
    assert "Before: no score. That is not a bad score: too little is known." in ran.out
    assert "There is no score on both sides, so there is no number for the change." in ran.out
    assert "SCORE AFTER" not in ran.out
    facts = credence("change", "everyday", "lin", "--log", town / "log", *when, "--json").facts
    assert (facts["points"], set(facts["causes"].values())) == (None, {None})


def test_where_nothing_was_known_the_way_out_is_said(credence: Credence, town: Path) -> None:
    lin = ["change", "everyday", "lin", "--log", town / "log", "--to", "2026-12-06"]
    sentence = refused(credence(*lin, "--from", "2026-10-06"))
    assert sentence.endswith("unless --from-known-at says when.")
    plain = refused(credence(*lin, "--from", "2026-10-06", "--from-known-at", "2020-01-01"))
    assert plain.endswith("ask with a later --known-at.")


def test_another_version_of_the_scorecard_is_a_cause(credence: Credence, town: Path, tmp_path: Path) -> None:
    measure, rows = "{count: {kind: rent.paid}}", "[{below: 1, points: 0}, {points: 30}]"
    (tmp_path / "old").mkdir()
    old = write(tmp_path / "old", lab(of(measure, rows)))
    new = write(tmp_path, lab(of(measure, "[{points: 25}]")).replace("points_base: 0", "points_base: 9"))
    now = (
        "--from",
        "2026-11-06",
        "--from-known-at",
        "2026-11-20",
        "--to",
        "2026-11-06",
        "--known-at",
        "2026-11-20",
    )
    ran = credence("change", new, "ana", "--log", town / "log", *now, "--from-version", old)
    assert [line.split() for line in ran.out.splitlines()[-5:-1]] == [
        ["Score", "before", "30"],
        ["Everyone", "starts", "with", "other", "base", "points", "+9"],
        ["New", "version", "of", "the", "scorecard", "-5"],
        ["SCORE", "AFTER", "34"],
    ]


def test_many_events_are_shortened_for_people_only(credence: Credence, town: Path, tmp_path: Path) -> None:
    each = of("{count: {kind: bill.paid}}", "[{below: 3, points: 1}, {points: 2}]", "months: 12")
    card = write(tmp_path, lab(each))
    words = ["change", card, "ana", "--log", town / "log", "--from", "2024-11-06", "--to", "2026-11-06"]
    ran = credence(*words, "--from-known-at", "2026-11-20")
    assert "other events (--json)" in ran.out


def test_a_line_that_a_version_lacks_was_not_asked(credence: Credence, town: Path, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old = write(tmp_path / "old", lab(of("{count: {}}", "[{points: 1}]").replace("one:", "former:")))
    new = write(tmp_path, lab(of("{count: {}}", "[{points: 3}]")))
    now = ("--from", "2026-11-06", "--from-known-at", "2026-11-20", "--to", "2026-11-06")
    ran = credence("change", new, "ana", "--log", town / "log", *now, "--from-version", old)
    assert "not asked -> " in ran.out
    assert " -> not asked" in ran.out


def test_columns_come_from_a_table_of_people(credence: Credence, town: Path, tmp_path: Path) -> None:
    card = write(
        tmp_path, lab(of("{column: risk}", "[{below: 5, points: 1}, {points: 2}]", "missing: {points: 0}"))
    )
    (tmp_path / "people.csv").write_text("person_id,risk\nana,7\n", encoding="utf-8")
    now = ("--from", "2026-11-06", "--from-known-at", "2026-11-20", "--to", "2026-11-06", "--json")
    words = ["change", card, "ana", "--log", town / "log", *now]
    assert "give it with --people TABLE" in credence(*words).out
    facts = credence(*words, "--people", "people.csv").facts
    assert (facts["before"]["score"], facts["after"]["score"]) == (2, 2)
