"""How rows are parted into those that are learnt from and those that judge: by time, by group, by chance."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from credence.events.calendar import add_months
from credence.training.arrays import Codes, Flags, Floats, totals
from credence.training.columns import Column, Split
from credence.training.reading.times import Times, times_of

# The columns that say when and who, where nobody names others; neither is ever asked.
TIME, PERSON = "observed_on", "person_id"
# What is done with a row.
LEARNT, HELD, NEITHER = 0, 1, 2
# About this part of the rows is held out: the last by time.
LATER = 0.2
# Good and bad rows that the rows held out must have, and those that are left.
HELD_LEAST, LEFT_LEAST = 10, 25
FEW = (
    "Of the rows from {} on, {:,} are bad and {:,} good, and of those before {:,} and {:,}: at least "
    f"{HELD_LEAST} of each are needed there, and {LEFT_LEAST} before. Name another time with --out-of-time, "
    "or ask for --random."
)
NO_DATES = "--performance counts months from dates, and '{}' is none."
TOO_FEW = (
    "Rows whose outcome was watched for {} months up to {} or less are {:,} bad and {:,} good ones: at least "
    f"{LEFT_LEAST} of each are needed. Name a later time with --out-of-time."
)
NEVER = "No row is from {} or later, and some before: '{}' goes from {} to {}."


@dataclass(frozen=True)
class Splitting:
    """What is asked for.

    Attributes:
        time: The column that says when; `observed_on` if not said, where there is one.
        group: The column whose rows stay together; `person_id` if not said, where it repeats.
        out_of_time: The first time of the rows held out; about the last fifth if not said.
        performance: How many months each outcome was watched; rows watched beyond the cut are left out.
        random: Whether chance alone is to part the rows, whatever columns there are.
    """

    time: str | None = None
    group: str | None = None
    out_of_time: str | None = None
    random: bool = False
    performance: int | None = None

    def columns(self, kinds: Mapping[str, str]) -> tuple[str | None, str | None]:
        """The columns of time and of group; the latter counts only where it repeats."""
        if self.random:
            return self.time, self.group
        return (
            self.time or (TIME if TIME in kinds else None),
            self.group or (PERSON if PERSON in kinds else None),
        )


BY_CHANCE = Splitting(random=True)


def later(column: Column, bad: Floats, asked: Splitting) -> tuple[Codes, Split, list[str]]:
    """Which rows are learnt from, held out by a column of time, or neither; and what is wrong with it.

    Args:
        column: The column.
        bad: 1 for each bad outcome.
        asked: The first time to hold out, if one was asked for, and how long outcomes were watched.
    """
    times, faults = times_of(column)
    place = 0
    if not faults:
        place, faults = _held_from(times, bad, column.name, asked.out_of_time)
    labels = times.labels
    held = np.where(times.places >= place, HELD, LEARNT)
    split = Split(column.name, labels[0], labels[place], labels[-1])
    if asked.performance is not None and not faults:
        knowing, faults = _knowing(labels, place, asked.performance)
        held[knowing[times.places]] = NEITHER
        split = replace(split, knowing=int((held == NEITHER).sum()))
        left = [int(side[held == LEARNT].sum()) for side in (bad, 1 - bad)]
        if not faults and min(left) < LEFT_LEAST:
            faults = [TOO_FEW.format(asked.performance, labels[place], *left)]
    return held, split, faults


def _knowing(labels: tuple[str, ...], place: int, months: int) -> tuple[Flags, list[str]]:
    """Which times before a cut have outcomes that were watched beyond it."""
    days = [_day(label) for label in labels]
    if None in days:
        return np.zeros(len(labels), dtype=bool), [NO_DATES.format(labels[0])]
    known = [day for day in days if day is not None]
    beyond = [place > number and add_months(day, months) > known[place] for number, day in enumerate(known)]
    return np.array(beyond, dtype=bool), []


def _day(label: str) -> date | None:
    """The first day of a time; None where it is no date."""
    try:
        return date.fromisoformat(label if len(label) > len("2013-05") else f"{label}-01")
    except ValueError:
        return None


def _held_from(times: Times, bad: Floats, column: str, asked: str | None) -> tuple[int, list[str]]:
    """The place of the first time that is held out, and what is wrong with it."""
    if asked is None:
        after = 1 - np.cumsum(np.bincount(times.places, minlength=len(times.labels)))[:-1] / len(bad)
        place = int(np.abs(after - LATER).argmin()) + 1
    else:
        place = times.first_from(asked)
        if not 0 < place < len(times.labels):
            return 0, [NEVER.format(asked, column, times.labels[0], times.labels[-1])]
    held = (times.places >= place).astype(np.intp)
    (bad_left, bad_held), (good_left, good_held) = (
        totals(held, side, 2).astype(int) for side in (bad, 1 - bad)
    )
    if min(bad_held, good_held) < HELD_LEAST or min(bad_left, good_left) < LEFT_LEAST:
        return 0, [FEW.format(times.labels[place], bad_held, good_held, bad_left, good_left)]
    return place, []


def groups_of(column: Column) -> Codes:
    """The group of each row; rows without one are groups by themselves."""
    known, groups = column.numbered()
    alone = groups < 0
    groups[alone] = len(known) + np.arange(int(alone.sum()))
    return groups


def together(groups: Codes, bad: Floats, folds: int) -> Codes:
    """The fold of each row, rows of a group in one, good and bad rows spread as evenly as that allows.

    The largest groups go first, each to the fold that has the least of what the group has.
    """
    _, first, groups = np.unique(groups, return_index=True, return_inverse=True)
    bads, goods = (totals(groups, side, len(first)).tolist() for side in (bad, 1 - bad))
    # A bad row weighs as much as the good rows that there are for each.
    weight = (sum(goods) / max(sum(bads), 1)) ** 2
    dealt = [[0.0, 0.0] for _ in range(folds)]
    found = np.zeros(len(first), dtype=np.intp)
    for group in np.lexsort((first, -np.add(goods, bads))).tolist():
        good, mine = goods[group], bads[group]
        costs = [good * have[0] + weight * mine * have[1] for have in dealt]
        found[group] = fold = costs.index(min(costs))
        dealt[fold][0] += good
        dealt[fold][1] += mine
    return found[groups]
