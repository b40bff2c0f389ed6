"""Files of questions without points, and scorecards as such."""

from pathlib import Path

import pytest

from credence.errors import DefinitionError, ScorecardNotFoundError
from credence.events.vocabulary import shipped
from credence.training.questions import load_questions


def questions(folder: Path, text: str) -> list[str]:
    """The faults of a file, without the names of their places."""
    (folder / "q.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_questions(folder / "q.yaml", shipped())
    return [fault.sentence for fault in refused.value.faults]


def test_a_file_of_questions_is_a_scorecard_without_points(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(
        """jurisdiction: us
characteristics:
  bills: {question: How many bills were paid?, months: 12, measure: {count: {kind: bill.paid}}}
  known: {measure: {age_of_oldest: {}}}
""",
        encoding="utf-8",
    )
    card = load_questions(tmp_path / "bank.yaml", shipped())
    assert (card.name, card.jurisdiction, card.setting) == ("bank", "us", "lab")
    assert [(c.question, c.months) for c in card.characteristics] == [
        ("How many bills were paid?", 12),
        ("known", None),
    ]


def test_a_scorecard_is_loaded_as_it_is() -> None:
    card = load_questions("everyday", shipped())
    assert (card.name, card.setting, len(card.characteristics)) == ("everyday", "live", 14)


def test_every_fault_of_a_file_of_questions_is_told(tmp_path: Path) -> None:
    text = """jurisdiction: mars
characteristics:
  Bills: {measure: {count: {kind: bill.payed}}}
  score: {measure: {count: {}}, points: 3}
  a: {measure: {cross: [x, y]}}
  b: {}
"""
    found = questions(tmp_path, text)
    assert len(found) == 7, found
    assert "'Bills' must be lower_snake: results use it as a column." in found
    assert "'score' is a column of every result: call the question something else." in found
    assert "A crossing has no answer of its own: ask the questions that it crosses." in found
    assert "'measure' is missing." in found
    assert questions(tmp_path, "characteristics: {}") == ["has no question: write at least one."]
    assert questions(tmp_path, "jurisdiction: us") == ["'characteristics' is missing."]


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(ScorecardNotFoundError):
        load_questions(tmp_path / "none.yaml", shipped())
