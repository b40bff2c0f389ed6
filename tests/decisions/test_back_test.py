"""Who would pass: by outcome, row, band and group, and against another policy."""

from pathlib import Path

import pytest

from credence import EventLog, Moment, score_people
from credence.decisions.back_test import BackTest, Passing, SwapSet, back_test, swap_set
from credence.decisions.model import Policy
from credence.engines.policies.decided import Scored
from tests.decisions.policies import TWO, policy
from tests.decisions.test_run import bills
from tests.world import AS_OF, LATER, event, record


@pytest.fixture
def two(tmp_path: Path) -> Policy:
    return policy(tmp_path)


@pytest.fixture
def scored(tmp_path: Path, log: EventLog, two: Policy) -> Scored:
    """Three people with 100 points, one with 80, two with 35, one without a score."""
    rows = [
        *bills("a", 4),
        *bills("b", 4),
        *bills("c", 4),
        *bills("d", 3, 1),
        *bills("e", 1, 3, 1),
        *bills("f", 1, 3, 1),
    ]
    record(log, *rows, event("account.reported", "2026-10-01", "g", "g", account="a", status="deleted"))
    out = tmp_path / "scores.parquet"
    score_people(two.scorecard, log, Moment(AS_OF, LATER), out)
    return Scored(out)


def test_everybody_is_counted_by_outcome_row_and_band(two: Policy, scored: Scored) -> None:
    assert back_test(two, scored) == BackTest(
        all=Passing(7, 4),
        outcomes={"accept": 4, "decline": 2, "refer": 1},
        rows={"1": 4, "2": 2, "3": 1},
        bands={"low": Passing(2, 0), "good": Passing(0, 0), "high": Passing(4, 4)},
        without_score={"no_state": Passing(1, 0)},
    )


def test_groups_are_counted_where_a_table_names_them(tmp_path: Path, two: Policy, scored: Scored) -> None:
    groups = tmp_path / "groups.csv"
    groups.write_text("person_id,group\na,north\nb,north\ne,south\nf,south\nd,south\n")
    found = back_test(two, scored, groups).groups
    assert found == {"": Passing(2, 1), "north": Passing(2, 2), "south": Passing(3, 1)}


def test_a_swap_set_says_who_passes_which(tmp_path: Path, two: Policy, scored: Scored) -> None:
    (tmp_path / "other").mkdir()
    strict = policy(tmp_path / "other", TWO.replace("50", "85"))
    assert swap_set((two, scored), (strict, scored)) == SwapSet(3, 1, 0, 3)
    assert swap_set((strict, scored), (two, scored)) == SwapSet(3, 0, 1, 3)
