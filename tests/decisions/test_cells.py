"""Cells of a row: what they are read as, and how they are said."""

from pathlib import Path

import pytest

from credence.decisions.cells import read_cells
from credence.decisions.model import Policy
from credence.decisions.subjects import subjects_of
from credence.scorecards.load import load_scorecard
from credence.yaml_file import parse
from tests.characteristics.reading import words
from tests.decisions.policies import CARDS, decided, policy

REST = """
otherwise: {outcome: decline, reason: The rest.}
unknown: {outcome: refer, reason: Not known.}
"""
LISTS = "court: {title: the court's list}"
COLUMNS = "income: {title: income}\nhome: {title: home, type: text}"


def asks(when: str) -> list[str]:
    """What a row's cells are said to ask."""
    card = load_scorecard(CARDS / "small.yaml", words())
    node = parse(f"{{{when}}}", "file")
    clauses = read_cells(node, subjects_of(card, parse(LISTS, "file"), parse(COLUMNS, "file")))
    assert node.faults == []
    return [clause.asks for clause in clauses]


def one(folder: Path, when: str) -> Policy:
    """A policy of one row."""
    return policy(folder, f"rows:\n  - {{when: {{{when}}}, outcome: accept, reason: Because.}}\n{REST}")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("score: {above: 50}", "score more than 50"),
        ("score: {at_least: 50, below: 60}", "score at least 50 and less than 60"),
        ("score: {up_to: 50}", "score at most 50"),
        ("score: {in: [1, 2, 3]}", "score 1, 2 or 3"),
        ("score: {equals: 7}", "score 7"),
        ("band: good", "band good"),
        ("band: [good, high]", "band good or high"),
        ("scored: false", "no score"),
        ("scored: true", "a score"),
        ("unscorable: nothing", "no score because of nothing"),
        ("lists: {court: [absent, unknown]}", "the court's list absent or unknown"),
        ("answers: {bills_on_time: {at_least: 0.9}}", "the share of bills on time at least 0.9"),
        ("answers: {state: {in: [paid, late]}}", "state of the last account paid or late"),
        ("answers: {state: {missing: true}}", "state of the last account not known"),
        ("answers: {state: {missing: false}}", "state of the last account known"),
        ("columns: {income: {above: 1000}}", "income more than 1000"),
        ("columns: {home: {equals: own}}", "home own"),
    ],
)
def test_a_cell_is_said_in_words(when: str, said: str) -> None:
    assert asks(when) == [said]


def test_a_band_is_its_scores(tmp_path: Path) -> None:
    rules = one(tmp_path, "band: [low, high]")
    assert [decided(rules, score).row for score in (0, 49, 50, 79, 80, 100)] == [
        "1", "1", "otherwise", "otherwise", "1", "1",
    ]  # fmt: skip


def test_all_cells_of_a_row_must_hold(tmp_path: Path) -> None:
    rules = one(tmp_path, "score: {above: 50}, answers: {unpaid: {below: 1}, bills_on_time: {above: 0.5}}")
    assert decided(rules, 60, unpaid=0, bills_on_time=0.75).row == "1"
    assert decided(rules, 60, unpaid=1, bills_on_time=0.75).row == "otherwise"
    assert decided(rules, 60, unpaid=0, bills_on_time=0.5).row == "otherwise"
    assert decided(rules, 60, unpaid=0, bills_on_time=None).row == "unknown"


def test_a_code_is_one_of_why_there_is_no_score(tmp_path: Path) -> None:
    rules = one(tmp_path, "unscorable: nothing")
    assert decided(rules, None, unscorable="nothing").row == "1"
    assert decided(rules, 60).row == "otherwise"
