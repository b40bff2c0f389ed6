"""Groups compared by a score: figures of each with what chance may have done, by cut-off, at equal score."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from credence.training.arrays import Codes, Floats
from credence.training.fairness.counts import DRAWS, Counts
from credence.training.fairness.groups import Grouping, LeftOut
from credence.training.fairness.measures import Ground, Measures, banded, measured, ratio
from credence.training.figures import wilson

DIGITS = 6
# Of the draws, so many percent lie below and above an interval of 95 %.
ENDS = (2.5, 97.5)
# Shares that a cut-off accepts, at which groups are compared.
SHARES = tuple(tenth / 10 for tenth in range(1, 10))


@dataclass(frozen=True)
class Rated:
    """People with a score and an outcome.

    Attributes:
        scores: The score of each row, in its own direction.
        bad: 1 for a bad outcome, 0 for a good one.
        cut_off: The score from which rows are accepted; where high is bad, from which they are refused.
        high_is_bad: Whether a higher score is worse.
        chance: The chance of a bad outcome that scores stand for, where they stand for one.
        seed: What the draws of chance begin with.
    """

    scores: Floats
    bad: Floats
    cut_off: float
    high_is_bad: bool = False
    chance: Callable[[Floats], Floats] | None = None
    seed: int = 0

    @property
    def sign(self) -> int:
        """What scores are multiplied by so that higher is better."""
        return -1 if self.high_is_bad else 1

    def accepts(self, scores: Floats) -> Floats:
        """1 for scores that are accepted."""
        kept = scores < self.cut_off if self.high_is_bad else scores >= self.cut_off
        return kept.astype(np.float64)


@dataclass(frozen=True)
class Figure:
    """A figure with its interval of 95 %; None where there is nothing to divide by."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Group:
    """A group and its figures."""

    name: str
    rows: int
    bad: int
    figures: dict[str, Figure]


@dataclass(frozen=True)
class AtShare:
    """What each group gets where a share of everybody is accepted, and the last score that is."""

    share: float
    last: float
    accepted: list[float | None]
    ratios: list[float | None]


@dataclass(frozen=True)
class AtScore:
    """Those of each group with scores in one band: how many, and how often they were bad."""

    least: float
    most: float
    rows: list[int]
    bad_rates: list[Figure]


@dataclass(frozen=True)
class Compared:
    """The groups of a column compared.

    Attributes:
        column: The column.
        reference: The group with which the others are compared.
        groups: The groups; lists below are in their order.
        left_out: The groups that were not compared.
        unknown: How many rows are in no group.
        why: Why nothing is compared; empty where something is.
        by_share: By the share that a cut-off accepts.
        at_equal_score: By bands of scores.
    """

    column: str
    reference: str = ""
    groups: list[Group] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unknown: int = 0
    why: str = ""
    by_share: list[AtShare] = field(default_factory=list)
    at_equal_score: list[AtScore] = field(default_factory=list)


def compare(rated: Rated, groups: Grouping, draws: int = DRAWS, reference: int | None = None) -> Compared:
    """Compare the groups of a column: with a group, or else with that which is accepted most often."""
    left_out = list(groups.left_out)
    if not groups.names:
        return Compared(groups.column, left_out=left_out, unknown=groups.unknown, why=groups.why)
    counts = Counts.of(rated.scores * rated.sign, rated.bad, groups.codes, len(groups.names))
    ground = grounded(rated, counts, reference)
    found = [
        Group(name, int(rows.sum()), int(rows[1].sum()), figures)
        for name, rows, figures in zip(
            groups.names, counts.rows, intervals(counts, ground, rated.seed, draws), strict=False
        )
    ]
    return Compared(
        groups.column,
        groups.names[ground.reference],
        found,
        left_out,
        groups.unknown,
        by_share=_by_share(counts, ground),
        at_equal_score=_at_equal_score(counts, ground),
    )


def grounded(rated: Rated, counts: Counts, reference: int | None = None) -> Ground:
    """What the scores stand for, and the group that others are compared with."""
    own = counts.scores * rated.sign
    accepted = rated.accepts(own)
    groups = counts.rows[:-1].sum(axis=1)
    shares = ratio(groups @ accepted, groups.sum(axis=-1))
    chances = None if rated.chance is None else rated.chance(own)
    beside = int(np.argmax(shares)) if reference is None else reference
    return Ground(counts.scores, accepted, banded(counts), beside, chances, rated.sign)


def intervals(counts: Counts, ground: Ground, seed: int, draws: int) -> list[dict[str, Figure]]:
    """The figures of each group, with intervals from draws of the rows."""
    values = measured(counts.rows, ground)
    drawn: list[Measures] = [measured(rows, ground) for rows in counts.drawn(seed, draws)]
    of_draws = {name: np.concatenate([some[name] for some in drawn]) for name in values}
    return [
        {name: _figure(float(values[name][group]), of_draws[name][:, group]) for name in values}
        for group in range(len(counts.rows) - 1)
    ]


def _figure(value: float, drawn: Floats) -> Figure:
    known = drawn[~np.isnan(drawn)]
    low, high = np.percentile(known, ENDS).tolist() if len(known) else (np.nan, np.nan)
    return Figure(short(value), short(low), short(high))


def short(value: float) -> float | None:
    """A figure as it is written: so many decimals, None for nothing, and no minus before a zero."""
    return None if np.isnan(value) else round(float(value), DIGITS) + 0.0


def _by_share(counts: Counts, ground: Ground) -> list[AtShare]:
    groups = counts.rows[:-1].sum(axis=1)
    return [
        _at_share(share, float(cut_off), groups, ground)
        for share, cut_off in cut_offs(counts.scores, counts.rows.sum(axis=(0, 1)), SHARES)
    ]


def cut_offs(scores: Floats, rows: Floats, shares: tuple[float, ...]) -> list[tuple[float, float]]:
    """For each share of the rows, the highest score from which at least so many are accepted."""
    from_top = np.cumsum(rows[::-1])[::-1]
    least = rows.sum() * np.array(shares) - 1e-9
    places = [int(np.flatnonzero(from_top >= wanted)[-1]) for wanted in least]
    return [(float(from_top[place] / rows.sum()), float(scores[place])) for place in sorted({*places})]


def _at_share(share: float, cut_off: float, groups: Floats, ground: Ground) -> AtShare:
    accepted = ratio(groups @ (ground.scores >= cut_off).astype(np.float64), groups.sum(axis=-1))
    ratios = ratio(accepted, accepted.max(keepdims=True))
    return AtShare(
        round(share, DIGITS), cut_off * ground.sign, [short(x) for x in accepted], [short(x) for x in ratios]
    )


def _at_equal_score(counts: Counts, ground: Ground) -> list[AtScore]:
    groups = counts.rows[:-1]
    found = []
    for band in ground.bands.T.astype(bool):
        ends = sorted((counts.scores[band] * ground.sign).tolist())
        good, bad = groups[:, 0, band].sum(axis=1), groups[:, 1, band].sum(axis=1)
        rates = [share_of(int(b), int(b + g)) for g, b in zip(good, bad, strict=True)]
        found.append(AtScore(ends[0], ends[-1], (good + bad).astype(int).tolist(), rates))
    return sorted(found, key=lambda at: at.least)


def share_of(some: int, rows: int) -> Figure:
    """A share with Wilson's interval of 95 %."""
    if not rows:
        return Figure(None, None, None)
    low, high = wilson(some, rows)
    return Figure(short(some / rows), short(low), short(high))


def everybody(rated: Rated, draws: int = DRAWS) -> dict[str, Figure]:
    """The same figures of everybody together."""
    nobody: Codes = np.zeros(len(rated.bad), dtype=np.intp)
    counts = Counts.of(rated.scores * rated.sign, rated.bad, nobody, 1)
    return intervals(counts, grounded(rated, counts), rated.seed, draws)[0]
