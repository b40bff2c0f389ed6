"""credence demo --print: a small town, what it says, and where it may go."""

import re
from pathlib import Path
from shlex import split
from shutil import copytree

import pytest

from tests.cli.commands import Credence, refused


@pytest.fixture
def said(demonstration: tuple[Path, str]) -> str:
    """What a demonstration says."""
    return demonstration[1]


def points(statement: str) -> dict[str, int]:
    """The points of each line of a receipt, and of the score below them."""
    rows = [line.split("  ") for line in statement.splitlines() if re.search(r"  ([+]\d+ of \d+|\d+)$", line)]
    return {row[0]: int(row[-1].split()[0]) for row in rows}


def test_hu_regains_exactly_what_his_missed_payment_line_lost(said: str) -> None:
    before, after = map(points, said.split("Everyday credit for hu")[1:])
    changed = {name: after[name] - before[name] for name in before if after[name] != before[name]}
    assert changed == {"How many payments were missed in the last two years?": 35, "YOUR SCORE": 35}
    assert sum(after.values()) == 2 * after["YOUR SCORE"] == 2 * 860


def test_lin_has_no_score_and_ana_nearly_all_points(said: str) -> None:
    lin = said.split("Everyday credit for lin")[1].split("Everyday credit for hu", maxsplit=1)[0]
    assert "No score yet." in lin
    assert "YOUR SCORE" not in lin
    assert "Score: 910, outstanding (between 350 and 950)" in said


def test_the_steps_are_counted_and_every_file_is_made(said: str, town: Path) -> None:
    steps = [line.partition(".")[0] for line in said.splitlines() if line[:1].isdigit()]
    assert steps == ["1", "2", "3", "4"]
    assert (town / "scores-2026-11-06.parquet").is_file()
    assert (town / "statements.html").read_text(encoding="utf-8").count("<article>") == 4


def test_what_the_demonstration_names_to_look_further_runs(credence: Credence, said: str) -> None:
    commands = [split(line) for line in said.splitlines() if line.startswith("  credence ")]
    assert len(commands) == 3
    assert [credence(*words[1:]).code for words in commands] == [0, 0, 0]


def test_it_says_the_same_again_in_its_own_folder_and_keeps_what_others_put_there(
    credence: Credence, said: str, town: Path, tmp_path: Path
) -> None:
    again = copytree(town, tmp_path / "again")
    (again / "mine.txt").touch()
    ran = credence("demo", "--print", "--dir", again)
    assert ran.out.replace(str(again), str(town)) == said
    assert (again / "mine.txt").exists()


def test_a_foreign_folder_is_refused_and_left_alone(credence: Credence, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file.txt").touch()
    assert refused(credence("demo", "--print", "--dir", "mine")).startswith(
        "mine already exists and is not empty."
    )
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["file.txt"]


def test_a_file_is_no_folder(credence: Credence, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refused(credence("demo", "--print", "--dir", "file")) == "file: Not a directory."
