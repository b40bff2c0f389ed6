import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from credence import EventLog, load_scorecard
from credence.cli.receipt import WIDTH, receipt
from credence.engines.moment import Moment
from credence.scoring.explain import explain
from credence.scoring.statement import Statement, StatementReason
from tests.scorecards.cards import lab, write
from tests.world import LATER, event, record


def of(town: Path, person: str, language: str | None = None) -> Statement:
    """The statement of one of the town's people."""
    card = load_scorecard("everyday", language=language)
    return explain(card, EventLog.open(town / "log"), person, Moment(date(2026, 11, 6), LATER))


def right_hand_points(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"  ([+]\d+|\d{3})(?: of \d+)?$", text, flags=re.MULTILINE)]


@pytest.mark.parametrize("language", [None, "zh"])
@pytest.mark.parametrize("person", ["ana", "hu", "lin", "person-004"])
def test_a_receipt_is_at_most_78_columns_wide(town: Path, person: str, language: str | None) -> None:
    lines = receipt(of(town, person, language)).splitlines()
    assert max(map(cell_len, lines)) == WIDTH == 78


@pytest.mark.parametrize("language", [None, "zh"])
def test_the_points_of_a_receipt_add_up_to_the_score_below_them(town: Path, language: str | None) -> None:
    *points, score = right_hand_points(receipt(of(town, "ana", language)))
    assert points[0] == 350
    assert len(points) == 1 + 14
    assert sum(points) == score == of(town, "ana").score


def test_points_stand_in_one_column_in_chinese_too(town: Path) -> None:
    lines = [
        line for line in receipt(of(town, "ana", "zh")).splitlines() if re.search(r"[+]\d+ of \d+$", line)
    ]
    assert len(lines) == 14
    assert {cell_len(line) for line in lines} == {78}


def test_without_a_score_the_receipt_says_what_is_wanting_and_shows_no_points(town: Path) -> None:
    text = receipt(of(town, "lin"))
    assert "No score yet. That is not a bad score: too little is known." in text
    assert "needed: at least 6." in text
    assert right_hand_points(text) == []
    assert "YOUR SCORE" not in text


def test_reasons_are_told_with_their_points(town: Path) -> None:
    told = (StatementReason("C9", "A little less", 1.0),)
    text = receipt(replace(of(town, "ana"), reasons=told))
    assert "(against the most possible):\n  C9  A little less (1 point)\n" in text
    above = receipt(replace(of(town, "ana"), reasons=told, reason_points="above", baseline="stated"))
    assert "What keeps it from being lower (against the points the scorecard states):\n" in above


def test_a_statement_without_a_log_names_no_snapshot(town: Path) -> None:
    assert "snapshot" not in receipt(replace(of(town, "ana"), snapshot=None))


def test_a_long_or_hostile_id_neither_widens_the_receipt_nor_steers_the_terminal(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-11-01", "b1", days_late=0))
    statement = explain(load_scorecard("everyday"), log, "ana", Moment(date(2026, 11, 6), LATER))
    text = receipt(replace(statement, person_id="x" * 150 + "\x1b[2J"))
    assert max(map(cell_len, text.splitlines())) == 78
    assert "\x1b" not in text


def test_a_scorecard_without_range_bands_categories_and_questions_has_a_receipt(
    log: EventLog, tmp_path: Path
) -> None:
    card = load_scorecard(write(tmp_path, lab()))
    record(log, event("bill.paid", "2026-11-01", "b1", days_late=0))
    text = receipt(explain(card, log, "ana", Moment(date(2026, 11, 6), LATER)))
    assert "\nScore: 10\n" in text
    assert "\nCHARACTERISTICS\n" in text
    assert "Next evaluation" not in text


def test_very_great_points_keep_to_the_width(log: EventLog, tmp_path: Path) -> None:
    one = "{one: {measure: {count: {}}, attributes: [{points: 1000000}]}}"
    card = load_scorecard(write(tmp_path, lab().partition("characteristics:")[0] + f"characteristics: {one}"))
    record(log, event("bill.paid", "2026-11-01", "b1", days_late=0))
    text = receipt(explain(card, log, "ana", Moment(date(2026, 11, 6), LATER)))
    assert "  +1000000 of 1000000\n" in text
    assert max(map(cell_len, text.splitlines())) == 78
