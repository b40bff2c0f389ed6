"""The patent's rule: the mean of connected members' ratings against a minimum."""

from pathlib import Path

import pytest

from credence import EventLog, Moment
from credence.decisions.load import find_policy, load_policy
from credence.decisions.run import decide_person
from credence.errors import DefinitionError
from credence.scorecards.load import find, load_scorecard
from credence.scoring.cases import load_cases, run_cases
from tests.world import AS_OF, LATER, event, record

NOW = Moment(AS_OF, LATER)


def test_the_worked_cases_come_out_alike_on_both_engines() -> None:
    cases = load_cases(find("friends").with_name("cases.yaml"))
    assert run_cases(load_scorecard("friends"), cases) == []


def test_a_mean_of_620_reaches_a_minimum_of_620_and_not_of_621(tmp_path: Path, log: EventLog) -> None:
    friends = {"ben": 620, "lin": 700, "hu": 540}
    rows = [
        event("contact.rated", "2026-10-01", f"r-{friend}", contact=friend, rating=rating)
        for friend, rating in friends.items()
    ]
    record(log, *rows)
    text = find_policy("friends/loan").read_text(encoding="utf-8")
    strict = tmp_path / "strict.yaml"
    strict.write_text(text.replace("{at_least: 620}", "{at_least: 621}"), encoding="utf-8")
    found = [decide_person(load_policy(name), log, "ana", NOW) for name in ("friends/loan", strict)]
    assert [(decision.score, decision.outcome) for decision in found] == [(620, "continue"), (620, "reject")]
    assert found[1].rows[0].clauses[0].distance == 1


def test_without_rated_friends_there_is_no_score_and_no_rejection(log: EventLog) -> None:
    record(log, event("contact.added", "2026-10-01", "c-1", contact="ben"))
    decision = decide_person(load_policy("friends/loan"), log, "ana", NOW)
    assert (decision.score, decision.unscorable, decision.outcome) == (None, "no_ratings", "ask")


def test_no_live_scorecard_may_hold_the_rule(tmp_path: Path) -> None:
    text = find("friends").read_text(encoding="utf-8").replace("setting: lab", "setting: live")
    (tmp_path / "scorecard.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"'contact.rated' is of the context social, barred from live"):
        load_scorecard(tmp_path)


def test_the_model_card_says_that_it_is_for_nobody() -> None:
    text = find("friends").with_name("README.md").read_text(encoding="utf-8")
    assert "Do not use it on anybody." in text
    assert load_scorecard("friends").setting == load_policy("friends/loan").setting == "lab"
