"""report.json says what the report says, in plain values, the same every time; and the reference tells it."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from credence.engines.counts.groups import Count
from credence.runs.report.facts import report_json, why
from credence.runs.report.model import Furnisher, Verdict
from tests.runs.report.months import NOVEMBER, OCTOBER, PEOPLE, first_card, reported
from tests.runs.report.test_groups_section import MEN, WOMEN, grouped

ROOT = Path(__file__).parents[3]
# What stands under these keys is named after bands, steps and shares of people.
NAMED = ("quantiles", "steps")


def keys(value: object) -> set[str]:
    """Every key of a JSON value, but for names."""
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    if not isinstance(value, dict):
        return set()
    return {*value, *(key for name, item in value.items() if name not in NAMED for key in keys(item))}


def test_the_facts_are_the_reports(tmp_path: Path) -> None:
    report = reported(tmp_path)
    found = first_card(report)
    facts = json.loads(report_json(report))
    assert (facts["run"], facts["as_of"], facts["known_at"]) == (
        "november",
        "2026-11-06",
        "2026-11-07T00:00:00Z",
    )
    assert (facts["snapshot"], facts["published"], facts["limits_reached"]) == (3, True, [])
    (card,) = facts["scorecards"]
    assert (card["scorecard"], card["people"], card["scored"], card["mean"]) == ("small", 6, 4, 18.25)
    assert (card["psi"], card["meaning"], card["mean_change"]) == (found.psi, "shifted", -5.5)
    assert card["bands"][0] == {"band": "low", "people": 2, "before": 1}
    assert card["unscorable"][0] == {
        "code": "no_b",
        "sentence": "Nothing of b is known",
        "people": 1,
        "before": 0,
    }
    assert [(b["from"], b["to"]) for b in card["bins"]] == list(found.limits)
    assert [b["people"] for b in card["bins"]] == [share.people for share in found.bins]
    told = {c["name"]: (c["psi"], c["csi"]) for c in card["characteristics"]}
    assert told == {d.name: (d.psi, d.csi) for d in found.characteristics}
    assert card["before"]["as_of"] == "2026-10-06"
    assert card["moves"]["moves"]["people"] == 6
    assert card["moves"]["movers"][0]["person_id"] == "ana"
    assert {"old": "low", "new": "high", "people": 1} in card["moves"]["bands"]


def test_the_facts_of_groups_say_their_figures_and_nothing_where_there_is_no_table(tmp_path: Path) -> None:
    few = Count("x", 3, 2, 900, (1,))
    report = grouped(reported(tmp_path), (MEN, WOMEN, few), 600)
    (card,) = json.loads(report_json(report))["scorecards"]
    (column,) = card["groups"]["columns"]
    assert (card["groups"]["cut_off"], column["column"]) == (600, "sex")
    assert (column["lowest_group"], column["lowest_ratio"]) == ("women", 0.5)
    assert column["groups"][1] == {
        "group": "women", "people": 50, "too_few": False, "scored": 40, "mean": 600.0,
        "reached": [{"score": 600, "people": 15, "share": 0.3, "ratio": 0.5}],
    }  # fmt: skip
    assert column["groups"][2] == {
        "group": "x", "people": 3, "too_few": True, "scored": None, "mean": None, "reached": [],
    }  # fmt: skip
    (bare,) = json.loads(report_json(grouped(reported(tmp_path), (MEN, WOMEN))))["scorecards"]
    (column,) = bare["groups"]["columns"]
    assert (bare["groups"]["cut_off"], column["lowest_group"], column["lowest_ratio"]) == (None, None, None)
    (without,) = json.loads(report_json(reported(tmp_path)))["scorecards"]
    assert without["groups"] is None


def test_the_facts_of_a_first_run_say_nothing_of_a_last_one(tmp_path: Path) -> None:
    (card,) = json.loads(report_json(reported(tmp_path, {NOVEMBER: PEOPLE[NOVEMBER]})))["scorecards"]
    assert [card[key] for key in ("psi", "meaning", "mean_change", "before", "moves")] == [None] * 5
    assert {one["before"] for one in card["bins"]} == {None}


def test_the_same_report_gives_the_same_text(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert report_json(reported(tmp_path / "one")) == report_json(reported(tmp_path / "two"))


def test_limits_and_why_they_were_accepted_are_told(tmp_path: Path) -> None:
    verdict = Verdict(("small: too far.",), published=True, accepted="Seen")
    facts = json.loads(report_json(reported(tmp_path), verdict))
    assert (facts["published"], facts["limits_reached"], facts["accepted"]) == (
        True,
        ["small: too far."],
        "Seen",
    )
    held = json.loads(report_json(reported(tmp_path), Verdict(("small: too far.",), published=False)))
    assert (held["published"], held["accepted"]) == (False, None)


@pytest.mark.parametrize(
    ("last", "month", "month_before", "silent", "less"),
    [
        (date(2026, 11, 1), 4, 40, 5, True),
        (date(2026, 11, 1), 20, 40, 5, False),
        (date(2026, 10, 1), 0, 9, 36, False),
        (date(2026, 12, 1), 50, 40, 0, False),
        (None, 0, 0, None, False),
    ],
)
def test_a_furnisher_that_sent_much_less_is_marked(
    last: date | None, month: int, month_before: int, silent: int | None, *, less: bool
) -> None:
    furnisher = Furnisher("power", 100, last, None, month, month_before)
    assert (furnisher.silent_days(NOVEMBER), furnisher.sent_less) == (silent, less)


def test_a_code_is_told_by_its_rule_its_reason_or_itself(tmp_path: Path) -> None:
    card = first_card(reported(tmp_path)).scorecard
    told = [why(card, code) for code in ("no_b", "N", "gone")]
    assert told == ["Nothing of b is known", "Nothing of a is known", "gone"]


def test_every_key_is_told_in_the_reference(tmp_path: Path) -> None:
    reference = (ROOT / "docs" / "reference" / "run-report.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([a-z_0-9]+)`", reference))
    people = {OCTOBER: PEOPLE[OCTOBER], NOVEMBER: PEOPLE[NOVEMBER]}
    report = grouped(reported(tmp_path, people), (MEN, WOMEN), 600)
    assert keys(json.loads(report_json(report))) <= told
