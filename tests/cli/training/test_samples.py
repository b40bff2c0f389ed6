"""`credence samples`, and training on what it writes."""

from pathlib import Path

import duckdb
import pytest

from tests.cli.commands import Credence, refused
from tests.training.samples.borrowers import bank


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a log, questions and a definition of samples; only to be read."""
    folder = tmp_path_factory.mktemp("bank")
    bank(folder)
    return folder


def test_samples_are_told_by_month_and_trained_on(credence: Credence, place: Path, tmp_path: Path) -> None:
    ran = credence("samples", place / "samples.yaml", "--log", place / "log", "--out", "t.parquet")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "516 rows of 8 characteristics of questions@1."
    assert lines[1].startswith("172 of them are bad (33.3 %). The log was looked at up to 2025-06-01.")
    assert lines[2] == "Beside them 0 are indeterminate, and 6 were left out."
    assert lines[3].split() == ["month", "good", "bad", "bad", "rate", "indeterminate", "left", "out"]
    assert lines[4].split()[0] == "2024-01"
    assert "Bad:" in lines
    assert "  an instalment was missed       172" in lines
    assert "  nothing was known yet         6" in lines
    assert lines[-1] == "Written to t.parquet."
    options = ["--outcome", "outcome", "--characteristics", place / "questions.yaml", "--out", "card"]
    assert credence("train", "t.parquet", *options).code == 0
    assert "measure: {count: {kind: overdraft.charged}}" in (tmp_path / "card/scorecard.yaml").read_text(
        "utf-8"
    )
    assert credence("scorecards", "check", "./card").code == 0


def test_with_json_the_counts_are_an_object(credence: Credence, place: Path, tmp_path: Path) -> None:
    text = (place / "samples.yaml").read_text(encoding="utf-8")
    more = """indeterminate:
  - {measure: {count: {kind: overdraft.charged}}, at_least: 1, why: overdrawn meanwhile}
exclude:
  - {measure: {count: {}}, at_least: 0, why: everybody}
"""
    scorecard = f"scorecard: {place / 'questions.yaml'}\n"
    (tmp_path / "s.yaml").write_text(scorecard + text.partition("\n")[2] + more, encoding="utf-8")
    options = ["--log", place / "log", "--out", "t.parquet", "--apart", "apart.parquet", "--json"]
    facts = credence("samples", "s.yaml", *options).facts
    assert (facts["good"], facts["bad"], facts["indeterminate"]) == (0, 0, 0)
    assert facts["left_out"][0] == {"why": "everybody", "rows": 516}
    assert (facts["out"], facts["apart"]) == ("t.parquet", "apart.parquet")
    assert facts["months"][0]["good"] == 0
    ran = credence("samples", "s.yaml", *options[:-1])
    assert ran.out.startswith("0 rows of 8 characteristics of questions@1.\n0 of them are bad.")
    assert "  2024-01         0         0         -" in ran.out
    (tmp_path / "s.yaml").write_text(
        scorecard + text.partition("\n")[2] + more.partition("exclude")[0], encoding="utf-8"
    )
    ran = credence("samples", "s.yaml", *options[:-1])
    assert "Indeterminate:\n  overdrawn meanwhile" in ran.out
    rows = duckdb.execute(f"SELECT DISTINCT outcome FROM '{tmp_path / 'apart.parquet'}'").fetchall()
    assert rows == [("indeterminate",)]


def test_what_no_event_answers_is_told(credence: Credence, place: Path, tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text(
        "characteristics: {age: {measure: {column: age}}, n: {measure: {count: {}}}}", encoding="utf-8"
    )
    text = (place / "samples.yaml").read_text(encoding="utf-8").replace("questions.yaml", "q.yaml")
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    ran = credence("samples", "s.yaml", "--log", place / "log", "--out", "t.parquet")
    assert "No event answers these, which have no column: age.\n" in ran.out


def test_faults_are_told_with_their_lines(credence: Credence, place: Path, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("scorecard: everyday\nobservation: {}\n", encoding="utf-8")
    ran = credence("samples", "s.yaml", "--log", place / "log", "--out", "t.parquet")
    assert refused(ran)
    assert "line 2, observation: Say where to look with one of: dates, from, each, table." in ran.err
    options = ["--log", place / "log", "--out", "t.parquet", "--apart", "t.parquet"]
    same = credence("samples", place / "samples.yaml", *options)
    assert refused(same)
    assert "--out and --apart are both t.parquet. Name another file for one." in same.err
    assert not (tmp_path / "t.parquet").exists()


def test_a_history_that_was_recorded_too_late_is_told(
    credence: Credence, place: Path, tmp_path: Path
) -> None:
    text = (place / "samples.yaml").read_text(encoding="utf-8")
    questions = text.replace("questions.yaml", str(place / "questions.yaml"))
    (tmp_path / "s.yaml").write_text(
        questions.replace("[2024-01-31, 2024-08-31]", "[2020-01-01]"), encoding="utf-8"
    )
    ran = credence("samples", "s.yaml", "--log", place / "log", "--out", "t.parquet")
    assert "Nothing was known at any point. A history that is imported without its own recorded_at" in ran.out
    assert "import it with --backfill.\n" in ran.out
