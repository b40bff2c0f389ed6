"""The perks of the article: what its two people got, and at which score it changed.

Liu had 722 points; the author had 550, later 554.
"""

from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from credence.decisions.decide import Decision, Facts, decide
from credence.decisions.load import find_policy, load_policy, shipped_policies
from credence.engines.found import Value
from credence.engines.policies.clauses import SCORE, Subject
from credence.errors import PolicyNotValidError

ARTICLE = date(2017, 12, 14)
KNOWN_AT = datetime(2017, 12, 14)  # noqa: DTZ001 - instants known to the log are UTC without a zone
PERKS = [name for name in shipped_policies() if name.startswith("zhima/")]

loaded = cache(load_policy)


def asked(perk: str, score: int, as_of: date = ARTICLE, record: str = "absent") -> Decision:
    policy = loaded(f"zhima/{perk}")
    values: dict[Subject, Value] = {s: score if s.kind == SCORE else record for s in policy.subjects}
    return decide(policy, Facts("liu", as_of, KNOWN_AT, values, score))


@pytest.mark.parametrize(
    ("perk", "as_of", "got"),
    [
        ("car_rental", ARTICLE, True),
        ("car_rental_abroad", ARTICLE, True),
        ("car_sharing", ARTICLE, True),
        ("bikes", ARTICLE, True),
        ("hotels", ARTICLE, True),
        ("visa_singapore", ARTICLE, True),
        ("visa_luxembourg", date(2015, 8, 1), False),
        ("visa_luxembourg", ARTICLE, True),
        ("visa_japan", ARTICLE, False),
        ("airport_lane", ARTICLE, False),
        ("pay_later", ARTICLE, True),
        ("small_loan", ARTICLE, True),
    ],
)
def test_liu_with_722_points_got_what_the_article_says(perk: str, as_of: date, *, got: bool) -> None:
    assert (asked(perk, 722, as_of).meaning == "accept") == got


@pytest.mark.parametrize("score", [550, 554])
@pytest.mark.parametrize("perk", ["car_rental", "car_sharing", "bikes", "hotels", "car_rental_abroad"])
def test_the_author_left_a_deposit(perk: str, score: int) -> None:
    decision = asked(perk, score)
    assert (decision.outcome, decision.meaning) == ("deposit_due", "decline")
    assert decision.terms["deposit"] in ("due", 99)


@pytest.mark.parametrize(
    ("perk", "least"),
    [
        ("car_rental", 651),
        ("bikes", 651),
        ("car_rental_abroad", 701),
        ("car_sharing", 600),
        ("hotels", 600),
        ("suzhou_bikes", 600),
        ("visa_singapore", 700),
        ("visa_luxembourg", 700),
        ("visa_japan", 750),
        ("airport_lane", 751),
        ("pay_later", 600),
        ("small_loan", 600),
    ],
)
def test_more_than_and_at_least_are_told_apart_at_the_limit(perk: str, least: int) -> None:
    below, at = asked(perk, least - 1), asked(perk, least)
    assert (below.meaning, at.meaning) == ("decline", "accept")
    assert below.rows[0].clauses[0].distance == 1


def test_exactly_650_leaves_a_deposit_for_the_car() -> None:
    assert asked("car_rental", 650).outcome == "deposit_due"
    assert asked("car_rental", 651).outcome == "no_deposit"


def test_luxembourg_asked_for_750_until_the_8th_of_june_2017() -> None:
    before, after = date(2017, 6, 8), date(2017, 6, 9)
    assert [asked("visa_luxembourg", 749, day).meaning for day in (before, after)] == ["decline", "accept"]
    assert [asked("visa_luxembourg", 750, day).meaning for day in (before, after)] == ["accept", "accept"]


def test_no_visa_is_decided_on_before_it_was_reported() -> None:
    with pytest.raises(PolicyNotValidError, match="holds from 2015-07-10"):
        asked("visa_luxembourg", 800, date(2015, 7, 9))


@pytest.mark.parametrize(
    ("record", "outcome"), [("absent", "no_deposit"), ("present", "deposit_due"), ("unknown", "look_up")]
)
def test_the_bikes_of_suzhou_ask_for_five_clean_years(record: str, outcome: str) -> None:
    assert asked("suzhou_bikes", 722, record=record).outcome == outcome


def test_eight_points_more_change_no_perk_of_liu() -> None:
    assert [asked(perk, 722).meaning for perk in names()] == [asked(perk, 730).meaning for perk in names()]


def names() -> list[str]:
    return [name.removeprefix("zhima/") for name in PERKS]


@pytest.mark.parametrize("perk", PERKS)
def test_every_perk_is_for_the_lab_and_names_its_source(perk: str) -> None:
    assert loaded(perk).setting == "lab"
    remark = [line for line in Path(find_policy(perk)).read_text().splitlines() if line.startswith("#")]
    assert any(word in " ".join(remark) for word in ("Z8", "Z9", "Z1", "Wired"))
