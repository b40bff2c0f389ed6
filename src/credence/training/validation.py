"""How a fit does on rows it has not seen: each fold is scored by a scorecard learnt from the others.

The penalty was chosen on the same folds; that one number is all that a fold's scorecard knows of its rows.
"""

from dataclasses import dataclass

import numpy as np

from credence.scorecards.scale import Scale
from credence.training import figures
from credence.training.arrays import Floats
from credence.training.chance import bootstrap
from credence.training.columns import Split, Table
from credence.training.figures import Tenth
from credence.training.fit import Fit
from credence.training.merging import BUDGET
from credence.training.points import Points
from credence.training.sample import Sample

# Budgets of the frontier: what merging may cost, in squared log odds a row.
BUDGETS = (3e-5, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1)
# Decimals of figures that are written.
DIGITS = 6


@dataclass(frozen=True)
class Spot:
    """A place of the frontier: so many lines, on average over the folds, and so great an AUC."""

    lines: float
    auc: float


@dataclass(frozen=True)
class OutOfTime:
    """Figures of rows that a scorecard scored as it is, such as those held out by time.

    `unscored` others have no score, and count nowhere else.

    `auc_error` is the standard deviation of the AUC where rows are drawn again.
    """

    rows: int
    bad: int
    unscored: int
    auc: float
    auc_error: float
    gini: float
    ks: float
    log_loss: float
    brier: float
    calibration: list[Tenth]


@dataclass(frozen=True)
class Validation:
    """Figures out of fold; `auc` and `auc_error` are the mean over folds and its standard error.

    Where rows were held out by time, `out_of_time` has the same of them, and they count first.
    """

    rows: int
    bad: int
    duplicates: int
    folds: int
    lines: int
    auc: float
    auc_error: float
    gini: float
    ks: float
    log_loss: float
    brier: float
    calibration: list[Tenth]
    frontier: list[Spot]
    split: Split
    out_of_time: OutOfTime | None
    scale: Scale


def validate(fit: Fit, table: Table, held: Sample | None, seed: int) -> Validation:
    """Score each fold with what the others taught, and tell of the rows held out.

    Args:
        fit: The fit.
        table: The table that it was fitted to.
        held: The rows held out that have a score, if any were held out.
        seed: Of the draws that errors are taken from.
    """
    cards, bad = cut(fit, BUDGET, fit.wishes.lines_most), fit.bad
    scores = unseen(fit, cards)
    chances = cards[0].chances(scores)
    areas = by_fold(fit, scores)
    area = float(areas.mean())
    later = None if held is None or table.later is None else judgement(held, len(table.later.bad), seed)
    return Validation(
        rows=len(bad),
        bad=int(bad.sum()),
        duplicates=table.duplicates,
        folds=len(cards),
        lines=fit.points.rows,
        auc=_short(area),
        auc_error=_short(float(areas.std(ddof=1)) / len(areas) ** 0.5),
        gini=_short(figures.gini(area)),
        ks=_short(figures.ks(scores, bad)),
        log_loss=_short(figures.log_loss(chances, bad)),
        brier=_short(figures.brier(chances, bad)),
        calibration=_tenths(chances, bad),
        frontier=_frontier(fit),
        split=table.split,
        out_of_time=later,
        scale=fit.points.scale,
    )


def judgement(held: Sample, rows: int, seed: int) -> OutOfTime:
    """Figures of rows that a scorecard scores as it is; `rows` are those with and without a score."""
    found = bootstrap.intervals(bootstrap.counts_of(held.scores, held.chances, held.bad), seed)
    return OutOfTime(
        rows=len(held.bad),
        bad=int(held.bad.sum()),
        unscored=rows - len(held.bad),
        auc=found["auc"].value,
        auc_error=found["auc"].error,
        gini=found["gini"].value,
        ks=found["ks"].value,
        log_loss=found["log_loss"].value,
        brier=found["brier"].value,
        calibration=_tenths(held.chances, held.bad),
    )


def _tenths(chances: Floats, bad: Floats) -> list[Tenth]:
    return [Tenth(t.rows, _short(t.predicted), _short(t.seen)) for t in figures.calibration(chances, bad)]


def cut(fit: Fit, budget: float, lines_most: int | None) -> list[Points]:
    """The scorecard of each fold's model."""
    return [fit.cut(model, budget, lines_most) for model in fit.chosen.models[:-1]]


def unseen(fit: Fit, cards: list[Points]) -> Floats:
    """The score of each row by the scorecard that did not see it."""
    found: Floats = np.choose(fit.design.folds, [card.scores(fit.design) for card in cards]).astype(
        np.float64
    )
    return found


def by_fold(fit: Fit, scores: Floats) -> Floats:
    """The AUC in each fold."""
    folds = fit.design.folds
    return np.array(
        [figures.auc(scores[folds == f], fit.bad[folds == f]) for f in range(int(folds.max()) + 1)]
    )


def _frontier(fit: Fit) -> list[Spot]:
    spots = []
    for budget in BUDGETS:
        cards = cut(fit, budget, None)
        lines = float(np.mean([card.rows for card in cards]))
        spots.append(Spot(_short(lines), _short(float(by_fold(fit, unseen(fit, cards)).mean()))))
    return spots


def _short(number: float) -> float:
    return round(number, DIGITS)
