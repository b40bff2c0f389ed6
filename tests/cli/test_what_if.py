import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from credence.cli.what_if import plans_receipt
from credence.scoring.what_if.plans import Goal, Plan, Plans
from tests.cli.commands import AS_OF, Credence, refused
from tests.scorecards.cards import lab, of, write

KNOWN = ("--known-at", "2026-11-20")
PLAN = {"months", "ends_on", "effort", "steps", "score", "band", "points", "proven"}
STEP = {"name", "title", "kind", "times", "first_on", "last_on", "effort", "events"}


@pytest.fixture
def lin(town: Path) -> list[object]:
    """The words that ask what Lin's score could be."""
    return ["what-if", "everyday", "lin", "--log", town / "log", *AS_OF, *KNOWN]


@pytest.fixture
def ana(town: Path) -> list[object]:
    """The words that ask what Ana's score could be."""
    return ["what-if", "everyday", "ana", "--log", town / "log", *AS_OF, *KNOWN]


def test_plans_say_what_to_do_how_often_and_until_when(credence: Credence, lin: list[object]) -> None:
    ran = credence(*lin, "--to-band", "outstanding")
    assert (ran.code, ran.err) == (0, "")
    assert "Plans for lin: to the band outstanding" in ran.out
    assert "Now: no score. Asked for: 700." in ran.out
    assert "  - Pay a household bill on time, 2 times, from 2026-11-20 to 2026-12-20" in ran.out
    assert "  - Have your identity verified, by 2026-11-20" in ran.out
    assert "Then wait until 2027-02-06: 3 months from now." in ran.out
    assert max(map(len, ran.out.splitlines())) <= 78


def test_the_events_of_a_plan_can_be_supposed_and_keep_its_promise(
    credence: Credence, lin: list[object], tmp_path: Path
) -> None:
    facts = credence(*lin, "--to-band", "outstanding", "--json").facts
    assert set(facts) == {"score", "band", "target", "plans", "nearest", "proven"}
    (plan,) = facts["plans"]
    assert set(plan) == PLAN
    assert all(set(step) == STEP for step in plan["steps"])
    rows = [row for step in plan["steps"] for row in step["events"]]
    (tmp_path / "plan.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    supposed = credence(*lin, "--events", "plan.jsonl", "--at", plan["ends_on"], "--json").facts
    assert (supposed["before"]["score"], supposed["after"]["score"]) == (None, plan["score"])


def test_a_plan_can_be_to_wait(credence: Credence, town: Path, tmp_path: Path) -> None:
    unpaid = of("{count: {kind: rent.paid}}", "[{below: 12, points: 1}, {points: 0}]", "months: 12")
    card = write(tmp_path, lab(unpaid))
    ran = credence("what-if", card, "ana", "--log", town / "log", *AS_OF, *KNOWN, "--points", "1")
    assert "Plan 1: 1 (+1) on 2026-12-06" in ran.out
    assert "  Wait until 2026-12-06: 1 month from now." in ran.out


def test_where_there_is_no_plan_the_nearest_is_told(credence: Credence, ana: list[object]) -> None:
    ran = credence(*ana, "--points", "500", "--months", "1")
    assert "There is no plan that reaches it within 1 month." in ran.out
    assert "Nearest: " in ran.out


def test_what_is_reached_already_is_said(credence: Credence, ana: list[object]) -> None:
    assert "It is reached already: nothing needs to be done." in credence(*ana, "--to-band", "good").out


def test_a_search_that_was_cut_off_says_so() -> None:
    waiting = Plan(3, date(2027, 2, 6), 0, (), 105, "low", 5, proven=True)
    found = Plans(100, "low", 105, (waiting,), None, proven=False)
    assert plans_receipt(found, Goal(points=5), "ana").endswith(
        "The search was cut off: a cheaper plan may exist."
    )
    none = replace(found, plans=(), nearest=replace(waiting, score=None, band=None, points=None))
    told = plans_receipt(none, Goal(points=5), "ana")
    assert "No plan was found that reaches it within 24 months." in told
    assert "Nearest: no score on 2027-02-06" in told
    still = plans_receipt(replace(none, nearest=replace(waiting, points=0)), Goal(points=5), "ana")
    assert "that reaches it within 24 months, and nothing found brings points." in " ".join(still.split())
    assert "Nearest" not in still


def test_moves_can_be_ones_own(credence: Credence, lin: list[object], tmp_path: Path) -> None:
    text = "version: 1\nmoves: {bill: {title: Pay up, kind: bill.settled, effort: 1, a_month: 4}}\n"
    (tmp_path / "moves.yaml").write_text(text, encoding="utf-8")
    ran = credence(*lin, "--to-band", "building", "--moves", "moves.yaml")
    assert "  - Pay up, 4 times, from 2026-11-09 to 2026-11-30" in ran.out


def test_a_change_that_is_supposed_is_said_as_a_receipt(credence: Credence, ana: list[object]) -> None:
    ran = credence(*ana, "--at", "2027-11-06")
    assert ran.code == 0
    assert "Time has passed" in ran.out
    assert "SCORE AFTER" in ran.out


def test_a_correction_can_be_supposed(credence: Credence, town: Path) -> None:
    hu = ["what-if", "everyday", "hu", "--log", town / "log", *AS_OF, "--known-at", "2026-11-06"]
    events = json.loads(credence("explain", *hu[1:], "--json").out)["lines"][0]["evidence"]
    name = f"{events[0]['furnisher']}/{events[0]['event_id']}"
    facts = credence(*hu, "--retract", name, "--json").facts
    assert facts["before"]["score"] + facts["points"] == facts["after"]["score"]
    told = [e["by"]["what"] for line in facts["lines"] for cause in line["causes"] for e in cause["events"]]
    assert set(told) == {"taken back"}


@pytest.mark.parametrize(
    ("more", "beginning"),
    [
        ([], "Say what is supposed"),
        (["--at", "2027-01-01", "--points", "5"], "Say what is supposed"),
        (["--to-band", "good", "--points", "5"], "Say what is supposed"),
        (["--at", "2026-01-01"], "--at is 2026-01-01, before the statement's own 2026-11-06."),
        (["--retract", "a/b"], "Nothing known of 'ana' is called 'a/b'"),
        (["--to-band", "top"], "'everyday' has no band 'top'. Its bands: building, fair, good"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    credence: Credence, ana: list[object], more: list[str], beginning: str
) -> None:
    assert refused(credence(*ana, *more)).startswith(beginning)


def test_columns_come_from_a_table_of_people(credence: Credence, town: Path, tmp_path: Path) -> None:
    risk = of("{column: risk}", "[{below: 5, points: 1}, {points: 2}]", "missing: {points: 0}")
    bill = (
        "two: {measure: {count: {kind: identity.verified}}, attributes: [{below: 9, points: 0}, {points: 4}]}"
    )
    card = write(tmp_path, lab(f"{risk}\n{bill}"))
    (tmp_path / "people.csv").write_text("person_id,risk\nana,7\nben,7\n", encoding="utf-8")
    words = [
        "what-if",
        card,
        "ana",
        "--log",
        town / "log",
        *AS_OF,
        *KNOWN,
        "--people",
        "people.csv",
        "--json",
    ]
    facts = credence(*words, "--points", "4", "--months", "1").facts
    assert (facts["score"], facts["plans"]) == (2, [])
    assert credence(*words, "--at", "2026-12-06").facts["after"]["score"] == 2
