"""The start of a scorecard of one's own."""

from pathlib import Path

import pytest

from credence.errors import LogExistsError
from credence.scorecards.check import warnings
from credence.scorecards.load import load_scorecard
from credence.scorecards.new import start


@pytest.mark.parametrize(("folder", "name"), [("my rent", "my_rent"), ("2027", "2027"), ("Rent-A", "rent_a")])
def test_a_new_scorecard_loads_and_is_named_after_its_folder(tmp_path: Path, folder: str, name: str) -> None:
    start(tmp_path / "cards" / folder)
    card = load_scorecard(tmp_path / "cards" / folder)
    assert (card.name, card.setting) == (name, "lab")
    assert warnings(card) == []


def test_a_new_scorecard_comes_with_cases_and_a_model_card(tmp_path: Path) -> None:
    start(tmp_path / "rent")
    assert sorted(path.name for path in (tmp_path / "rent").iterdir()) == [
        "README.md",
        "cases.yaml",
        "scorecard.yaml",
    ]
    assert (tmp_path / "rent" / "README.md").read_text(encoding="utf-8").startswith("# rent\n")


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(LogExistsError):
        start(tmp_path)
