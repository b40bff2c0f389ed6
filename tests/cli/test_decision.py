from dataclasses import replace
from datetime import date, datetime

from rich.cells import cell_len

from credence.cli.decision import WIDTH, decision_facts, decision_text
from credence.decisions.decide import CheckedClause, CheckedRow, Decision, DecisionReason
from credence.scoring.words import counted

LONG = (
    "一个很长的理由 and a long sentence of words that goes on and on until it is wider than any terminal is"
)
CLAUSE = CheckedClause("score", LONG, met=False, answer=7, distance=-3)
ROW = CheckedRow("1", "accept", "accept", {"limit": 5, "how": LONG}, met=False, clauses=(CLAUSE,))
DECISION = Decision(
    policy="trial",
    version=1,
    title=LONG,
    setting="live",
    definition_hash="f" * 64,
    person_id="ana",
    scorecard="small",
    scorecard_version=1,
    as_of=date(2026, 11, 6),
    known_at=datetime(2026, 11, 6),  # noqa: DTZ001 - as the log keeps instants
    score=7,
    band="low",
    unscorable=None,
    outcome="refer",
    meaning="refer",
    terms={"limit": 5},
    reason=LONG,
    row="otherwise",
    rows=(ROW,),
    reasons=(DecisionReason("R1", LONG),),
)


def test_no_line_is_wider_than_the_terminal() -> None:
    lines = decision_text(DECISION).splitlines()
    assert max(map(cell_len, lines)) <= WIDTH, counted(len(lines), "line")


def test_only_a_better_row_says_how_far_off_it_is() -> None:
    assert "(3 less is needed)" in " ".join(decision_text(DECISION).split())


def test_programs_get_the_instant_with_its_zone() -> None:
    assert decision_facts(DECISION)["known_at"] == "2026-11-06T00:00:00Z"


def test_a_decision_of_the_laboratory_says_so() -> None:
    assert "for the laboratory" not in decision_text(DECISION)
    assert "for the laboratory: it decides about nobody" in decision_text(replace(DECISION, setting="lab"))
