"""The scorecard within each value of the columns that were named as segments."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from credence.runs.report.drift import psi
from credence.training.arrays import Flags
from credence.training.chance.bootstrap import Interval, counts_of, intervals
from credence.training.columns import Column
from credence.training.figures import wilson
from credence.training.judged import Judged
from credence.training.report.ranges import Spread, within
from credence.training.report.section import Cell, Grid, Section
from credence.training.sample import Sample

# Good and bad rows that an AUC needs, and values of a segment that are told apart.
EACH_LEAST = 10
VALUES_MOST = 30
SAYS = (
    (
        "A segment's chances are off where the bad share that was predicted lies outside the 95 % interval "
        "of the one seen. Of twenty segments that are right, about one lies outside by chance."
    ),
    (
        "PSI is how far a segment's scores are spread otherwise than everybody's. A high one is no fault: "
        "segments differ."
    ),
    (
        "An AUC within a segment leaves out what parts the segments from each other, and so is often below "
        "that of all."
    ),
)


@dataclass(frozen=True)
class Segment:
    """One value of a column, and how the scorecard does there; `auc` is None where good or bad are few."""

    column: str
    value: str
    rows: int
    predicted: float
    seen: float
    low: float
    high: float
    psi: float
    auc: Interval | None

    @property
    def off(self) -> bool:
        """Whether its chances are further off than chance takes them."""
        return not self.low <= self.predicted <= self.high


def segments_section(evidence: Judged) -> Section | None:
    """Of the rows whose figures count first; None where no segments were named."""
    names = evidence.order.looks.segments
    if not names:
        return None
    sample = evidence.headline
    found = [one for name in names for one in segments(sample, sample.table.beside[name], evidence)]
    off = [one for one in found if one.off]
    many = len(off) > max(1, 0.1 * len(found))
    told = f"{len(found)} segments; the chances of {len(off)} are off" + (
        f": {', '.join(f'{one.column} {one.value}' for one in off)}." if off else "."
    )
    grids = tuple(_grid(name, [one for one in found if one.column == name]) for name in names)
    data = {"rows": sample.name, "segments": found}
    return Section("segments", "By segment", (told, *SAYS), data, grids, warns=many)


def segments(sample: Sample, column: Column, evidence: Judged) -> list[Segment]:
    """Every value of a column, those without one too; many numbers are cut in quarters of the rows."""
    return [
        _segment(sample, rows, (column.name, value), evidence.order.source.seed)
        for value, rows in valued(column)
    ]


def valued(column: Column) -> list[tuple[str, Flags]]:
    """The rows of each value, of those without one, and of all values after the most usual ones together."""
    known, numbered = column.numbered()
    names = [value if isinstance(value, str) else f"{value:.12g}" for value in known]
    if column.numbers is not None and len(known) > VALUES_MOST:
        limits = np.unique(np.nanpercentile(column.numbers, [25, 50, 75]))
        numbered = np.where(numbered >= 0, np.searchsorted(limits, column.numbers, side="right"), -1)
        ends = [f"{limit:.6g}" for limit in limits]
        between = [f"{low} to {high}" for low, high in pairwise(ends)]
        names = [f"below {ends[0]}", *between, f"from {ends[-1]}"]
    counts = np.bincount(numbered + 1, minlength=len(names) + 1)[1:]
    usual = sorted(np.argsort(-counts, kind="stable")[:VALUES_MOST].tolist())
    found = [(names[place], numbered == place) for place in usual if counts[place]]
    others = [("all others", (numbered >= 0) & ~np.isin(numbered, usual)), ("not known", numbered < 0)]
    return found + [(name, rows) for name, rows in others if rows.any()]


def _segment(sample: Sample, rows: Flags, named: tuple[str, str], seed: int) -> Segment:
    bad, scores, chances = sample.bad[rows], sample.scores[rows], sample.chances[rows]
    spread = Spread.of(sample.scores)
    low, high = wilson(float(bad.sum()), len(bad))
    enough = min(bad.sum(), len(bad) - bad.sum()) >= EACH_LEAST
    return Segment(
        *named,
        rows=len(bad),
        predicted=round(float(chances.mean()), 6),
        seen=round(float(bad.mean()), 6),
        low=round(low, 6),
        high=round(high, 6),
        psi=round(psi(within(spread.limits, scores), spread.rows) or 0.0, 6),
        auc=intervals(counts_of(scores, chances, bad), seed)["auc"] if enough else None,
    )


def _grid(name: str, found: list[Segment]) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        numbers = [round(100 * share, 1) for share in (one.predicted, one.seen, one.low, one.high)]
        area = None if one.auc is None else round(one.auc.value, 4)
        error = None if one.auc is None else round(one.auc.error, 4)
        mark = " (off)" if one.off else ""
        rows.append((f"{one.value}{mark}", one.rows, *numbers, area, error, round(one.psi, 3)))
    heads = (name, "Rows", "Bad predicted, %", "Bad seen, %", "95 % from", "to", "AUC", "Error", "PSI to all")
    return Grid(f"By {name}", heads, tuple(rows))
