from dataclasses import replace
from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from credence.engines.compared import NO_BAND, NO_SCORE, NOT_THERE, Comparison, Moves
from credence.engines.counts.groups import Count
from credence.runs.limits import RULES, SILENT, USUAL, Limits, breaches
from credence.runs.report.groups import Groups, grouping
from credence.runs.report.model import Before, CardReport, Drift, Furnisher, Report
from credence.scorecards.load import load_text
from tests.scorecards.cards import lab

AS_OF, LATER = date(2026, 11, 6), datetime(2026, 11, 20)  # noqa: DTZ001 - as the log keeps instants
BEFORE = Before("old", date(2026, 10, 6), LATER, version=1, people=100, scored=90, mean=500.0)
FIRST = CardReport(
    load_text(lab(), "small"), people=100, scored=90, mean=500.0, quantiles={}, bins=(), bands=(),
    unscorable=(), characteristics=(),
)  # fmt: skip
SAME = replace(FIRST, before=BEFORE, psi=0.0, characteristics=(Drift("one", "One?", (), psi=0.0, csi=0.0),))


def report(card: CardReport, *furnishers: Furnisher) -> Report:
    return Report("new", AS_OF, LATER, 3, (card,), furnishers)


def drift(psi: float | None, csi: float | None) -> tuple[Drift, ...]:
    return (Drift("one", "One?", (), psi=psi, csi=csi), Drift("two", "Two?", (), psi=0.0, csi=0.0))


def moved(bands: dict[tuple[str, str], int]) -> Comparison:
    people = sum(bands.values())
    return Comparison(Moves(people, people, 0, 0, 0, 0, 0), {}, {}, bands, {}, (), (), {})


def only(limit: str, most: float) -> Limits:
    """This limit and no other."""
    chosen: dict[str, Any] = {limit: most}
    return Limits(**chosen)


def sender(last: str | None, month: int = 0, month_before: int = 0) -> Furnisher:
    day = None if last is None else date.fromisoformat(last)
    return Furnisher("power", 9, day, LATER, month=month, month_before=month_before)


CASES: list[tuple[str, float, CardReport, str, str]] = [
    ("psi_most", 0.25, replace(SAME, psi=0.31073), "small: ", "PSI 0.3107, and the limit is 0.25"),
    ("characteristic_psi_most", 0.2, replace(SAME, characteristics=drift(0.3, 0)), "small: one: ", "PSI 0.3"),
    ("csi_points_most", 1, replace(SAME, characteristics=drift(0, -1.5)), "small: one: ", "1.5 points since"),
    ("csi_points_most", 1, replace(SAME, characteristics=drift(0, 1.5)), "small: one: ", "is 1 point ("),
    ("mean_change_points_most", 5, replace(SAME, mean=493.25), "small: ", "6.75 points since"),
    ("unscorable_share_most", 0.2, replace(FIRST, scored=70), "small: ", "30 % of the people have no score"),
    ("unscorable_share_change_most", 0.1, replace(SAME, scored=79), "small: ", "by 11 percentage points"),
    ("unscorable_share_change_most", 0.05, replace(SAME, scored=96), "small: ", "by 6 percentage points"),
    ("people_change_share_most", 0.5, replace(SAME, people=1200, scored=1200), "small: ", "by 1,100 %"),
    ("people_change_share_most", 0.5, replace(SAME, people=49, scored=40), "small: ", "differs by 51 %"),
    ("people_change_share_most", 0.5, replace(SAME, people=0, scored=0), "small: ", "differs by 100 %"),
    (
        "band_change_share_most",
        0.1,
        replace(SAME, moves=moved({("low", "low"): 80, ("low", "high"): 20, ("low", NO_SCORE): 50})),
        "small: ",
        "20 % of the people are in another band",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "most", "card", "place", "said"), CASES)
def test_what_passes_a_limit_is_told_with_its_value_and_the_limit(
    limit: str, most: float, card: CardReport, place: str, said: str
) -> None:
    (breach,) = breaches(report(card), only(limit, most))
    assert (breach.limit, breach.scorecard, breach.allowed) == (limit, "small", most)
    assert breach.value > most
    assert breach.sentence.startswith(place)
    assert said in breach.sentence
    assert f"({limit}). Look at " in breach.sentence


@pytest.mark.parametrize(("limit", "card"), [(case[0], case[2]) for case in CASES])
def test_a_value_equal_to_its_limit_and_a_limit_that_is_off_hold_nothing_back(
    limit: str, card: CardReport
) -> None:
    (breach,) = breaches(report(card), only(limit, 0))
    assert breaches(report(card), only(limit, breach.value)) == ()
    assert breaches(report(card), Limits()) == ()


def test_every_limit_has_a_case_and_a_rule() -> None:
    told = {case[0] for case in CASES} | {SILENT, "group_ratio_least"}
    assert told == set(RULES) == set(vars(Limits()))


def test_shares_are_compared_as_they_are_written() -> None:
    """As floats, 0.4 - 0.3 is more than 0.1."""
    card = replace(SAME, people=10, scored=6, before=replace(BEFORE, people=10, scored=7))
    assert breaches(report(card), Limits(unscorable_share_change_most=0.1)) == ()


def test_without_a_last_run_what_compares_says_nothing() -> None:
    everything = Limits(*(0 for _ in RULES))
    found = breaches(report(replace(FIRST, characteristics=drift(None, None))), everything)
    assert [breach.limit for breach in found] == ["unscorable_share_most"]


def test_where_there_is_nobody_nobody_has_a_score() -> None:
    (breach,) = breaches(report(replace(FIRST, people=0, scored=0, mean=None)), USUAL)
    assert (breach.limit, breach.value) == ("unscorable_share_most", 1)


def test_a_last_run_of_nobody_compares_with_nobody() -> None:
    nobody = replace(SAME, before=replace(BEFORE, people=0, scored=0, mean=None))
    assert breaches(report(nobody), Limits(mean_change_points_most=0)) == ()


def test_people_with_a_band_in_one_run_alone_are_in_no_other_band() -> None:
    nobody = moved({("low", NO_SCORE): 5, (NOT_THERE, "low"): 7, (NO_BAND, NO_BAND): 3})
    assert breaches(report(replace(SAME, moves=nobody)), Limits(band_change_share_most=0)) == ()


def test_the_usual_limits_hold_back_what_is_unlike_the_last_run() -> None:
    assert breaches(report(SAME), USUAL) == ()
    shifted = replace(SAME, psi=0.26, people=160, scored=160)
    assert {breach.limit for breach in breaches(report(shifted), USUAL)} == {
        "psi_most", "people_change_share_most",
    }  # fmt: skip
    assert [b.limit for b in breaches(report(replace(SAME, scored=79)), USUAL)] == [
        "unscorable_share_change_most"
    ]


@pytest.mark.parametrize(
    ("furnisher", "days"),
    [
        (sender("2026-10-30", month=4), 7),
        (sender("2026-09-20", month_before=4), 47),
        (sender("2026-03-01"), None),
        (sender(None), None),
    ],
)
def test_a_furnisher_is_silent_since_its_last_event_unless_it_stopped_long_ago(
    furnisher: Furnisher, days: int | None
) -> None:
    found = breaches(report(SAME, furnisher), Limits(furnisher_silent_days_most=1))
    assert [(b.scorecard, b.what, b.value) for b in found] == (
        [] if days is None else [(None, "power", days)]
    )


def test_a_silent_furnisher_is_asked() -> None:
    silent = sender("2026-09-20", month_before=4)
    (breach,) = breaches(report(SAME, silent), Limits(furnisher_silent_days_most=40))
    assert breach.sentence == (
        "power: this furnisher has been silent for 47 days, and the limit is 40 days "
        "(furnisher_silent_days_most). Ask it whether a delivery was lost."
    )


def test_a_group_that_is_favoured_too_little_is_told_with_its_ratio() -> None:
    counts = [Count("men", 100, 80, 50_000, (60,)), Count("women", 50, 40, 24_000, (15,))]
    counts += [Count("others", 3, 3, 900, (0,)), Count(None, 70, 0, 0, (0,))]
    by_sex = replace(FIRST, groups=Groups((600,), (grouping("sex", counts, (600,)),)))
    (breach,) = breaches(report(by_sex), Limits(group_ratio_least=0.8))
    assert (breach.scorecard, breach.what, breach.value, breach.allowed) == ("small", "sex: women", 0.5, 0.8)
    assert breach.sentence == (
        "small: sex: women: its share at or above the cut-off is 0.5 times that of the most favoured group, "
        "and the limit is 0.8 (group_ratio_least). Look at the groups, and at the answers in which they "
        "differ."
    )
    assert breaches(report(by_sex), Limits(group_ratio_least=0.5)) == ()
    assert breaches(report(FIRST), Limits(group_ratio_least=1.0)) == ()


def test_a_breach_is_plain_facts_for_programs() -> None:
    (breach,) = breaches(report(replace(SAME, psi=0.5)), USUAL)
    assert msgspec.to_builtins(breach) == {
        "limit": "psi_most", "scorecard": "small", "what": None, "value": 0.5, "allowed": 0.25,
    }  # fmt: skip


def test_an_index_that_chance_may_make_passes_no_limit() -> None:
    limits = Limits(psi_most=0.25, characteristic_psi_most=0.25)
    shifted = replace(drift(0.4, 0)[0], psi_by_chance=0.39)
    few = replace(SAME, psi=0.5, psi_by_chance=0.6, characteristics=(replace(shifted, psi_by_chance=0.4),))
    assert breaches(report(few), limits) == ()
    many = replace(few, psi_by_chance=0.49, characteristics=(shifted,))
    assert [breach.limit for breach in breaches(report(many), limits)] == [
        "psi_most",
        "characteristic_psi_most",
    ]
