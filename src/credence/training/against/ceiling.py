"""The ceiling: boosted trees tuned on the same folds, and what the scorecard gives up beside them."""

from dataclasses import dataclass

import numpy as np

from credence.training import figures
from credence.training.against.paired import (
    DIGITS,
    Difference,
    auc_difference,
    loss_difference,
    mean_auc,
    points_said,
)
from credence.training.against.refused import mains
from credence.training.against.trees import Tuning, grown
from credence.training.arrays import Codes, Floats
from credence.training.evidence import Evidence
from credence.training.report.section import Grid, Section
from credence.training.sample import Sample

# From this loss of AUC on somebody must know of it.
MUCH = 0.01
READ = (
    "The trees may ask every column in any order, as finely as they like and whatever else was answered; "
    "they hold no directions and no whole points. What they reach more is what the readable form costs on "
    "people like these; it does not say that trees would keep it on later people."
)
LOOK = "So large a gap comes from answers that matter together, or from rows that are near-copies of others."


def ceiling(evidence: Evidence) -> Section | None:
    """Tune boosted trees on the folds of the scorecard, and compare.

    Raises:
        CeilingExtraMissingError: LightGBM is not installed, or cannot be loaded.
    """
    if not evidence.order.looks.ceiling:
        return None
    return compared(evidence, Tuning())


def compared(evidence: Evidence, tuning: Tuning) -> Section:
    """The same with a tuning of one's own."""
    wishes, held, seed = evidence.plain.wishes, evidence.held, evidence.order.source.seed
    table, later = mains(evidence.table, wishes), None if held is None else mains(held.table, wishes)
    trees = grown(table, later, seed, evidence.told, tuning)
    found = [_beside(evidence.folded, trees.chances, table.folds)]
    if held is not None:
        # One scorecard and the trees of all rows have scored them: there are no folds.
        found.append(_beside(held, trees.later, np.zeros_like(held.table.folds)))
    facts: dict[str, object] = {of.sample.replace(" ", "_"): of for of in found}
    facts["chosen"] = [
        {"depth": s[0], "leaves": s[1], "rate": s[2], "rows_least": s[3], "columns": s[4], "trees": n}
        for s, n in zip(trees.chosen, trees.rounds, strict=True)
    ]
    worse = any(of.auc_difference.high < 0 and of.auc_difference.mean < -MUCH for of in found)
    says = (*map(_verdict, found), READ, *([LOOK] if worse else []))
    grids = tuple(map(_grid, found))
    return Section("ceiling", "Beside tuned boosted trees", says, facts, grids, warns=worse)


@dataclass(frozen=True)
class Beside:
    """A scorecard beside trees on the same rows; differences are the scorecard's less the trees'."""

    sample: str
    auc: dict[str, float]
    log_loss: dict[str, float]
    auc_difference: Difference
    log_loss_difference: Difference


def _beside(sample: Sample, trees: Floats, folds: Codes) -> Beside:
    bad = sample.bad
    chances = {"scorecard": sample.chances, "trees": trees}
    return Beside(
        sample.name,
        {"scorecard": mean_auc(sample.scores, bad, folds), "trees": mean_auc(-trees, bad, folds)},
        {name: round(figures.log_loss(given, bad), DIGITS) for name, given in chances.items()},
        auc_difference(sample.scores, -trees, bad, folds),
        loss_difference(sample.chances, trees, bad, folds),
    )


def _grid(found: Beside) -> Grid:
    rows = tuple((name, found.auc[name], found.log_loss[name]) for name in found.auc)
    return Grid(f"Rows {found.sample}", ("", "AUC", "log-loss"), rows)


def _verdict(found: Beside) -> str:
    area = found.auc_difference
    told = f"Beside tuned boosted trees the scorecard has {points_said(area)} on rows {found.sample}"
    if area.by_chance:
        return f"{told}: chance alone may make such a difference."
    return f"{told}: more than chance alone makes."
