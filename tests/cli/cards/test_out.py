import json
from pathlib import Path

import pytest

from credence import load_scorecard
from tests.cli.commands import Credence, refused
from tests.scorecards.cards import LIVE, write

OWN_KINDS = """
version: 1
kinds:
  tool.returned: {title: A tool was returned, context: payments, speaks: for, required: [], optional: []}
"""
OWN = LIVE.replace("rent.unpaid", "tool.returned")


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    """A vocabulary of one's own."""
    path = tmp_path / "kinds.yaml"
    path.write_text(OWN_KINDS, encoding="utf-8")
    return path


def test_the_points_go_to_a_spreadsheet_and_come_back(credence: Credence, tmp_path: Path) -> None:
    write(tmp_path, LIVE)
    table = tmp_path / "points.csv"
    table.write_text(credence("scorecards", "points", ".//scorecard.yaml").out, encoding="utf-8")
    changed = table.read_text(encoding="utf-8").replace(",10,", ",9,")
    table.write_text(changed, encoding="utf-8")
    ran = credence("scorecards", "points", "./scorecard.yaml", "--from", table)
    assert "{below: 1, points: 9}" in ran.out
    facts = credence("scorecards", "points", "./scorecard.yaml", "--from", table, "--json").facts
    assert facts["characteristics"]["unpaid"]["attributes"][0] == {"below": 1, "points": 9}


def test_the_points_are_told_to_programs(credence: Credence) -> None:
    facts = credence("scorecards", "points", "everyday", "--json").facts
    assert (facts["name"], facts["version"]) == ("everyday", 1)
    assert facts["rows"][0]["attribute"] == "below 0.6"


def test_a_table_with_faults_or_none_is_refused(credence: Credence, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("characteristic,points\nnone,1\n", encoding="utf-8")
    said = credence("scorecards", "points", "everyday", "--from", "points.csv")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(
        "points.csv has 1 fault:\n  line 2, characteristic: 'none' is no characteristic"
    )
    assert (
        refused(credence("scorecards", "points", "everyday", "--from", "no.csv"))
        == "There is no file at no.csv."
    )


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_definition_loads_as_the_scorecard_it_was(
    credence: Credence, tmp_path: Path, options: tuple[str, ...]
) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(credence("scorecards", "definition", "everyday", *options).out, encoding="utf-8")
    assert load_scorecard(path).definition_hash == load_scorecard("everyday").definition_hash


def test_numbers_in_json_stay_as_they_are_written(credence: Credence) -> None:
    out = credence("scorecards", "definition", "everyday", "--json").out
    assert '{"below":0.95,"points":60,"reason":"H3"}' in out


def test_the_schema_is_printed_and_knows_kinds_of_ones_own(credence: Credence, kinds: Path) -> None:
    plain = credence("scorecards", "schema").facts
    own = credence("scorecards", "schema", "--vocabulary", kinds).facts
    assert "tool.returned" in own["$defs"]["kind"]["enum"]
    assert "tool.returned" not in plain["$defs"]["kind"]["enum"]


def test_a_scorecard_becomes_a_page(credence: Credence, tmp_path: Path, kinds: Path) -> None:
    ran = credence("scorecards", "page", "everyday", "--out", "page.html")
    assert ran.out == "page.html holds the scorecard as a page.\n"
    assert "Everyday credit" in (tmp_path / "page.html").read_text(encoding="utf-8")
    credence("scorecards", "page", "everyday", "--out", "zh.html", "--language", "zh")
    assert "日常信用" in (tmp_path / "zh.html").read_text(encoding="utf-8")
    write(tmp_path, OWN)
    credence("scorecards", "page", "./scorecard.yaml", "--out", "own.html", "--vocabulary", kinds)
    assert "A tool was returned" in (tmp_path / "own.html").read_text(encoding="utf-8")
    assert refused(credence("scorecards", "page", "everyday", "--out", "no/page.html")).startswith(
        "--out is no/"
    )


@pytest.mark.parametrize("name", ["duckdb", "spark", "postgres", "bigquery", "snowflake"])
def test_the_sql_of_a_database_is_printed_for_a_moment(credence: Credence, name: str) -> None:
    moment = ("--as-of", "2026-01-31", "--known-at", "2026-02-03T12:00:00Z")
    ran = credence("scorecards", "sql", "everyday", "--dialect", name, *moment)
    assert ran.out.startswith("-- everyday@1, definition ")
    assert "2026-01-31" in ran.out
    assert "2026-02-03 12:00:00" in ran.out


def test_a_database_that_is_not_known_is_refused(credence: Credence) -> None:
    said = refused(credence("scorecards", "sql", "everyday", "--dialect", "oracle"))
    assert said == "There is no dialect 'oracle'. Dialects: duckdb, spark, postgres, bigquery, snowflake."


def test_every_printed_json_is_one_object(credence: Credence) -> None:
    for words in (("points", "everyday", "--json"), ("definition", "everyday", "--json"), ("schema",)):
        assert json.loads(credence("scorecards", *words).out)
