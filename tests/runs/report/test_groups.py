"""Ratios between groups: each share beside the greatest, and silence where there are too few people."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.engines.counts.groups import Count
from credence.runs.report.groups import PEOPLE_LEAST, Group, Grouping, Reached, cut_offs_of, grouping
from credence.scorecards.load import load_text
from credence.scorecards.model import Band
from tests.scorecards.cards import lab

CARD = load_text(lab(), "small")
MEN, WOMEN = Count("men", 100, 80, 50_000, (60, 10)), Count("women", 50, 40, 24_000, (15, 4))
FEW = Count("others", PEOPLE_LEAST - 1, 20, 9_000, (20, 20))
NONE = Count(None, 40, 30, 18_000, (40, 40))


def ratios(found: Grouping) -> list[float | None]:
    return [group.ratio for group in found.groups]


def test_a_ratio_is_a_share_of_all_people_beside_the_greatest() -> None:
    assert grouping("sex", (MEN, WOMEN), (600, 700)) == Grouping(
        "sex",
        (
            Group("men", 100, 80, 625.0, (Reached(600, 60, 0.6, 1.0), Reached(700, 10, 0.1, 1.0))),
            Group("women", 50, 40, 600.0, (Reached(600, 15, 0.3, 0.5), Reached(700, 4, 0.08, 0.8))),
        ),
    )


def test_of_too_few_people_nothing_but_their_number_is_told_and_nobody_is_compared_with_them() -> None:
    found = grouping("sex", (MEN, FEW, WOMEN), (600, 700))
    assert found.groups[1] == Group("others", PEOPLE_LEAST - 1)
    assert ratios(found) == [1.0, None, 0.5]
    enough = grouping("sex", (MEN, replace(FEW, people=PEOPLE_LEAST), WOMEN), (600, 700))
    assert enough.groups[1].ratio == 1.0


def test_people_in_no_group_are_told_without_a_ratio() -> None:
    found = grouping("sex", (MEN, WOMEN, NONE), (600, 700))
    assert [group.label for group in found.groups] == ["men", "women", "in no group"]
    assert found.groups[2].reached == (Reached(600, 40, 1.0, None), Reached(700, 40, 1.0, None))
    assert ratios(found) == [1.0, 0.5, None]


def test_the_lowest_ratio_is_that_of_the_group_that_is_favoured_least() -> None:
    assert (
        grouping("sex", (MEN, WOMEN), (600, 700)).lowest
        == grouping("sex", (MEN, WOMEN), (600, 700)).groups[1]
    )


@pytest.mark.parametrize(
    ("counts", "cut_offs"),
    [
        ((MEN, WOMEN), ()),
        ((MEN, FEW, NONE), (600, 700)),
        ((replace(MEN, reaching=(0,)), replace(WOMEN, reaching=(0,))), (600,)),
        ((), (600,)),
    ],
)
def test_where_there_is_nothing_to_compare_there_is_no_ratio(
    counts: tuple[Count, ...], cut_offs: tuple[int, ...]
) -> None:
    found = grouping(
        "sex", tuple(replace(one, reaching=one.reaching[: len(cut_offs)]) for one in counts), cut_offs
    )
    assert set(ratios(found)) <= {None}
    assert found.lowest is None


def test_where_nobody_of_a_group_has_a_score_there_is_no_mean() -> None:
    found = grouping("sex", (MEN, Count("women", 50, 0, 0, (0, 0))), (600, 700))
    assert (found.groups[1].scored, found.groups[1].mean, found.groups[1].ratio) == (0, None, 0.0)


def test_groups_are_compared_at_the_cut_off_or_at_the_least_score_of_each_band_but_the_lowest() -> None:
    bands = (Band("low", 500), Band("middle", 700), Band("high", None))
    assert cut_offs_of(replace(CARD, bands=bands), None) == (500, 700)
    assert cut_offs_of(replace(CARD, bands=bands), 640) == (640,)
    assert cut_offs_of(replace(CARD, bands=()), None) == ()


sizes = st.integers(PEOPLE_LEAST, 400)


@given(st.lists(sizes.flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size))), min_size=2))
def test_no_ratio_is_over_one_and_one_group_has_one(found: list[tuple[int, int]]) -> None:
    counts = tuple(Count(str(n), size, size, 0, (some,)) for n, (size, some) in enumerate(found))
    told = ratios(grouping("region", counts, (600,)))
    if not any(some for _, some in found):
        assert set(told) == {None}
    else:
        assert max(ratio for ratio in told if ratio is not None) == 1.0
        assert None not in told
        shares = [some / size for size, some in found]
        assert told == pytest.approx([share / max(shares) for share in shares])
