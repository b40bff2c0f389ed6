"""How scores are spread: every count is what counting the people one by one gives."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, score_people
from credence.engines.distributions import BINS_MOST, Distribution, bins_over, distributions
from credence.engines.scored import Scores
from credence.scorecards.model import Scorecard
from tests.both_engines import card
from tests.engines.random_worlds import DATES, random_log, random_rows, random_scorecard
from tests.world import AS_OF, LATER, event, record

MOMENT = Moment(AS_OF, LATER)


@pytest.mark.parametrize(
    ("least", "greatest", "width", "number"),
    [
        (350, 950, 25, 24),
        (300, 850, 25, 22),
        (0, 100, 5, 20),
        (0, 5, 1, 6),
        (0, 24, 1, 25),
        (0, 25, 2, 13),
        (111, 555, 20, 23),
        (-420, 1000, 100, 15),
        (7, 7, 1, 1),
        (-3_000_000, 3_000_000, 250_000, 24),
    ],
)
def test_bins_are_round_and_not_many(least: int, greatest: int, width: int, number: int) -> None:
    bins = bins_over(least, greatest)
    assert (bins.width, bins.number) == (width, number)


@given(st.integers(-10_000_000, 10_000_000), st.integers(0, 20_000_000))
def test_bins_leave_no_score_out_and_none_in_two(least: int, span: int) -> None:
    limits = bins_over(least, least + span).limits
    assert len(limits) <= BINS_MOST
    assert limits[0][0] <= least
    assert limits[-1][1] == least + span
    assert all(low <= high for low, high in limits)
    assert all(a[1] + 1 == b[0] for a, b in pairwise(limits))


def rows_of(file: Path, scorecard: Scorecard) -> list[dict[str, object]]:
    """Everybody, with the label of each attribute in place of its struct."""
    labels = ", ".join(f'"{c.name}".attribute AS "{c.name}"' for c in scorecard.characteristics)
    found = duckdb.execute(f"SELECT score, band, unscorable, {labels} FROM '{file}'")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def counted(rows: list[dict[str, object]], name: str) -> dict[object, int]:
    return dict(Counter(row[name] for row in rows if row[name] is not None))


def is_as_counted(found: Distribution, file: Path, scorecard: Scorecard) -> None:
    rows = rows_of(file, scorecard)
    scores = sorted(row["score"] for row in rows if isinstance(row["score"], int))
    assert (found.people, found.scored) == (len(rows), len(scores))
    assert found.mean == (sum(scores) / len(scores) if scores else None)
    assert found.bands == counted(rows, "band")
    assert found.unscorable == counted(rows, "unscorable")
    for c in scorecard.characteristics:
        assert sum(found.attributes[c.name].values()) == len(rows)
        if c.each is None:
            assert found.attributes[c.name] == counted(rows, c.name)
    if scores:
        half = scores[(len(scores) - 1) // 2]
        assert (found.quantiles["least"], found.quantiles["50%"]) == (scores[0], half)
        assert found.quantiles["greatest"] == scores[-1]


@settings(max_examples=5)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_random_world_is_spread_as_if_people_were_counted_one_by_one(seed: int) -> None:
    chance = Random(seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        log = random_log(chance, folder / "log", random_rows(chance, DATES[0]))
        scorecard = random_scorecard(chance, folder)
        files = [folder / f"{day}.parquet" for day in DATES[:2]]
        for day, file in zip(DATES[:2], files, strict=True):
            score_people(scorecard, log, Moment(day, LATER), file)

        bins, found = distributions(*(Scores(file, scorecard) for file in files))

        for one, file in zip(found, files, strict=True):
            is_as_counted(one, file, scorecard)
            scores = [row["score"] for row in rows_of(file, scorecard)]
            inside = [
                sum(isinstance(s, int) and low <= s <= high for s in scores) for low, high in bins.limits
            ]
            assert list(one.bins) == inside
            assert sum(inside) == one.scored


def test_bins_go_over_the_whole_range_and_further_where_a_score_does(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    out = tmp_path / "scores.parquet"
    scorecard = card(tmp_path, {"count": {}}, range=[0, 10])
    score_people(scorecard, log, MOMENT, out)
    # A version before may have had another range.
    for limits, expected in (((0, 10), (0, 10)), ((5, 6), (1, 6)), (None, (1, 1))):
        bins, _ = distributions(Scores(out, replace(scorecard, range=limits)))
        assert (bins.limits[0][0], bins.limits[-1][1]) == expected


def test_people_with_points_for_each_event_are_told_apart_by_the_number_of_events(
    log: EventLog, tmp_path: Path
) -> None:
    sent = {"ana": 1, "ben": 4, "cho": 5, "dee": 9}
    record(
        log,
        *(
            event("bill.paid", "2026-10-01", f"{p}{n}", p, days_late=0)
            for p, times in sent.items()
            for n in range(times)
        ),
        event("phone.verified", "2026-10-01", "phone", "eve"),
    )
    each = {"measure": {"count": {"kind": "bill.paid"}}, "points_each": {"points": -2}}
    scorecard = card(tmp_path, {"count": {}}, characteristics={"bills": each})
    score_people(scorecard, log, MOMENT, tmp_path / "scores.parquet")
    _, (found,) = distributions(Scores(tmp_path / "scores.parquet", scorecard))
    assert found.attributes["bills"] == {"0": 1, "1": 1, "4": 1, "5 and more": 2}
    assert found.bins[0] == 1


def test_of_nobody_there_is_nothing_to_count(log: EventLog, tmp_path: Path) -> None:
    scorecard = card(tmp_path, {"count": {}})
    score_people(scorecard, log, MOMENT, tmp_path / "scores.parquet")
    bins, (found,) = distributions(Scores(tmp_path / "scores.parquet", scorecard))
    assert (found.people, found.scored, found.mean, found.quantiles, found.bins) == (0, 0, None, {}, (0,))
    assert bins.limits == ((0, 0),)
