"""Rows of a characteristic's table in words."""

from pathlib import Path

import pytest

from credence import load_scorecard
from credence.server.web.person.rows import rows_of
from credence.server.web.texts import say

HEAD = """
name: test
version: 1
title: Test
setting: lab
points_base: 0
characteristics:
  one:
    question: How many?
"""
CASES = {
    "shares": (
        (
            "measure: {share: {kind: bill.paid}, of: {kind: [bill.paid, bill.unpaid]}}\n"
            "    attributes: [{below: 0.5, points: 0}, {up_to: 0.75, points: 3}, {points: 9}]\n"
            "    missing: {points: 4}"
        ),
        ["less than 50 %: 0", "50 % to 75 %: 3", "more than 75 %: 9", "Nothing is known: 4"],
    ),
    "counts": (
        (
            "measure: {count: {kind: bill.paid}}\n"
            "    attributes: [{below: 1, points: 0}, {below: 2, points: 1}, {below: 5, points: 3}, "
            "{points: 9}]"
        ),
        ["0: 0", "1: 1", "2 to 4: 3", "5 and more: 9"],
    ),
    "up to": (
        "measure: {count: {kind: bill.paid}}\n    attributes: [{up_to: 3, points: 0}, {points: 9}]",
        ["up to 3: 0", "more than 3: 9"],
    ),
    "money": (
        (
            "measure: {sum: {kind: income.received, field: amount, currency: EUR}}\n"
            "    attributes: [{below: 100000, points: 0}, {points: 9}]\n"
            "    missing: {points: 4}"
        ),
        ["less than 1,000.00 EUR: 0", "1,000.00 EUR and more: 9", "Nothing is known: 4"],
    ),
    "whatever it is": (
        "measure: {count: {kind: bill.paid}}\n    attributes: [{points: 9}]",
        ["any answer: 9"],
    ),
    "values": (
        "measure: {count: {kind: bill.paid}}\n    attributes: [{in: [3, 4], points: 2}, {points: 9}]",
        ["3, 4: 2", "any answer: 9"],
    ),
    "points for each": (
        "measure: {count: {kind: bill.paid}}\n    points_each: {points: 2}",
        ["for each one: 2"],
    ),
    "points for each, with a limit": (
        "measure: {count: {kind: bill.paid}}\n    points_each: {points: 2, cap: 10}",
        ["for each one, 10 at most: 2"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_row_says_which_answers_it_is_for(case: str, tmp_path: Path) -> None:
    definition, told = CASES[case]
    path = tmp_path / "scorecard.yaml"
    path.write_text(f"{HEAD}    {definition}\n", encoding="utf-8")
    rows = rows_of(load_scorecard(path).characteristics[0], "")
    assert [f"{say('en', f'lines.{row.key}', **row.said)}: {row.points}" for row in rows] == told
    assert not any(row.here for row in rows)


def test_the_row_of_the_answer_is_marked() -> None:
    everyday = load_scorecard("everyday")
    rows = rows_of(everyday.characteristic("serious_records"), "below 1")
    assert [row.here for row in rows] == [True, False]
