import json
from pathlib import Path

import pytest

from credence.scorecards.load import shipped_names
from tests.cli.commands import Credence, refused
from tests.scorecards.cards import LIVE, lab, of, write

OWN_KINDS = """
version: 1
kinds:
  tool.returned: {title: A tool was returned, context: conduct, speaks: for, required: [], optional: []}
"""


def test_the_shipped_scorecards_are_listed(credence: Credence) -> None:
    lines = credence("scorecards", "list").out.splitlines()
    assert lines[0] == "connections@1  The company you keep (lab)"
    assert any(line.startswith("everyday@1  Everyday credit (live; rental_deposit, ") for line in lines)
    facts = [json.loads(line) for line in credence("scorecards", "list", "--json").out.splitlines()]
    assert [card["name"] for card in facts] == shipped_names()
    assert {"everyday": [350, 950], "suining": None}.items() <= {c["name"]: c["range"] for c in facts}.items()


def test_a_scorecard_is_shown_with_every_row_in_columns(credence: Credence) -> None:
    out = credence("scorecards", "show", "everyday").out
    assert out.startswith("Everyday credit (everyday version 1, live)\nEveryone starts with 350.\n")
    assert "  0.95 and over      90\n" in out
    assert "  missing            45  H4: No dated bills, rent or instalments are known\n" in out


def test_with_json_a_scorecard_has_its_hash_and_rows(credence: Credence) -> None:
    facts = credence("scorecards", "show", "everyday", "--json").facts
    assert len(facts["definition_hash"]) == 64
    assert facts["characteristics"]["serious_records"] == [
        {"label": "below 1", "points": 30, "reason": None},
        {"label": "1 and over", "points": 0, "reason": "S1"},
    ]


def test_the_shipped_scorecard_has_nothing_to_mend(credence: Credence) -> None:
    ran = credence("scorecards", "check", "everyday")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "everyday@1: nothing to mend.")
    assert ran.out.startswith("10 worked cases ran on both evaluators.\n")


def test_a_wrong_case_is_told_and_wants_a_look(credence: Credence, tmp_path: Path) -> None:
    write(tmp_path, lab())
    cases = "as_of: 2026-11-06\ncases:\n  - {sentence: Nobody, events: [], score: 11}\n"
    (tmp_path / "cases.yaml").write_text(cases, encoding="utf-8")
    ran = credence("scorecards", "check", tmp_path)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        "1 worked case ran on both evaluators.",
        "- 'Nobody': score is 10, not 11.",
        "small@1: 1 thing to look at.",
    ]
    facts = credence("scorecards", "check", tmp_path, "--json").facts
    assert (facts["cases"], facts["found"]) == (1, ["'Nobody': score is 10, not 11."])


def test_a_scorecard_without_cases_is_checked_all_the_same(credence: Credence, tmp_path: Path) -> None:
    ran = credence("scorecards", "check", write(tmp_path, LIVE))
    assert ran.out.startswith("No worked cases lie beside it.\n")


def test_faults_are_told_all_at_once(credence: Credence, tmp_path: Path) -> None:
    ran = credence("scorecards", "check", write(tmp_path, "name: 1\nversion: x\n"))
    assert ran.code == 2
    assert "scorecard.yaml has " in ran.err
    assert ran.err.count("\n  line ") > 2


def test_cases_may_be_about_kinds_of_ones_own(credence: Credence, tmp_path: Path) -> None:
    kinds = tmp_path / "kinds.yaml"
    kinds.write_text(OWN_KINDS, encoding="utf-8")
    one = "{one: {measure: {count: {kind: tool.returned}}, attributes: [{below: 1, points: 0}, {points: 9}]}}"
    write(tmp_path, lab().partition("characteristics:")[0] + f"characteristics: {one}\n")
    happened = "events: [{kind: tool.returned, occurred_at: 2026-11-01}]"
    cases = f"as_of: 2026-11-06\ncases:\n  - {{sentence: A tool, {happened}, score: 9}}\n"
    (tmp_path / "cases.yaml").write_text(cases, encoding="utf-8")
    ran = credence("scorecards", "check", tmp_path, "--vocabulary", kinds)
    assert "1 worked case ran" in ran.out
    assert "A tool" not in ran.out


def test_the_sql_is_printed_for_a_date(credence: Credence) -> None:
    ran = credence("scorecards", "sql", "everyday", "--as-of", "2026-01-31")
    assert ran.code == 0
    assert "2026-01-31" in ran.out
    assert refused(credence("scorecards", "sql", "everyday", "--as-of", "x")).startswith("--as-of is 'x'")


def test_the_sql_of_contacts_is_printed_for_a_scorecard_that_looks_at_them(credence: Credence) -> None:
    words = ("scorecards", "sql", "connections", "--contacts", "--dialect", "spark", "--as-of", "2026-01-31")
    text = credence(*words).out
    assert text.startswith("-- What contacts scored, as of 2026-01-31, for Spark; for the laboratory alone.")
    assert "LEFT JOIN scores" in text
    sentence = refused(credence("scorecards", "sql", "everyday", "--contacts"))
    assert sentence.startswith(
        "'everyday' looks at no column of contacts. Columns: contacts, contacts_scored, "
    )


def test_a_new_scorecard_works_at_once_and_never_overwrites(credence: Credence) -> None:
    ran = credence("scorecards", "new", "mine")
    assert ran.out.startswith("mine holds scorecard.yaml, cases.yaml, README.md.")
    assert credence("scorecards", "check", "mine").code == 0
    assert refused(credence("scorecards", "new", "mine")).startswith("mine already exists")


@pytest.mark.parametrize("name", ["none", "everyday@9", "."])
def test_an_unknown_scorecard_is_refused_with_the_known_ones(credence: Credence, name: str) -> None:
    said = refused(credence("scorecards", "show", name))
    assert said.endswith(f"Shipped scorecards: {', '.join(shipped_names())}.")


def test_points_that_follow_an_answer_are_shown_as_their_rule(credence: Credence, tmp_path: Path) -> None:
    rule = "{times: 0.5, plus: 1, rounding: floor, at_most: 9}"
    rows = f"[{{below: 0, unscorable: NONE}}, {{points: {rule}}}]"
    write(tmp_path, lab(of("{count: {}}", rows), "reasons: {NONE: Nothing}"))
    assert "0.5 x answer + 1, rounded down, at most 9" in credence("scorecards", "show", ".").out
    shown = credence("scorecards", "show", ".", "--json").facts["characteristics"]["one"]
    assert [row["points"] for row in shown] == [
        None,
        {"times": "0.5", "plus": "1", "rounding": "floor", "at_least": None, "at_most": 9},
    ]
