"""Plans keep what they promise, ask for nothing that is not needed, and never for what nobody should do."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, import_rows
from credence.engines.person import evaluate
from credence.errors import PersonNotFoundError, UsageError
from credence.events.manifest import Settings
from credence.events.vocabulary import extended_by_text, shipped
from credence.scorecards.live import barred_kinds
from credence.scorecards.model import Scorecard
from credence.scoring.what_if.moves import load_moves
from credence.scoring.what_if.parts import FOREVER
from credence.scoring.what_if.plans import Goal, Plan, plan
from tests.both_engines import scored
from tests.engines.random_worlds import DATES, random_log, random_rows, random_scorecard
from tests.scoring.what_if.asking import (
    KNOWN,
    LATE,
    ON_TIME,
    OWED,
    PAID,
    UNPAID,
    VERIFIED,
    Entry,
    as_event,
    ask,
    card,
    steps,
)
from tests.world import AS_OF, LATER, event, record

seeds = st.integers(0, 2**32 - 1)


@pytest.fixture
def trial(tmp_path: Path) -> Scorecard:
    return card(tmp_path, {"on_time": ON_TIME, "verified": VERIFIED, "unpaid": UNPAID})


def test_plans_come_cheapest_first_and_a_longer_one_only_if_it_costs_less(trial: Scorecard) -> None:
    found = ask(trial, KNOWN, Goal(points=10))
    assert (found.score, found.band, found.target) == (100, "low", 110)
    assert [(p.effort, p.months, steps(p), p.score, p.points) for p in found.plans] == [
        (0, 4, {}, 115, 15),
        (1, 1, {"identity": 1}, 110, 10),
    ]
    assert all(p.proven for p in found.plans)


def test_a_report_that_takes_the_place_of_the_oldest_is_no_way_to_be_older(tmp_path: Path) -> None:
    reported: Entry = {"kind": "account.reported", "latest": "account"}
    late: Entry = {
        "measure": {"count": reported | {"where": {"status": ["late"]}}},
        "months": 36,
        "attributes": [{"below": 1, "points": 100}, {"points": 0}],
    }
    oldest: Entry = {
        "measure": {"age_of_oldest": reported},
        "attributes": [{"below": 60, "points": 0}, {"points": 100}],
        "missing": {"points": 0},
    }
    both = card(
        tmp_path, {"oldest": oldest, "late": late}, bands=[{"below": 250, "name": "low"}, {"name": "up"}]
    )
    account = event("account.reported", "2025-11-01", "a", account="A", status="late")
    found = ask(both, [account], Goal(band="up", months=4))
    assert [(plan.months, plan.score, plan.band) for plan in found.plans] == [(3, 300, "up")]


def test_a_plan_combines_steps_and_the_passing_of_time(trial: Scorecard) -> None:
    found = ask(trial, KNOWN, Goal(band="high"))
    assert [(p.effort, p.months, steps(p), p.score, p.band) for p in found.plans] == [
        (3, 4, {"bill_on_time": 2, "identity": 1}, 145, "high")
    ]


def test_a_step_says_when_and_what_it_brings(trial: Scorecard) -> None:
    (found,) = ask(trial, KNOWN, Goal(points=30, months=3)).plans
    bills, identity = found.steps
    assert (bills.title, bills.times, bills.effort) == ("Pay a household bill on time", 2, 2)
    assert (bills.first_on, bills.last_on) == (date(2026, 11, 20), date(2026, 12, 20))
    assert identity.first_on == identity.last_on == date(2026, 11, 20)
    assert found.ends_on == date(2027, 1, 6)
    assert bills.events[0] == {
        "person_id": "ana",
        "kind": "bill.paid",
        "furnisher": "what-if",
        "event_id": "bill_on_time-1-1",
        "days_late": 0,
        "occurred_at": "2026-11-20",
    }


def test_what_is_reached_needs_no_plan(trial: Scorecard) -> None:
    found = ask(trial, KNOWN, Goal(band="low"))
    assert (found.plans, found.nearest, found.target) == ((), None, None)


def test_what_is_out_of_reach_is_said_with_the_nearest(trial: Scorecard) -> None:
    found = ask(trial, KNOWN, Goal(points=500, months=6))
    assert (found.plans, found.proven) == ((), True)
    assert found.nearest is not None
    assert found.nearest.score == 155
    assert steps(found.nearest) == {"bill_on_time": 5, "identity": 1}


def test_where_nothing_helps_the_nearest_is_to_do_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    age: Entry = {
        "measure": {"age_of_oldest": {}},
        "attributes": [{"points": 5}],
        "missing": {"points": 0},
    }
    found = ask(card(tmp_path / "b", {"age": age}), KNOWN, Goal(points=1, months=2))
    assert found.nearest is not None
    assert (found.nearest.steps, found.nearest.points) == ((), 0)


def test_somebody_without_a_score_is_led_to_one(tmp_path: Path) -> None:
    few = {"measure": {"count": {}}, "at_least": 4, "code": "few", "sentence": "Too little is known."}
    scorable = card(tmp_path, {"verified": VERIFIED}, scorable_when=[few])
    found = ask(scorable, KNOWN, Goal(band="low"))
    assert (found.score, found.target) == (None, None)
    assert [(p.effort, p.months, p.points) for p in found.plans] == [(2, 1, None)]
    with pytest.raises(UsageError, match="There is no score to add points to"):
        ask(scorable, KNOWN, Goal(points=1))


def test_a_band_that_is_not_there_is_refused(tmp_path: Path, trial: Scorecard) -> None:
    with pytest.raises(UsageError, match=r"'trial' has no band 'top'\. Its bands: low, fair, high\."):
        ask(trial, KNOWN, Goal(band="top"))
    with pytest.raises(UsageError, match=r"Its bands: it has none\."):
        ask(replace(trial, bands=()), KNOWN, Goal(band="top"))


def test_there_are_no_plans_for_somebody_unknown(tmp_path: Path, trial: Scorecard) -> None:
    log = EventLog.create(tmp_path / "empty")
    with pytest.raises(PersonNotFoundError):
        plan(trial, log, ("ana", {}), Moment(AS_OF, LATER), Goal(points=1), [])


def test_an_age_is_never_bought_only_waited_for(tmp_path: Path) -> None:
    age: Entry = {
        "measure": {"age_of_oldest": {"unit": "months"}},
        "attributes": [{"below": 5, "points": 0}, {"points": 20}],
        "missing": {"points": 0},
    }
    found = ask(card(tmp_path, {"age": age}), KNOWN, Goal(points=20))
    assert [(steps(p), p.months) for p in found.plans] == [({}, 3)]


def test_points_of_a_line_that_is_not_for_advice_do_not_count_towards_the_target(tmp_path: Path) -> None:
    hidden = ON_TIME | {"advice": False, "attributes": [{"below": 2, "points": 0}, {"points": 50}]}
    found = ask(card(tmp_path, {"on_time": ON_TIME, "hidden": hidden}), KNOWN, Goal(points=20))
    assert [(steps(p), p.score) for p in found.plans] == [({"bill_on_time": 2}, 170)]
    assert ask(card(tmp_path, {"hidden": hidden}), KNOWN, Goal(points=20)).plans == ()


def test_a_move_gains_only_while_it_still_counts(tmp_path: Path) -> None:
    lately = ON_TIME | {"months": 1, "attributes": [{"below": 1, "points": 0}, {"points": 5}]}
    gone = UNPAID | {"attributes": [{"below": 1, "points": 40}, {"points": 0}]}
    found = ask(card(tmp_path, {"lately": lately, "gone": gone}), KNOWN, Goal(points=45))
    assert [(steps(p), p.months) for p in found.plans] == [({"bill_on_time": 4}, 4)]


def test_what_lies_back_too_far_by_law_no_longer_counts_for_a_plan(tmp_path: Path) -> None:
    course = (
        "{title: A course was taken, context: identity, speaks: for, required: [], optional: [], "
        "counts_for: {any: {months: 2, from: occurred_at}}}"
    )
    kinds = f"version: 1\nkinds:\n  course.taken: {course}\n"
    words = extended_by_text(shipped(), kinds, "kinds.yaml")
    (tmp_path / "moves.yaml").write_text(
        "version: 1\nmoves:\n  course: {title: Take a course, kind: course.taken, effort: 1, most: 1}\n",
        encoding="utf-8",
    )
    everything: Entry = {
        "measure": {"count": {"where": {"counterparty": {"present": False}}}},
        "attributes": [{"below": 3, "points": 0}, {"points": 9}],
    }
    gone = UNPAID | {"attributes": [{"below": 1, "points": 40}, {"points": 0}]}
    scorecard = card(tmp_path, {"everything": everything, "gone": gone})
    found = ask(scorecard, KNOWN, Goal(points=49), words=words, moves=tmp_path / "moves.yaml")
    assert (found.plans, found.proven) == ((), True)


def test_days_of_a_plan_are_days_of_the_logs_own_zone(tmp_path: Path, trial: Scorecard) -> None:
    log = EventLog.create(tmp_path / "shanghai", Settings(timezone="Asia/Shanghai"))
    record(log, PAID, OWED)
    kinds = load_moves(log.vocabulary)
    (found,) = plan(trial, log, ("ana", {}), Moment(AS_OF, LATER), Goal(points=30, months=3), kinds).plans
    assert score_by_both(trial, log, found) == found.score == 130


def score_by_both(scorecard: Scorecard, log: EventLog, found: Plan, person: str = "ana") -> int | None:
    """The score that both engines give once the plan's events are really in the log."""
    rows = [row for step in found.steps for row in step.events]
    now = datetime(found.ends_on.year, found.ends_on.month, found.ends_on.day, tzinfo=UTC)
    report = import_rows(log, rows, now) if rows else None
    assert report is None or report.sentences == []
    return scored(scorecard, log, found.ends_on, datetime(2100, 1, 1), person).score  # noqa: DTZ001


@settings(max_examples=6)
@given(seed=seeds)
def test_a_plan_whose_events_are_really_added_gives_the_promised_score(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        scorecard = random_scorecard(chance, folder)
        as_of = chance.choice(DATES)
        log = random_log(chance, folder / "log", random_rows(chance, as_of))
        for person in ("ana", "ben", "Zoë"):
            found = _asked_of(chance, scorecard, log, as_of, person)
            if found is not None:
                assert score_by_both(scorecard, log, found, person) == found.score
                return


def _asked_of(chance: Random, scorecard: Scorecard, log: EventLog, as_of: date, person: str) -> Plan | None:
    """Any plan of a person, or the nearest to one; None for somebody of whom nothing is known."""
    goal = chance.choice([Goal(band="low", months=5), Goal(band="high", months=5), Goal(points=4, months=5)])
    kinds = load_moves(log.vocabulary)
    try:
        plans = plan(scorecard, log, (person, {}), Moment(as_of, LATER), goal, kinds)
    except (PersonNotFoundError, UsageError):
        return None
    _keeps_its_word(scorecard, log, (person, as_of), plans.target, plans.plans)
    return chance.choice(plans.plans) if plans.plans else plans.nearest


def _keeps_its_word(
    scorecard: Scorecard, log: EventLog, who: tuple[str, date], target: int | None, plans: tuple[Plan, ...]
) -> None:
    """Every plan reaches the target, and misses it without any one of its steps or their repetitions."""
    words, known = log.vocabulary, log.events_of(who[0])

    def reaches(rows: list[Entry], ends_on: date) -> bool:
        events = [*known, *(as_event(row, words) for row in rows)]
        score = evaluate(scorecard, words, events, Moment(ends_on, FOREVER)).score
        return score is not None and (target is None or score >= target)

    efforts = [(p.effort, -p.months) for p in plans]
    assert efforts == sorted(set(efforts))
    for found in plans:
        rows = [list(step.events) for step in found.steps]
        assert reaches([row for each in rows for row in each], found.ends_on)
        for place, each in enumerate(rows):
            for fewer in range(len(each)):
                others = [
                    row for n, more in enumerate(rows) for row in (more[:fewer] if n == place else more)
                ]
                assert not reaches(others, found.ends_on)


@settings(max_examples=6)
@given(seed=seeds)
def test_no_plan_holds_what_nobody_should_do_whatever_a_scorecard_gives_for_it(seed: int) -> None:
    chance, words = Random(seed), shipped()
    never = [kind.name for kind in words.kinds.values() if kind.speaks == "against" or kind.mark]
    never += [
        *barred_kinds(words),
        "account.closed",
        "loan.applied",
        "inquiry.made",
        "payment.settled",
        "person.deceased",
    ]
    wanted = chance.sample([name for name in never if not name.startswith("mark")], 6)
    unadvised = chance.choice(["bill.paid", "identity.verified", "income.received"])
    rewarded = [{"below": 1, "points": 0}, {"points": 9}]
    characteristics: dict[str, Entry] = {
        f"c{n}": {"measure": {"count": {"kind": kind}}, "attributes": rewarded}
        for n, kind in enumerate(wanted)
    }
    characteristics["any"] = {
        "measure": {"count": {}},
        "attributes": [{"below": 4, "points": 0}, {"points": 9}],
    }
    characteristics["own"] = {
        "measure": {"count": {"kind": unadvised}},
        "attributes": rewarded,
        "advice": False,
    }
    known = (
        event("bill.settled", "2026-10-02", "s"),
        event("account.opened", "2026-10-02", "o", account="a"),
    )
    with TemporaryDirectory() as name:
        scorecard = card(Path(name), characteristics)
        found = ask(scorecard, known, Goal(points=chance.choice([5, 9, 12, 60]), months=3))
        told = [*found.plans, *([found.nearest] if found.nearest else [])]
        kinds = {step.kind for each in told for step in each.steps}
        assert not kinds & set(never)
        assert bool(found.plans) == (found.target in {105, 109})


def test_a_plan_ends_on_the_day_of_the_month_on_which_it_began(tmp_path: Path) -> None:
    log = EventLog.create(tmp_path / "log")
    record(log, LATE)
    scorecard = card(tmp_path, {"on_time": ON_TIME})
    (told,) = ask(scorecard, [LATE], Goal(points=20), as_of=date(2026, 10, 31)).plans
    assert (told.ends_on, told.months) == (date(2027, 1, 31), 3)
    assert score_by_both(scorecard, log, told) == 120
