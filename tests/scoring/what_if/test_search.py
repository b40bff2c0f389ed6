"""The search finds the cheapest plan: compared with every plan there is, in small worlds."""

from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import Moment
from credence.engines.counting import counted_events
from credence.engines.person import evaluate
from credence.events.log import Event
from credence.events.vocabulary import shipped
from credence.scorecards.model import Scorecard
from credence.scoring.what_if.derive import moves_of
from credence.scoring.what_if.moves import load_moves
from credence.scoring.what_if.parts import FOREVER, NO_SCORE, Budget, Horizon, horizon, known_of, parts_of
from credence.scoring.what_if.plans import Goal
from credence.scoring.what_if.schedule import scheduled
from credence.scoring.what_if.search import Search
from tests.engines.random_worlds import DATES, random_log, random_rows, random_scorecard
from tests.scoring.what_if.asking import KNOWN, ON_TIME, VERIFIED, Entry, as_event, ask, card, steps
from tests.world import AS_OF, LATER

PLENTY, PLANS_MOST = 10**9, 1_500


def looked_at(
    scorecard: Scorecard,
    events: list[Event],
    as_of: date,
    months: int,
    looks: int = PLENTY,
    moves: Path | None = None,
) -> Horizon:
    """Ana's parts some months from a date on."""
    words = shipped()
    counted = counted_events(events, scorecard, words, Moment(as_of, LATER))
    found = moves_of(scorecard, words, counted, load_moves(words, moves))
    schedule = scheduled("ana", as_of, found, months, "UTC")
    parts = parts_of(scorecard, schedule)
    known = known_of(scorecard, words, parts, events, {})
    return horizon(parts, schedule, known, months, Budget(looks))


def every_plan(search: Search) -> list[tuple[int, ...]]:
    """Every plan there is, but those that aim at two things at once; none where they are too many."""
    sizes = [range(cap + 1) for cap in search.caps]
    count = 1
    for size in sizes:
        count *= len(size)
    moves = search.horizon.schedule.moves

    def is_one(counts: tuple[int, ...]) -> bool:
        groups = [moves[place].group for place, times in enumerate(counts) if times]
        return len(groups) == len(set(groups))

    return [] if count > PLANS_MOST else [counts for counts in product(*sizes) if is_one(counts)]


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32 - 1))
def test_nothing_is_cheaper_than_what_is_found(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder, as_of = Path(name), chance.choice(DATES)
        rows = [row for row in random_rows(chance, as_of) if row["person_id"] == "ana"]
        log = random_log(chance, folder / "log", rows)
        for months in (1, 2, 3):
            scorecard = random_scorecard(chance, folder)
            search = Search(looked_at(scorecard, log.events_of("ana"), as_of, months), months, 0)
            plans = every_plan(search)
            for target in (search.start + more for more in (1, 3, 6, 12)):
                _is_cheapest(search, plans, target)


def _is_cheapest(before: Search, plans: list[tuple[int, ...]], target: int) -> None:
    search = Search(before.horizon, before.months, target)
    found = search.cheapest()
    reaching = [search.effort(counts) for counts in plans if search.horizon.total(counts) >= target]
    if not plans or search.cut:
        return
    assert search.certain
    assert (None if found is None else found.effort) == min(reaching, default=None)
    if found is not None:
        assert found.worth == search.horizon.total(found.counts) >= target
        assert Search(before.horizon, before.months, target).cheapest(found.effort) is None


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_parts_add_up_to_what_the_evaluator_says_of_the_whole(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder, as_of = Path(name), chance.choice(DATES)
        rows = [row for row in random_rows(chance, as_of) if row["person_id"] == "ana"]
        log = random_log(chance, folder / "log", rows)
        for months in (1, 3, 7):
            scorecard = random_scorecard(chance, folder)
            seen = looked_at(scorecard, log.events_of("ana"), as_of, months)
            caps = Search(seen, months, 0).caps
            for _ in range(4):
                counts = tuple(chance.randrange(cap + 1) for cap in caps)
                events = [*log.events_of("ana"), *seen.schedule.of(counts)]
                row = evaluate(scorecard, log.vocabulary, events, Moment(seen.moment.as_of, FOREVER))
                total = scorecard.points_base + seen.total(counts)
                assert total == row.score if row.score is not None else total < NO_SCORE // 2


EVENTS = [as_event(row, shipped()) for row in KNOWN]


def test_a_search_that_may_not_look_finds_nothing_and_is_not_certain(tmp_path: Path) -> None:
    scorecard = card(tmp_path, {"on_time": ON_TIME, "verified": VERIFIED})
    search = Search(looked_at(scorecard, EVENTS, AS_OF, 6, looks=0), 6, 40)
    assert search.cheapest() is None
    assert not search.certain


def test_among_too_many_plans_one_is_not_looked_for_to_the_end(tmp_path: Path) -> None:
    both: Entry = {
        "measure": {"count": {"kind": ["contribution.paid", "income.received", "savings.reported"]}},
        "attributes": [{"below": 60, "points": 0}, {"points": 30}],
    }
    two = both | {"measure": {"count": {"kind": ["bill.paid", "savings.reported"]}}}
    three = both | {"measure": {"count": {"kind": ["bill.paid", "contribution.paid"]}}}
    scorecard = card(tmp_path, {"a": both, "b": two, "c": three})
    search = Search(looked_at(scorecard, EVENTS, AS_OF, 24), 24, 90)
    assert (search.cheapest(), search.cut, search.certain) == (None, True, False)


def test_points_that_nothing_limits_can_be_searched(tmp_path: Path) -> None:
    each: Entry = {"measure": {"count": {"kind": "bill.paid"}}, "points_each": {"points": 7}}
    search = Search(looked_at(card(tmp_path, {"each": each}), EVENTS, AS_OF, 6), 6, 30)
    found = search.cheapest()
    assert found is not None
    assert (found.effort, found.worth) == (4, 35)


def file_of(folder: Path, *moves: str) -> Path:
    path = folder / "moves.yaml"
    path.write_text("version: 1\nmoves:\n" + "".join(f"  {move}\n" for move in moves), encoding="utf-8")
    return path


def test_what_gains_most_for_its_effort_is_left_for_what_is_cheaper_together(tmp_path: Path) -> None:
    verified = {"identity": (4, 9), "address": (3, 5), "phone": (3, 5)}
    asked: dict[str, Entry] = {
        name: {
            "measure": {"count": {"kind": f"{name}.verified"}},
            "attributes": [{"below": 1, "points": 0}, {"points": points}],
        }
        for name, (_, points) in verified.items()
    }
    moves = file_of(
        tmp_path,
        *(f"{n}: {{title: T, kind: {n}.verified, effort: {e}, most: 1}}" for n, (e, _) in verified.items()),
    )
    (found,) = ask(card(tmp_path, asked), KNOWN, Goal(points=10, months=2), moves=moves).plans
    assert (found.effort, steps(found)) == (6, {"address": 1, "phone": 1})


def test_two_aims_at_one_number_are_never_one_plan(tmp_path: Path) -> None:
    report = {"kind": "balance.reported", "field": "cover_days"}
    asked: dict[str, Entry] = {
        "most": {"measure": {"greatest": report}, "attributes": [{"below": 20, "points": 0}, {"points": 5}]},
        "least": {
            "measure": {"least": report},
            "attributes": [{"below": 6, "points": 0}, {"below": 10, "points": 5}, {"points": 0}],
        },
    }
    missing: Entry = {"missing": {"points": 0}}
    scorecard = card(tmp_path, {name: entry | missing for name, entry in asked.items()})
    assert [steps(p) for p in ask(scorecard, KNOWN, Goal(points=5, months=3)).plans] == [{"cover": 1}]
    assert ask(scorecard, KNOWN, Goal(points=10, months=3)).plans == ()


@pytest.mark.parametrize("name", list("abcdef"))
def test_of_two_events_of_a_day_the_one_that_the_evaluator_takes_is_the_last(
    tmp_path: Path, name: str
) -> None:
    kinds = ("insurance.paid", "contribution.paid", "bill.settled")
    moves = file_of(
        tmp_path,
        f"{name}1: {{title: T, kind: insurance.paid, effort: 1, fields: {{counterparty: x}}}}",
        f"{name}2: {{title: T, kind: contribution.paid, effort: 1, fields: {{counterparty: x}}}}",
        f"{name}3: {{title: T, kind: bill.settled, effort: 1, fields: {{counterparty: y}}}}",
    )
    last: Entry = {
        "measure": {"last_value": {"kind": list(kinds), "field": "counterparty"}},
        "attributes": [{"equals": "x", "points": 8}, {"points": 0}],
        "missing": {"points": 0},
    }
    apart: Entry = {"measure": {"count": {"kind": "insurance.paid"}}, "attributes": [{"points": 0}]}
    scorecard = card(tmp_path, {"last": last, "apart": apart})
    seen = looked_at(scorecard, EVENTS, AS_OF, 1, moves=moves)
    assert len(seen.schedule.moves) == 3
    for counts in product(range(2), repeat=3):
        row = evaluate(scorecard, shipped(), [*EVENTS, *seen.schedule.of(counts)], seen.moment)
        assert 100 + seen.total(counts) == row.score
