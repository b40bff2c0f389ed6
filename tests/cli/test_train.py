import builtins
import subprocess
import sys
from pathlib import Path

import pytest

from credence.cli.training.packages import packages
from credence.errors import TrainExtraMissingError
from tests.cli.commands import Credence, refused
from tests.training.tables import answers, write_csv


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A table of people whose outcomes are known."""
    return write_csv(tmp_path / "people.csv", answers())


def test_a_table_becomes_a_scorecard_that_passes_its_check(credence: Credence, people: Path) -> None:
    ran = credence("train", people, "--outcome", "ended", "--special", "-9", "--out", "card")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1,200 rows, ")
    assert "Points proposed to be rising, which nobody stated: age.\n" in ran.out
    assert "Points proposed to be falling, which nobody stated: Debt, late.\n" in ran.out
    assert ran.out.endswith("Written to card.\n")
    assert credence("scorecards", "check", "./card").code == 0


def test_with_json_the_figures_are_an_object(credence: Credence, people: Path, tmp_path: Path) -> None:
    (tmp_path / "directions.yaml").write_text("age: rising\n", encoding="utf-8")
    options = [
        "--directions",
        tmp_path / "directions.yaml",
        "--rows-most",
        "12",
        "--leave-out",
        "purpose,late",
    ]
    facts = credence("train", people, "--outcome", "ended", *options, "--json").facts
    assert facts["rows"] == 1200
    assert facts["lines"] <= 12
    assert facts["stated"] == ["age"]
    assert facts["directions"] == {"Debt": "falling", "age": "rising"}
    assert facts["out"] is None


def test_rows_that_repeat_another_are_told(credence: Credence, tmp_path: Path) -> None:
    # Three of the first 600 are alike already.
    made = {name: values[:600] * 2 for name, values in answers().items()}
    write_csv(tmp_path / "twice.csv", made)
    ran = credence("train", "twice.csv", "--outcome", "ended", "--directions", directions(tmp_path))
    assert "603 rows repeat another: in different folds they flatter the figures.\n" in ran.out
    assert "proposed" not in ran.out
    assert "Written" not in ran.out


def test_a_table_without_repeats_says_nothing_of_them(credence: Credence, tmp_path: Path) -> None:
    made = answers(400)
    write_csv(tmp_path / "once.csv", made | {"amount": [7919 * n % 401 for n in range(400)]})
    assert "repeat" not in credence("train", "once.csv", "--outcome", "ended").out


def directions(folder: Path) -> Path:
    path = folder / "directions.yaml"
    path.write_text("age: rising\nDebt: falling\nlate: either\n", encoding="utf-8")
    return path


def test_faults_of_a_table_are_told_in_sentences(credence: Credence, people: Path) -> None:
    assert "There is no column 'endde'." in refused(credence("train", people, "--outcome", "endde"))
    assert "There is no file at" in refused(credence("train", "none.csv", "--outcome", "ended"))


@pytest.mark.parametrize("text", ["-9,x", "1/0"])
def test_special_numbers_are_numbers(credence: Credence, people: Path, text: str) -> None:
    told = refused(credence("train", people, "--outcome", "ended", "--special", text))
    assert told.endswith("which is not a number. Write it like -7,-8,-9.")


def test_where_numpy_is_missing_a_sentence_says_what_to_install(
    credence: Credence, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    for name in [name for name in sys.modules if name.startswith("credence.training")]:
        monkeypatch.delitem(sys.modules, name)
    assert refused(credence("train", people, "--outcome", "ended")) == (
        "Training needs a package that is not installed ('numpy'). "
        "Install it with: pip install 'credence[train]'."
    )


def test_a_fault_of_our_own_is_not_taken_for_a_missing_package() -> None:
    with pytest.raises(ModuleNotFoundError), packages():
        builtins.__import__("credence.nothing")
    with pytest.raises(TrainExtraMissingError), packages():
        raise ModuleNotFoundError


def test_numpy_is_not_looked_for_until_somebody_trains() -> None:
    loaded = "import sys, credence.cli; print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    assert told.stdout == "False\n"
