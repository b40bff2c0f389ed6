import re
from pathlib import Path

import pytest

from credence.cli.training.fairness import drawn
from credence.training.report.section import Grid
from tests.cli.commands import Credence, refused
from tests.training.fairness.grouped import CELLS
from tests.training.tables import write_csv


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two sides with scores and outcomes."""
    rows = [cell for cell in CELLS for _ in range(cell[3])]
    columns: dict[str, list[object]] = {"side": [row[0] for row in rows], "score": [row[1] for row in rows]}
    return write_csv(tmp_path / "t.csv", columns | {"bad": [row[2] for row in rows]})


def test_groups_are_compared_in_lines(credence: Credence, table: Path) -> None:
    ran = credence(
        "fairness", table, "--outcome", "bad", "--groups", "side", "--score", "score", "--cut-off", 2
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("400 rows have a score, 140 of them bad (35.0 %).\n")
    assert re.search(
        r"^  adverse impact ratio \(AIR\) +1\.000 +0\.667 \(0\.\d+ to 0\.\d+\)$", ran.out, re.MULTILINE
    )
    assert re.search(r"^  1 +1 +50\.0 % \(39\.\d to 60\.\d\) of 80 ", ran.out, re.MULTILINE)
    assert "err equally often among the good, and among the bad, of each.\n" in ran.out
    assert (
        "\nFalse positive rate: of those who were good, the share taken for bad (refused). Not shown: "
        in ran.out
    )


def test_with_json_the_same_is_an_object(credence: Credence, table: Path) -> None:
    options = ["--groups", "side", "--score", "score", "--high-is-bad", "--cut-off", "3", "--json"]
    facts = credence("fairness", table, "--outcome", "bad", *options).facts
    assert facts["rows"] == 400
    assert facts["groups"][0]["reference"] == "B"
    assert facts["everybody"]["accepted"]["value"] == 0.8


def test_a_scorecard_may_score_the_rows(credence: Credence, table: Path) -> None:
    trained = credence("train", table, "--outcome", "bad", "--leave-out", "side", "--random", "--out", "card")
    assert trained.code == 0
    facts = credence(
        "fairness",
        table,
        "--outcome",
        "bad",
        "--groups",
        "side",
        "--card",
        "./card",
        "--cut-off",
        499,
        "--json",
    ).facts
    assert [part["characteristic"] for part in facts["carried"]["side"]] == ["score_2"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--groups", "side"], "Say by what to compare: --score COLUMN, or --card SCORECARD. Not both."),
        (["--groups", "side", "--score", "score", "--card", "c"], "Say by what to compare"),
        (["--score", "score"], "Say whom to compare: --groups COL,..., or --people TABLE."),
        (["--groups", "side", "--card", "c", "--high-is-bad"], "--high-is-bad is for --score"),
        (["--groups", "sid", "--score", "score"], "There is no column 'sid'. Did you mean 'side'?"),
    ],
)
def test_what_cannot_be_done_is_told(
    credence: Credence, table: Path, options: list[str], sentence: str
) -> None:
    assert sentence in refused(credence("fairness", table, "--outcome", "bad", "--cut-off", 2, *options))


def test_a_table_in_lines_has_a_dash_for_nothing() -> None:
    grid = Grid("Title", ("name", "n"), (("a", None), ("long", 1.5), ("b", 2)))
    assert drawn(grid) == ["", "Title", "  name  n", "  a     -", "  long  1.5", "  b     2"]


def test_groups_to_draw_together_must_be_named(credence: Credence, table: Path) -> None:
    ran = credence("train", table, "--outcome", "bad", "--random", "--fairer", "0.22")
    sentence = "--fairer draws groups together: name them with --groups, or give --people."
    assert sentence in refused(ran)
