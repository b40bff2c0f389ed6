"""How scores, answers and accuracy move over time, against the rows that were learnt from."""

from dataclasses import dataclass

import numpy as np

from credence.runs.report.drift import SHIFTED, STABLE, WATCH, by_chance, may_be_chance, meaning, psi
from credence.training.applied import applied, questions_of
from credence.training.arrays import Codes, Flags, Floats
from credence.training.chance.bootstrap import Interval, counts_of, intervals
from credence.training.columns import Table
from credence.training.evidence import Evidence
from credence.training.reading.times import Times, times_of
from credence.training.report.chart import Axis, Curve, around, chart
from credence.training.report.ranges import Spread, within
from credence.training.report.section import Cell, Grid, Picture, Section
from credence.training.sample import Sample

# Good and bad rows that an AUC needs.
EACH_LEAST = 10
SCORES = {STABLE: "are spread as before", WATCH: "moved a little", SHIFTED: "have shifted"}
# What is drawn of periods: the name, its colour, and whether they were held out.
KINDS = (("learnt from", "one", False), ("held out", "two", True))
SAYS = (
    (
        "PSI and CSI compare each period with all rows that were learnt from, both with the scorecard as "
        "written. PSI under 0.10 is called stable, over 0.25 shifted; CSI is by how many points a "
        "question's answers alone moved the mean score."
    ),
    (
        "AUC is out of fold in the periods that were learnt from, and that of the written scorecard after. "
        "A stable PSI does not show that good and bad still part, nor a stable AUC that the chances are "
        "still right."
    ),
)


@dataclass(frozen=True)
class Rows:
    """The rows learnt from, then those held out that have a score.

    Attributes:
        learnt: Which were learnt from.
        written: The score of the written scorecard.
        scores: The score of a scorecard that did not see the row.
        bad: The outcome.
        given: For each question the points of each row.
        times: The period of each row; one that has rows of both kinds is two.
    """

    learnt: Flags
    written: Codes
    scores: Floats
    bad: Floats
    given: dict[str, Floats]
    times: Times


@dataclass(frozen=True)
class Period:
    """A period: its rows, how far their scores are from those learnt from, and how well they part.

    `meaning` is stable, watch or shifted, or that chance may have made the PSI; `auc` is None where good or
    bad rows are few.
    """

    period: str
    held_out: bool
    rows: int
    bad_rate: float
    mean_score: float
    psi: float
    meaning: str
    auc: Interval | None

    @property
    def label(self) -> str:
        """Its name on the page."""
        return f"{self.period}, held out" if self.held_out else self.period


@dataclass(frozen=True)
class Looked:
    """What was found of periods."""

    facts: dict[str, object]
    grids: tuple[Grid, ...]
    pictures: tuple[Picture, ...]


def stability_section(evidence: Evidence) -> Section | None:
    """By period of the time; None where rows were not held out by time."""
    held = evidence.held
    if held is None:
        return None
    rows = _rows(evidence, held)
    index = psi(*_ranges(rows, ~rows.learnt)) or 0.0
    said = SCORES[meaning(index)]
    told = f"From {evidence.table.split.held_from} on the scores {said} (PSI {index:.3f})."
    found = by_period(rows, evidence.order.source.seed)
    data = {"psi_held_out": round(index, 6), **found.facts}
    shifted = meaning(index) == SHIFTED
    return Section("stability", "Over time", (told, *SAYS), data, found.grids, found.pictures, shifted)


def by_period(rows: Rows, seed: int) -> Looked:
    """Each period beside the rows that were learnt from, as data, in tables and in pictures."""
    periods = [_period(rows, number, seed) for number in range(len(rows.times.labels))]
    moved = _moved(rows)
    grids = _by_period(periods), _by_question(moved, periods)
    return Looked({"periods": periods, "csi": moved}, grids, _pictures(periods))


def _rows(evidence: Evidence, held: Sample) -> Rows:
    table, points = evidence.table, evidence.points
    learnt = np.arange(len(table.bad) + len(held.bad)) < len(table.bad)
    written = np.concatenate([applied(evidence.fit, points, part)[0] for part in (table, held.table)])
    then = {question.column: question.given for question in questions_of(evidence.fit, points, held.table)}
    given = {one.column: np.concatenate([one.given, then[one.column]]) for one in evidence.questions}
    scores, bad = np.concatenate([evidence.scores, held.scores]), np.concatenate([table.bad, held.bad])
    return Rows(learnt, written, scores, bad, given, _periods(evidence, held.table, learnt))


def _periods(evidence: Evidence, held: Table, learnt: Flags) -> Times:
    column = str(evidence.table.split.time)
    times, _ = times_of(evidence.table.beside[column].joined(held.beside[column]))
    periods = times.periods()
    known, places = np.unique(2 * periods.places + ~learnt, return_inverse=True)
    return Times(tuple(periods.labels[number // 2] for number in known.tolist()), places)


def _ranges(rows: Rows, chosen: Flags) -> tuple[list[int], list[int]]:
    """How many of some rows, and of those learnt from, score within each range."""
    first = Spread.of(rows.written[rows.learnt])
    return within(first.limits, rows.written[chosen]), first.rows


def _period(rows: Rows, number: int, seed: int) -> Period:
    mine = rows.times.places == number
    bad, scores = rows.bad[mine], rows.scores[mine]
    sides = _ranges(rows, mine)
    index = psi(*sides) or 0.0
    enough = min(bad.sum(), len(bad) - bad.sum()) >= EACH_LEAST
    return Period(
        period=rows.times.labels[number],
        held_out=not rows.learnt[mine].any(),
        rows=len(bad),
        bad_rate=round(float(bad.mean()), 6),
        mean_score=round(float(rows.written[mine].mean()), 2),
        psi=round(index, 6),
        meaning="maybe chance" if may_be_chance(index, by_chance(*sides)) else meaning(index),
        auc=intervals(counts_of(scores, scores, bad), seed)["auc"] if enough else None,
    )


def _moved(rows: Rows) -> dict[str, list[float]]:
    """For each question by how many mean points each period differs, the questions most moved first."""
    found = {}
    for column, given in rows.given.items():
        first = float(given[rows.learnt].mean())
        means = [float(given[rows.times.places == n].mean()) for n in range(len(rows.times.labels))]
        found[column] = [round(mean - first, 2) for mean in means]
    return dict(sorted(found.items(), key=lambda item: -max(map(abs, item[1]))))


def _by_period(periods: list[Period]) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    for one in periods:
        area = one.auc
        found = (None, None, None) if area is None else (area.value, area.low, area.high)
        rounded = [None if value is None else round(value, 4) for value in found]
        bad = round(100 * one.bad_rate, 1)
        rows.append((one.label, one.rows, bad, one.mean_score, round(one.psi, 3), one.meaning, *rounded))
    heads = ("Period", "Rows", "Bad, %", "Mean score", "PSI", "which is", "AUC", "95 % from", "to")
    return Grid("By period", heads, tuple(rows))


def _by_question(moved: dict[str, list[float]], periods: list[Period]) -> Grid:
    rows: tuple[tuple[Cell, ...], ...] = tuple((column, *changes) for column, changes in moved.items())
    return Grid("CSI in points, by question", ("Question", *(one.label for one in periods)), rows)


def _pictures(periods: list[Period]) -> tuple[Picture, ...]:
    numbered = list(enumerate(periods, 1))
    across = Axis("", 0.5, len(periods) + 0.5, names=[one.period for one in periods])
    rates = [one.bad_rate for one in periods]
    curves = [
        Curve(name, [(n, one.bad_rate) for n, one in numbered if one.held_out == held], kind, dots=True)
        for name, kind, held in KINDS
    ]
    low, high = around(rates)
    says = "The share of bad outcomes, period by period."
    drawn = chart(curves, across, Axis("bad", max(low, 0.0), high, ".1%"))
    found = [Picture("Bad rate", drawn, says)]
    known = [(n, one.held_out, one.auc) for n, one in numbered if one.auc is not None]
    if len(known) > 1:
        ends = [end for _, _, area in known for end in (area.low, area.high)]
        says = "AUC, period by period, with 95 % intervals."
        drawn = chart([_areas(known, *kind) for kind in KINDS], across, Axis("AUC", *around(ends), ".2f"))
        found.insert(0, Picture("AUC", drawn, says))
    return tuple(found)


def _areas(known: list[tuple[int, bool, Interval]], name: str, kind: str, held: bool) -> Curve:  # noqa: FBT001 - of KINDS
    mine = [(n, area) for n, later, area in known if later == held]
    bars = [(area.low, area.high) for _, area in mine]
    return Curve(name, [(n, area.value) for n, area in mine], kind, dots=True, bars=bars)
