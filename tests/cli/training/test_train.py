import builtins
import subprocess
import sys
from pathlib import Path

import pytest

from credence.cli.training.packages import packages
from credence.errors import TrainExtraMissingError
from tests.cli.commands import Credence, refused
from tests.training.tables import answers, dated, write_csv


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A table of people whose outcomes are known."""
    return write_csv(tmp_path / "people.csv", answers())


def test_a_table_becomes_a_scorecard_that_passes_its_check(credence: Credence, people: Path) -> None:
    ran = credence("train", people, "--outcome", "ended", "--random", "--special", "-9", "--out", "card")
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
    facts = credence("train", people, "--outcome", "ended", "--random", *options, "--json").facts
    assert facts["rows"] == 1200
    assert facts["lines"] <= 12
    assert facts["stated"] == ["age"]
    assert facts["directions"] == {"Debt": "falling", "age": "rising"}
    assert facts["out"] is None


def test_rows_that_repeat_another_are_told(credence: Credence, tmp_path: Path) -> None:
    # Three of the first 600 are alike already.
    made = {name: values[:600] * 2 for name, values in answers().items()}
    write_csv(tmp_path / "twice.csv", made)
    ran = credence(
        "train", "twice.csv", "--outcome", "ended", "--random", "--directions", directions(tmp_path)
    )
    assert "Warning: 603 of 1,200 rows repeat another in every answer and the outcome. " in ran.out
    assert "603 rows repeat" not in ran.out
    assert "proposed" not in ran.out
    assert "Written" not in ran.out


def test_a_few_rows_that_repeat_another_are_told(credence: Credence, people: Path) -> None:
    ran = credence("train", people, "--outcome", "ended", "--random", "--rows-most", "12")
    assert " rows are in one fold with others that say the same, so that no fold is scored by what" in ran.out
    assert "Folds were cut by chance" in ran.out


def test_later_rows_are_held_out_and_their_figures_come_first(credence: Credence, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "dated.csv", dated())
    ran = credence("train", path, "--outcome", "ended", "--leave-out", "region")
    assert "Rows from 2022-08-01 to 2022-12-01 by 'observed_on' were held out" in ran.out
    assert ran.out.index("Held out by time") < ran.out.index(" folds, each scored by what the others taught")
    assert "Warning: From 2022-08-01 on the scores have shifted" in ran.out
    options = ["--time", "observed_on", "--group", "person_id", "--out-of-time", "2022-09"]
    facts = credence("train", path, "--outcome", "ended", "--leave-out", "region", *options, "--json").facts
    assert facts["split"]["held_from"] == "2022-09-01"
    assert facts["out_of_time"]["rows"] == 200
    assert any("have shifted" in warning for warning in facts["warnings"])


def test_without_a_time_or_a_group_chance_must_be_asked_for(credence: Credence, people: Path) -> None:
    told = refused(credence("train", people, "--outcome", "ended"))
    assert "Nothing says how its rows are to be parted" in told
    assert "ask for --random." in told


def test_chance_is_asked_for_or_a_time_and_not_both(credence: Credence, people: Path) -> None:
    told = refused(
        credence("train", people, "--outcome", "ended", "--random", "--time", "age", "--group", "purpose")
    )
    assert told == "--random parts the rows by chance alone: say either that, or --time and --group."


def test_a_table_without_repeats_says_nothing_of_them(credence: Credence, tmp_path: Path) -> None:
    made = answers(400)
    write_csv(tmp_path / "once.csv", made | {"amount": [7919 * n % 401 for n in range(400)]})
    assert "repeat" not in credence("train", "once.csv", "--outcome", "ended", "--random").out


def directions(folder: Path) -> Path:
    path = folder / "directions.yaml"
    path.write_text("age: rising\nDebt: falling\nlate: either\n", encoding="utf-8")
    return path


def test_faults_of_a_table_are_told_in_sentences(credence: Credence, people: Path) -> None:
    assert "There is no column 'endde'." in refused(
        credence("train", people, "--outcome", "endde", "--random")
    )
    assert "There is no file at" in refused(credence("train", "none.csv", "--outcome", "ended", "--random"))


@pytest.mark.parametrize("text", ["-9,x", "1/0"])
def test_special_numbers_are_numbers(credence: Credence, people: Path, text: str) -> None:
    told = refused(credence("train", people, "--outcome", "ended", "--random", "--special", text))
    assert told.endswith("which is not a number. Write it like -7,-8,-9.")


def test_where_numpy_is_missing_a_sentence_says_what_to_install(
    credence: Credence, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    for name in [name for name in sys.modules if name.startswith("credence.training")]:
        monkeypatch.delitem(sys.modules, name)
    assert refused(credence("train", people, "--outcome", "ended", "--random")) == (
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


def test_comparisons_are_told_in_a_sentence_each(credence: Credence, tmp_path: Path) -> None:
    made = answers(700)
    made["rating"] = [int(str(age)) + n % 3 for n, age in enumerate(made["age"])]
    write_csv(tmp_path / "people.csv", made | {"decided": [n % 2 for n in range(700)]})
    first = ["--leave-out", "rating,decided", "--out", "old"]
    assert credence("train", "people.csv", "--outcome", "ended", "--random", *first).code == 0
    options = ["--champion", "./old", "--align", "rating", "--decision", "decided", "--rejects", "people.csv"]
    ran = credence("train", "people.csv", "--outcome", "ended", "--random", *options, "--json")
    assert {"alignment", "overrides", "champion", "rejects"} <= ran.facts.keys()
    assert ran.facts["alignment"]["existing"] == "rating"
    assert "ceiling" not in ran.facts
    told = credence("train", "people.csv", "--outcome", "ended", "--random", *options).out
    assert "'rating' stands for " in told
    assert "rows out of fold: " in told
