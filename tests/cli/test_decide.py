from pathlib import Path

import duckdb
import pytest

from tests.cli.commands import AS_OF, Credence, refused
from tests.decisions.policies import TWO

POLICY = f"name: deposit\nversion: 2\ntitle: A deposit\nscorecard: everyday\npurpose: rental_deposit\n{TWO}"
COURT = """
name: court
version: 1
title: By the list
scorecard: everyday
purpose: rental_deposit
lists: {court: {title: the court's list, context: public_record}}
rows:
  - {when: {lists: {court: absent}}, outcome: accept, reason: You are not listed.}
  - {when: {lists: {court: [present, unknown]}}, outcome: refer, reason: Somebody looks at it.}
"""


@pytest.fixture
def files(tmp_path: Path, credence: Credence, town: Path) -> Path:
    """A folder with policies, a table of people and the scores of the town."""
    (tmp_path / "deposit.yaml").write_text(POLICY.replace("50", "850"), encoding="utf-8")
    (tmp_path / "court.yaml").write_text(COURT, encoding="utf-8")
    (tmp_path / "people.csv").write_text("person_id,court\nana,absent\nhu,present\n", encoding="utf-8")
    assert credence("score", "everyday", "--log", town / "log", *AS_OF, "--out", "scores.parquet").code == 0
    return tmp_path


def test_one_person_reads_what_was_decided_and_what_is_lacking(
    credence: Credence, files: Path, town: Path
) -> None:
    said = credence("decide", "deposit.yaml", "hu", "--log", town / "log", *AS_OF).out
    assert "A deposit: hu" in said
    assert "Decision: accept (limit 8500)" in said
    assert "  1. accept (limit 8500) <- this decided" in said
    assert "     met      score more than 850: 860" in said
    assert "is needed" not in said
    early = ("--as-of", "2026-10-06", "--known-at", "2026-10-06T00:00:00Z")
    said = credence("decide", "deposit.yaml", "hu", "--log", town / "log", *early).out
    assert "Decision: decline" in said
    assert "The score is 825, outstanding. What keeps it from being higher:" in said
    assert "  M1  Savings, insurance or contributions are known for few months" in said
    assert "     not met  score more than 850: 825 (26 more is needed)" in said
    assert "     met      score at most 850: 825\n" in said


def test_somebody_without_a_score_is_told_that_this_is_not_a_bad_one(
    credence: Credence, files: Path, town: Path
) -> None:
    said = credence("decide", "deposit.yaml", "lin", "--log", town / "log", *AS_OF).out
    assert "There is no score (few_events). That is not a bad score." in said
    assert "     met      no score: not known" in said


def test_with_json_the_same_is_said_for_programs(credence: Credence, files: Path, town: Path) -> None:
    moment = (*AS_OF, "--known-at", "2026-11-06T00:00:00Z", "--json")
    by_log = credence("decide", "deposit.yaml", "ana", "--log", town / "log", *moment).facts
    assert (by_log["outcome"], by_log["row"], by_log["known_at"]) == ("accept", "1", "2026-11-06T00:00:00Z")
    by_scores = credence("decide", "deposit.yaml", "ana", "--scores", "scores.parquet", "--json").facts
    assert by_scores | {"known_at": by_log["known_at"]} == by_log


def test_everybody_goes_to_a_file(credence: Credence, files: Path) -> None:
    ran = credence("decide", "deposit.yaml", "--scores", "scores.parquet", "--out", "out.parquet")
    assert ran.out.startswith("63 decisions of deposit@2 are in out.parquet, one row each.")
    rows = duckdb.execute(f"SELECT DISTINCT outcome FROM '{files / 'out.parquet'}' ORDER BY 1").fetchall()
    assert rows == [("accept",), ("decline",), ("refer",)]
    facts = credence(
        "decide", "deposit.yaml", "--scores", "scores.parquet", "--out", "o.parquet", "--json"
    ).facts
    assert facts == {"out": "o.parquet", "rows": 63}


def test_a_list_is_read_from_the_table_of_people(credence: Credence, files: Path, town: Path) -> None:
    words = ("--log", town / "log", *AS_OF, "--people", "people.csv")
    assert "Decision: accept" in credence("decide", "court.yaml", "ana", *words).out
    said = credence("decide", "court.yaml", "hu", *words).out
    assert "     not met  the court's list absent: present\n" in said
    told = refused(credence("decide", "court.yaml", "ana", *words[:4]))
    assert told == "'court' looks at columns of a table (court): give it with --people TABLE."


def test_terms_may_be_missing_and_bands_too(credence: Credence, files: Path) -> None:
    (files / "risk.yaml").write_text(
        "name: risk\nversion: 1\ntitle: Risk\nsetting: lab\npoints_base: 0\ncharacteristics:\n  risk:\n"
        "    measure: {column: risk}\n    attributes: [{below: 0.5, points: 5}, {points: 20}]\n"
        "    missing: {points: 1}\n",
        encoding="utf-8",
    )
    (files / "by_risk.yaml").write_text(
        "name: by_risk\nversion: 1\ntitle: By risk\nscorecard: risk.yaml\nrows:\n"
        "  - {when: {answers: {risk: {at_least: 0.5}}}, outcome: accept, reason: High.}\n"
        "otherwise: {outcome: decline, reason: Low.}\nunknown: {outcome: refer, reason: Unknown.}\n",
        encoding="utf-8",
    )
    (files / "table.csv").write_text("person_id,risk\nana,0.25\nben,\n", encoding="utf-8")
    credence("score", "risk.yaml", "--people", "table.csv", *AS_OF, "--out", "risk.parquet")
    said = credence("decide", "by_risk.yaml", "ana", "--scores", "risk.parquet").out
    assert "The score is 5.\n" in said
    assert "     not met  risk at least 0.5: 0.25 (0.25 more is needed)" in said
    assert "  No row holds; what is decided otherwise holds.\n" in said
    said = credence("decide", "by_risk.yaml", "ben", "--scores", "risk.parquet").out
    assert "  No row holds, and something that is asked is not known.\n" in said
    assert "     not met  risk at least 0.5: not known\n" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ana"], "Say where to look"),
        (["ana", "--log", "log", "--scores", "scores.parquet", *AS_OF], "Say where to look"),
        (["ana", "--log", "log"], "Say when"),
        (["ana", "--scores", "scores.parquet", *AS_OF], "Say when"),
        (["ana", "--scores", "scores.parquet", "--known-at", "2026-11-06"], "Say when"),
        (["--log", "log", *AS_OF, "--out", "out.parquet"], "Say whom to decide about"),
        (["--scores", "scores.parquet"], "Say whom to decide about"),
        (["ana", "--scores", "scores.parquet", "--out", "out.parquet"], "Say whom to decide about"),
        (
            ["--scores", "scores.parquet", "--out", "scores.parquet"],
            "--out is scores.parquet, which is read, too",
        ),
        (
            ["--scores", "scores.parquet", "--out", "none/o.parquet"],
            "--out is none/o.parquet, but there is no",
        ),
        (["ana", "--scores", "none.parquet"], "There is no file at none.parquet"),
        (["nobody", "--scores", "scores.parquet"], "scores.parquet has no row of person 'nobody'"),
    ],
)
def test_what_is_not_complete_or_contradicts_itself_is_refused(
    credence: Credence, files: Path, words: list[str], sentence: str
) -> None:
    assert refused(credence("decide", "deposit.yaml", *words)).startswith(sentence)


def test_a_policy_that_is_not_there_is_refused(credence: Credence) -> None:
    said = refused(credence("decide", "deposits", "ana", "--scores", "scores.parquet"))
    assert said.startswith(
        "There is no policy named 'deposits', and no file of that path. Shipped policies: "
    )
