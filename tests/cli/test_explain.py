from pathlib import Path

import pytest

from tests.cli.commands import AS_OF, Credence, refused
from tests.scorecards.cards import lab, of, write

STATEMENT = {
    "person_id", "scorecard", "version", "definition_hash", "as_of", "known_at", "snapshot", "baseline",
    "score", "band", "range", "unscorable", "points_base", "lines", "reasons",
}  # fmt: skip
LINE = {
    "characteristic", "category", "question", "answer", "attribute", "points", "points_most", "reason",
    "missing", "ends_on", "events", "furnishers",
}  # fmt: skip
FURTHER = {"title", "wanting", "categories", "next_evaluation", "reason_points"}

RISK = lab(of("{column: risk}", "[{points: 1}]", "missing: {points: 0}"))


@pytest.fixture
def ana(town: Path) -> list[object]:
    """The words that explain Ana's score."""
    return ["explain", "everyday", "ana", "--log", town / "log", *AS_OF]


def test_a_statement_is_said_as_a_receipt(credence: Credence, ana: list[object]) -> None:
    ran = credence(*ana)
    assert (ran.code, ran.err) == (0, "")
    assert "Everyday credit for ana" in ran.out
    assert "YOUR SCORE" in ran.out


def test_with_json_a_statement_has_the_promised_keys_and_adds_up(
    credence: Credence, ana: list[object]
) -> None:
    facts = credence(*ana, "--json").facts
    assert set(facts) == STATEMENT | FURTHER
    assert all(set(line) == LINE | {"evidence"} for line in facts["lines"])
    assert facts["points_base"] + sum(line["points"] for line in facts["lines"]) == facts["score"]
    assert all(set(reason) == {"code", "sentence", "points"} for reason in facts["reasons"])
    assert (facts["person_id"], facts["scorecard"], facts["as_of"]) == ("ana", "everyday", "2026-11-06")


def test_with_json_somebody_without_a_score_has_null_and_a_code(credence: Credence, town: Path) -> None:
    facts = credence("explain", "everyday", "lin", "--log", town / "log", *AS_OF, "--json").facts
    assert (facts["score"], facts["band"], facts["unscorable"]) == (None, None, "few_events")
    assert {line["points"] for line in facts["lines"]} == {None}


def test_the_same_moment_gives_the_same_json_every_day(credence: Credence, ana: list[object]) -> None:
    moment = ("--known-at", "2026-11-06T00:00:00Z", "--json")
    assert credence(*ana, *moment).facts == credence(*ana, *moment).facts


def test_what_was_not_known_yet_is_not_found(credence: Credence, ana: list[object]) -> None:
    sentence = refused(credence(*ana, "--known-at", "2020-01-01"))
    assert sentence.startswith("Nothing was recorded about person 'ana' by 2020-01-01T00:00:00Z.")


@pytest.mark.parametrize(("name", "more"), [("average", ()), ("cutoff", ("--cutoff", "900"))])
def test_reasons_compare_with_the_baseline_that_is_asked(
    credence: Credence, ana: list[object], name: str, more: tuple[str, ...]
) -> None:
    facts = credence(*ana, "--baseline", name, *more, "--json").facts
    best = credence(*ana, "--json").facts
    assert (facts["baseline"], best["baseline"]) == (name, "best")
    assert facts["reasons"] != best["reasons"]
    assert facts["lines"] == best["lines"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--baseline", "worst"], "There is no baseline 'worst'. Baselines: stated, best, average, cutoff."),
        (["--baseline", "cutoff"], "The baseline 'cutoff' needs the cut-off's score: give --cutoff."),
        (["--cutoff", "600"], "--cutoff is for --baseline cutoff: give both, or neither."),
        (["--html", "none/a.html"], "--html is none/a.html, but there is no folder none. Make it first."),
        (["--html", "."], "--html is ., which is a folder. Name a file in it."),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_said(
    credence: Credence, ana: list[object], more: list[str], sentence: str
) -> None:
    assert refused(credence(*ana, *more)) == sentence


def test_a_page_is_written_beside_the_receipt(credence: Credence, ana: list[object], tmp_path: Path) -> None:
    ran = credence(*ana, "--html", "ana.html")
    assert ran.code == 0
    assert "<title>Everyday credit</title>" in (tmp_path / "ana.html").read_text(encoding="utf-8")


def test_the_texts_are_in_the_language_that_is_asked(credence: Credence, ana: list[object]) -> None:
    assert "信用历史" in credence(*ana, "--language", "zh").out
    assert credence(*ana, "--language", "xx").code == 2


def test_a_scorecard_over_a_table_is_refused_rather_than_explained_wrongly(
    credence: Credence, town: Path, tmp_path: Path
) -> None:
    card = write(tmp_path, RISK)
    sentence = refused(credence("explain", card, "ana", "--log", town / "log", *AS_OF))
    assert sentence == "'small' looks at columns of a table (risk): give it with --people TABLE."


def test_a_scorecard_over_a_table_is_explained_from_its_row(credence: Credence, tmp_path: Path) -> None:
    card, table = write(tmp_path, RISK), tmp_path / "people.csv"
    table.write_text("person_id,risk\nana,7\nben,\n", encoding="utf-8")
    explained = ["explain", card, "ana", "--people", table, *AS_OF]
    facts = credence(*explained, "--json").facts
    assert (facts["score"], facts["lines"][0]["answer"], facts["snapshot"]) == (1, "7", None)
    assert credence(*explained, "--baseline", "average", "--json").facts["baseline"] == "average"
    unknown = refused(credence("explain", card, "zoe", "--people", table, *AS_OF))
    assert unknown == f"{table} has no row of person 'zoe'. Check the id."


def test_a_scorecard_over_a_log_and_a_table_is_explained_from_both(
    credence: Credence, town: Path, tmp_path: Path
) -> None:
    card, table = write(tmp_path, RISK), tmp_path / "people.csv"
    table.write_text("person_id,risk\nana,7\n", encoding="utf-8")
    facts = credence("explain", card, "ana", "--log", town / "log", "--people", table, *AS_OF, "--json").facts
    assert (facts["score"], facts["lines"][0]["answer"]) == (1, "7")


def test_nobody_is_explained_without_a_log_or_a_table(credence: Credence) -> None:
    assert refused(credence("explain", "everyday", "ana", *AS_OF)).startswith("Say whom to score")


def test_a_scorecard_that_counts_events_is_not_explained_from_a_table(
    credence: Credence, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("person_id\nana\n", encoding="utf-8")
    sentence = refused(credence("explain", "everyday", "ana", "--people", "people.csv", *AS_OF))
    assert sentence == (
        "people.csv: 'everyday' counts events, and a table of people has none: score a log with it."
    )
