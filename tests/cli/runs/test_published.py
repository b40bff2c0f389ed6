import json
from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.commands import Credence, refused


@pytest.fixture
def run(done: Path, tmp_path: Path) -> Path:
    """A published run of November, after one of October."""
    copytree(done / "runs", tmp_path / "runs")
    return next((tmp_path / "runs" / "2026-11-06").iterdir())


@pytest.fixture
def held(done: Path, tmp_path: Path) -> Path:
    """The folder of scores that were held back."""
    copytree(done / "held", tmp_path / "held")
    return next((tmp_path / "held" / ".drafts").glob("*/scores"))


def test_every_published_run_is_listed_oldest_first(credence: Credence, run: Path) -> None:
    ran = credence("runs", "list", "runs")
    lines = ran.out.splitlines()
    assert (ran.code, len(lines)) == (0, 6)
    assert lines[0].startswith("2026-10-06, known at ")
    assert lines[3].startswith("2026-11-06, known at ")
    assert lines[4] == f"  {run.relative_to(Path.cwd())}"
    assert lines[5].startswith("  everyday@1: 63 people, 57 with a score, on average 7")


def test_with_json_there_is_an_object_a_run(credence: Credence, run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    _, found = map(json.loads, credence("runs", "list", "runs", "--json").out.splitlines())
    assert (found["state"], found["as_of"], found["hash"]) == ("published", "2026-11-06", manifest["hash"])
    assert found["scorecards"][0]["people"] == 63


def test_a_run_that_was_held_back_is_listed_as_such(credence: Credence, held: Path) -> None:
    lines = credence("runs", "list", "held").out.splitlines()
    assert lines[0].endswith(", held back")
    assert Path(lines[1].strip()) == held.relative_to(Path.cwd())
    facts = credence("runs", "list", "held", "--json").facts
    assert (facts["state"], facts["as_of"]) == ("held back", "2026-11-06")


def test_a_run_that_was_stopped_is_listed_as_not_finished(credence: Credence, held: Path) -> None:
    (held / "report.json").unlink()
    draft = held.parent
    assert credence("runs", "list", "held").out.splitlines() == [
        f"2026-11-06, known at {known_at(draft)}, not finished",
        f"  {draft.relative_to(Path.cwd())}",
    ]


def known_at(draft: Path) -> str:
    said = json.loads((draft / "plan.json").read_text(encoding="utf-8"))["known_at"]
    return str(said).removesuffix("Z") + "Z"


def test_a_run_that_is_whole_is_said_to_be(credence: Credence, run: Path) -> None:
    ran = credence("runs", "check", run)
    assert (ran.code, ran.out) == (0, "4 files checked: nothing is damaged.\n")
    assert credence("runs", "check", run, "--json").facts == {"files": 4, "damage": []}


def test_every_damaged_file_is_named(credence: Credence, run: Path) -> None:
    scores = run / "everyday" / "00000.parquet"
    scores.write_bytes(scores.read_bytes()[:-1] + b"?")
    (run / "report.html").unlink()
    (run / "notes.txt").touch()
    ran = credence("runs", "check", run)
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "4 files checked: 3 things to look at.")
    assert {line.split(" ")[1] for line in ran.out.splitlines()[:-1]} == {
        "everyday/00000.parquet", "report.html", "notes.txt",
    }  # fmt: skip
    again = credence("runs", "check", run, "--json")
    assert (again.code, len(again.facts["damage"])) == (1, 3)


@pytest.mark.parametrize("command", ["list", "check", "report"])
def test_a_folder_without_a_run_is_told(credence: Credence, folder: Path, command: str) -> None:
    (folder / "file").touch()
    for path in ("none", "file"):
        assert refused(credence("runs", command, path)).startswith("There is no ")


@pytest.mark.parametrize("command", ["check", "report"])
def test_another_folder_is_no_run(credence: Credence, folder: Path, command: str) -> None:
    assert " at log. Runs are in the folder " in refused(credence("runs", command, "log"))


def test_a_folder_of_no_runs_lists_nothing(credence: Credence, folder: Path) -> None:
    ran = credence("runs", "list", "log")
    assert (ran.code, ran.out) == (0, "No run is in log.\n")
    assert credence("runs", "list", "log", "--json").out == ""


def test_a_manifest_that_is_none_is_told(credence: Credence, run: Path) -> None:
    (run / "manifest.json").write_text("{}", encoding="utf-8")
    for words in (("check", run), ("list", "runs")):
        assert "its manifest.json cannot be read." in refused(credence("runs", *words))


def test_the_report_is_told_in_its_main_facts(credence: Credence, run: Path) -> None:
    ran = credence("runs", "report", run)
    assert ran.code == 0
    assert ran.out.startswith("As of 2026-11-06, as known at 2")
    assert "everyday@1: 63 people, 57 with a score, on average 7" in ran.out
    assert " since 2026-10-06)." in ran.out
    assert "\nBands (the last run)\n" in ran.out
    assert "\nEvents of furnishers, last month (the month before)\n" in ran.out
    assert ran.out.endswith(f"The whole report: {run / 'report.html'}\n")


def test_with_json_the_report_is_its_file(credence: Credence, run: Path) -> None:
    file = json.loads((run / "report.json").read_text(encoding="utf-8"))
    assert credence("runs", "report", run, "--json").facts == file


def test_the_report_of_what_was_held_back_says_why(credence: Credence, held: Path) -> None:
    ran = credence("runs", "report", held)
    assert ran.out.splitlines()[0].endswith(": held back.")
    assert ran.out.splitlines()[1].startswith("- everyday: 9.52 % of the people have no score")
    assert "PSI" not in ran.out
