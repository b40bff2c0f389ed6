from pathlib import Path

import pytest

from credence.errors import LogExistsError
from credence.events.vocabulary import shipped
from credence.scorecards.gate.passing import at_the_gate
from credence.training.order import Order
from credence.training.run import run
from credence.training.splits import BY_CHANCE
from credence.training.table import Source
from credence.training.written.folder import check_new
from tests.training.tables import answers, write_csv


def test_a_folder_is_new_if_it_is_not_there_or_empty(tmp_path: Path) -> None:
    check_new(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    check_new(tmp_path / "empty")


def test_a_folder_with_something_in_it_and_a_file_are_not_new(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for path in (tmp_path, tmp_path / "file"):
        with pytest.raises(LogExistsError):
            check_new(path)


def in_the_way(folder: Path) -> list[tuple[str, str]]:
    """What the gate finds, by file and place."""
    return [(path.name, fault.path) for path, fault in at_the_gate(str(folder), shipped()).faults]


def test_the_gate_wants_of_a_trained_scorecard_what_only_a_person_knows(tmp_path: Path) -> None:
    table, stated = write_csv(tmp_path / "people.csv", answers()), tmp_path / "directions.yaml"
    stated.write_text("age: rising\n", encoding="utf-8")
    source = Source(table, "ended", splitting=BY_CHANCE)
    folder = tmp_path / "card"
    run(Order(source, directions=stated, out=folder), lambda _done, _total: None)
    names = ("debt", "age", "purpose", "late")
    contexts = [("scorecard.yaml", f"characteristics.{name}") for name in names]
    assert in_the_way(folder) == [*contexts, ("README.md", "dates")]
    card, readme = folder / "scorecard.yaml", folder / "README.md"
    text = card.read_text(encoding="utf-8").replace("measure: {", "measure: {context: payments, ")
    card.write_text(text, encoding="utf-8")
    told = readme.read_text(encoding="utf-8").replace("| rows |", "| dates | in 2025 |\n| rows |", 1)
    readme.write_text(told, encoding="utf-8")
    assert in_the_way(folder) == []
    card.write_text(text.replace("monotone: rising", "monotone: falling"), encoding="utf-8")
    assert in_the_way(folder) == [("scorecard.yaml", "characteristics.age.monotone")]
    card.write_text(text.replace("points: 0,", "points: 1,"), encoding="utf-8")
    assert ("validation.json", "points_hash") in in_the_way(folder)
