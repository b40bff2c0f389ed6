from pathlib import Path

from tests.cli.commands import Credence, refused
from tests.scorecards.gate.folders import changed, folder_of


def test_a_scorecard_with_everything_passes_and_words_are_told(credence: Credence, tmp_path: Path) -> None:
    folder_of(tmp_path)
    ran = credence("scorecards", "check", tmp_path, "--gate")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "The gate: nothing is in its way.")
    changed(tmp_path, "Your income is small", "Income is low")
    told = credence("scorecards", "check", tmp_path, "--gate").out.splitlines()[-1]
    assert told.startswith("- before it is live, ")
    assert "scorecard.yaml, line 7, reasons.income_low: 'Income is low' has the words that a program" in told


def test_a_scorecard_with_something_in_its_way_is_refused_with_all_of_it(
    credence: Credence, tmp_path: Path
) -> None:
    changed(folder_of(tmp_path), "points: 9}", "points: 8}")
    (tmp_path / "README.md").unlink()
    ran = credence("scorecards", "check", tmp_path, "--gate")
    assert ran.code == 2
    assert "may not be published; 2 faults are in its way:\n  " in ran.err
    assert "validation.json, line 18, points_hash: The figures are of other points" in ran.err
    assert "README.md, line 1: There is no such file in UTF-8" in ran.err


def test_programs_get_the_same_as_facts(credence: Credence, tmp_path: Path) -> None:
    folder_of(tmp_path)
    passed = credence("scorecards", "check", tmp_path, "--gate", "--json")
    assert (passed.code, passed.facts["gate"]) == (0, {"passed": True, "faults": [], "told": []})
    (tmp_path / "README.md").unlink()
    held = credence("scorecards", "check", tmp_path, "--gate", "--json")
    assert (held.code, held.facts["gate"]["passed"]) == (2, False)
    (fault,) = held.facts["gate"]["faults"]
    assert (fault["file"], fault["line"], fault["path"]) == (str(tmp_path / "README.md"), 1, "")


def test_a_scorecard_by_hand_has_no_figures_to_publish_with(credence: Credence) -> None:
    ran = credence("scorecards", "check", "everyday", "--gate")
    assert ran.code == 2
    assert "validation.json, line 1: There is no such file. Figures lie beside a scorecard" in ran.err
    assert credence("scorecards", "check", "everyday").code == 0
    assert "There is no scorecard" in refused(credence("scorecards", "check", "none", "--gate"))
