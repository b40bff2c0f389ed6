from pathlib import Path

import pytest

from tests.cli.commands import Credence, refused
from tests.training.tables import dated, write_csv
from tests.training.validating.standings import card


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The made-up people, with a time."""
    return write_csv(tmp_path / "people.csv", dated(600))


def test_a_scorecard_is_judged_in_lines_and_written(credence: Credence, tmp_path: Path, table: Path) -> None:
    old, out = card(tmp_path / "old"), tmp_path / "new"
    ran = credence("validate", old, table, "--outcome", "ended", "--time", "observed_on", "--out", out)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("'old' version 3 scores 600 rows, ")
    assert any(line.startswith("Nothing says which score stands for which odds") for line in lines)
    assert any(line.startswith("  AUC 0.") for line in lines)
    assert lines[-1] == f"Written to {out}."
    made = (out / "README.md").read_text(encoding="utf-8")
    assert "`credence validate old people.csv --outcome ended --time observed_on --out new`" in made
    assert "| dates | `observed_on` from 2021-01-01 to 2022-12-01 |" in made


def test_with_json_the_same_is_an_object(credence: Credence, tmp_path: Path, table: Path) -> None:
    old = card(tmp_path / "old")
    scale = ["--at", 500, "--odds", 2, "--pdo", 20, "--bad", "bad", "--json"]
    facts = credence("validate", old, table, "--outcome", "ended", *scale).facts
    assert facts["validated"] == "old@3"
    assert facts["scale"] == {"score": 500, "odds": 2, "points_to_double_odds": 20}
    assert facts["out"] is None


def test_a_part_of_a_scale_is_none(credence: Credence, tmp_path: Path, table: Path) -> None:
    ran = credence("validate", card(tmp_path / "old"), table, "--outcome", "ended", "--at", 500)
    assert refused(ran).startswith("--at, --odds and --pdo say together")
