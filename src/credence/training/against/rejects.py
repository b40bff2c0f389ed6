"""Reject inference: how points move if the refused are taken to be worse than those who were accepted."""

from dataclasses import dataclass

import numpy as np

from credence.training.against.paired import DIGITS, Difference, auc_difference, mean_auc, percent
from credence.training.against.parcelling import (
    Inferred,
    Parcel,
    Refused,
    by_column,
    inferred,
    parcelled,
)
from credence.training.against.refused import mains, read_refused
from credence.training.evidence import Evidence
from credence.training.pairing.pick import with_columns
from credence.training.report.section import Cell, Grid, Section

# How many times as often as accepted people with such a score the refused are taken to be bad.
FACTORS = (1.0, 1.2, 1.5, 2.0)
USUAL = 1.2
ASSUMED = (
    "Nobody knows how the refused would have ended. This assumes that at an equal score they would have been "
    "bad {:g} times as often as those who were accepted, and the table shows other factors beside; "
    "nothing in the data says which is right, or that the order among the refused is the one assumed."
)
WRITTEN = (
    "The scorecard that is written was learnt from seen outcomes alone. The AUC is that of seen outcomes, "
    "out of fold: it cannot show whether the inference is right about the refused."
)
FAR = (
    "{:.0f} % of the refused score as the worst tenth of those with outcomes do, or worse: what the "
    "scorecard says of them is told by few who are like them."
)
# From this part of the refused in the worst band on, somebody must know of it.
MANY = 0.5


@dataclass(frozen=True)
class Moved:
    """What one factor does.

    Attributes:
        factor: The factor.
        refused_bad_rate: The share of the refused that are then taken to be bad.
        bad_rate: The same of everybody who applied.
        lines: The lines of points of the scorecard learnt from both.
        auc: Its AUC among those with outcomes, out of fold.
        auc_difference: That less the AUC of the scorecard that is written.
        mean_change: By how many points the scores of those with outcomes move, on average.
        refused_mean_change: The same of the refused.
        correlation: Of both scores, among those with outcomes.
        refused_accepted: The share of the refused who would then score the cut-off or more.
    """

    factor: float
    refused_bad_rate: float
    bad_rate: float
    lines: int
    auc: float
    auc_difference: Difference
    mean_change: float
    refused_mean_change: float
    correlation: float
    refused_accepted: float


@dataclass(frozen=True)
class Column:
    """How many points one column's lines move, on average over everybody, beside their mean."""

    column: str
    moved: float


@dataclass(frozen=True)
class Rejects:
    """Reject inference: refused people, the parcels, what each factor does, and which columns move."""

    rows: int
    unscored: int
    factor: float
    cut_off: int
    accepted: float
    parcels: list[Parcel]
    factors: list[Moved]
    columns: list[Column]


def rejects(evidence: Evidence) -> Section | None:
    """Look at the refused, where a table of them is named.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It cannot be read.
        TrainingTableError: It has not the columns of those with outcomes.
    """
    path = evidence.order.looks.rejects
    if path is None:
        return None
    wishes = evidence.plain.wishes
    table = read_refused(path, mains(evidence.table, wishes), evidence.order.source.seed)
    refused, unscored = parcelled(evidence, with_columns(table, wishes.crossings))
    title = "Reject inference"
    if not len(refused.scores):
        nobody = f"None of the {unscored:,} refused has a score: nothing is inferred."
        return Section("rejects", title, (nobody,), {"rows": 0, "unscored": unscored}, warns=True)
    found = _inferred(evidence, refused, unscored)
    worst = found.parcels[0].refused / found.rows
    far = FAR.format(100 * worst)
    told = (far, _says(found)) if worst > MANY else (_says(found), far)
    says = (*told, ASSUMED.format(USUAL), WRITTEN)
    return Section("rejects", title, says, found, _grids(found), warns=worst > MANY)


def _inferred(evidence: Evidence, refused: Refused, unscored: int) -> Rejects:
    fits = {factor: inferred(evidence, refused, factor) for factor in FACTORS}
    return Rejects(
        len(refused.scores),
        unscored,
        USUAL,
        evidence.cut_off,
        round(float((refused.scores >= evidence.cut_off).mean()), DIGITS),
        refused.parcels,
        [_moved(evidence, refused, factor, found) for factor, found in fits.items()],
        _columns(evidence, fits[USUAL]),
    )


def _moved(evidence: Evidence, refused: Refused, factor: float, found: Inferred) -> Moved:
    known, bad, folds = found.known, evidence.table.bad, evidence.table.folds
    new, theirs = found.scores[known], found.scores[~known]
    return Moved(
        factor,
        round(float(found.table.bad[~known].mean()), DIGITS),
        round(float(found.table.bad.mean()), DIGITS),
        found.points.rows,
        mean_auc(new, bad, folds),
        auc_difference(new, evidence.scores, bad, folds),
        round(float((new - evidence.scores).mean()), 2),
        round(float((theirs - refused.scores).mean()), 2),
        round(float(np.corrcoef(new, evidence.scores)[0, 1]), DIGITS),
        round(float((theirs >= evidence.cut_off).mean()), DIGITS),
    )


def _columns(evidence: Evidence, found: Inferred) -> list[Column]:
    before = by_column(evidence.fit, evidence.points, found.table)
    after = by_column(found.fit, found.points, found.table)
    nothing = np.zeros(len(found.table.bad))
    moved = []
    for name in sorted({*before, *after}):
        change = after.get(name, nothing) - before.get(name, nothing)
        moved.append(Column(name, round(float(np.abs(change - change.mean()).mean()), 2)))
    return sorted(moved, key=lambda column: -column.moved)


def _says(found: Rejects) -> str:
    usual = next(moved for moved in found.factors if moved.factor == found.factor)
    unscored = f" ({found.unscored:,} more have no score)" if found.unscored else ""
    return (
        f"{found.rows:,} refused people have a score{unscored}; {100 * found.accepted:.1f} % of them reach "
        f"the cut-off of {found.cut_off}. Learnt with them, {100 * usual.refused_bad_rate:.1f} % of whom are "
        f"taken to be bad, points have {100 * usual.auc_difference.mean:+.2f} AUC points among those with "
        f"outcomes; the correlation of both scores is {usual.correlation:.3f}, and scores move "
        f"by {usual.mean_change:+.1f} points for them, by {usual.refused_mean_change:+.1f} for the refused."
    )


def _grids(found: Rejects) -> tuple[Grid, ...]:
    factors = tuple(
        (
            moved.factor,
            percent(moved.refused_bad_rate),
            moved.lines,
            moved.auc,
            moved.auc_difference.mean,
            moved.mean_change,
            moved.refused_mean_change,
            percent(moved.refused_accepted),
        )
        for moved in found.factors
    )
    parcels: tuple[tuple[Cell, ...], ...] = tuple(
        (parcel.below, parcel.rows, percent(parcel.bad_rate), parcel.refused) for parcel in found.parcels
    )
    columns = tuple((column.column, column.moved) for column in found.columns)
    return (
        Grid(
            "By how much worse the refused are taken to be",
            (
                "factor",
                "refused, bad %",
                "lines",
                "AUC",
                "AUC, change",
                "points, change",
                "points of the refused, change",
                "refused accepted, %",
            ),
            factors,
        ),
        Grid("Bands of scores", ("below", "with outcomes", "bad, %", "refused"), parcels),
        Grid(f"Points that move at a factor of {found.factor:g}", ("column", "points"), columns),
    )
