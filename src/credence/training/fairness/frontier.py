"""The look at less discriminatory scorecards: what smaller gaps between groups would cost."""

from dataclasses import dataclass

import numpy as np

from credence.training import validation
from credence.training.arrays import Floats
from credence.training.evidence import Evidence
from credence.training.fairness.compared import (
    DIGITS,
    Compared,
    Figure,
    Rated,
    compare,
    cut_offs,
    everybody,
)
from credence.training.fairness.family import STRENGTHS, family
from credence.training.fairness.groups import Grouping, grouping
from credence.training.fairness.people import group_columns
from credence.training.fit import Fit
from credence.training.merging import BUDGET
from credence.training.methods.choice import FUSED

# Draws of the bootstrap for each scorecard of the family.
DRAWS = 200
# Of a group's figures, those that the family is compared by.
FIGURES = (
    "accepted",
    "adverse_impact_ratio",
    "standardised_mean_difference",
    "equal_opportunity_difference",
    "calibration_gap",
)


@dataclass(frozen=True)
class Beside:
    """One group beside the reference of its column."""

    column: str
    name: str
    reference: str
    figures: dict[str, Figure]


@dataclass(frozen=True)
class Alternative:
    """One scorecard of the family, out of fold.

    Attributes:
        method: How it was learnt: those of the family by the fused elastic net, the plain one as it was.
        strength: How strongly groups are drawn together; 0 for not at all.
        written: Whether it is the one that is written.
        cut_off: The score that accepts as many as the one that is written does.
        lines: Its lines of points, on average over the folds.
        auc: Of all rows together; so is `log_loss`.
        auc_difference: To the plain scorecard: the mean over folds, with its standard error.
        groups: Every group but the references, which are those that the plain scorecard accepts most.
    """

    method: str
    strength: float
    written: bool
    cut_off: float
    lines: float
    auc: Figure
    log_loss: Figure
    auc_difference: float
    auc_difference_error: float
    groups: list[Beside]

    def least(self, column: str) -> float:
        """The least share of a column's groups that is accepted, as a part of the greatest."""
        figures = [one.figures["adverse_impact_ratio"].value for one in self.groups if one.column == column]
        ratios = [1.0, *(figure or 0.0 for figure in figures)]
        return min(ratios) / max(ratios)


@dataclass(frozen=True)
class _Scored:
    """A fit of the family, its strength, and the score of each row out of fold."""

    fit: Fit
    strength: float
    scores: Floats
    lines: float
    areas: Floats

    @classmethod
    def of(cls, fit: Fit, strength: float) -> "_Scored":
        """Score the rows of each fold with what the others taught."""
        cards = validation.cut(fit, BUDGET, fit.wishes.lines_most)
        scores = validation.unseen(fit, cards)
        lines = float(np.mean([card.rows for card in cards]))
        return cls(fit, strength, scores, lines, validation.by_fold(fit, scores))

    def cut_off(self, share: float) -> float:
        """The highest score from which at least a share is accepted."""
        different, rows = np.unique(self.scores, return_counts=True)
        ((_, found),) = cut_offs(different, rows.astype(np.float64), (share,))
        return found


def alternatives(evidence: Evidence) -> list[Alternative]:
    """The family, after the plain scorecard; none where there are no groups to compare."""
    columns = group_columns(evidence.order.looks, evidence.table)
    groups = [each for each in (grouping(c, evidence.table.bad) for c in columns) if each.names]
    if not groups:
        return []
    strengths = sorted({*STRENGTHS, evidence.order.looks.fairer or 0.0})
    fits = family(evidence.plain, groups, strengths)
    scored = [_Scored.of(fit, strength) for fit, strength in zip(fits, strengths, strict=True)]
    if evidence.plain.method != FUSED:
        scored.insert(0, _Scored.of(evidence.plain, 0.0))
    share = float((evidence.scores >= evidence.cut_off).mean())
    references = [_reference(scored[0], share, each) for each in groups]
    return [_alternative(evidence, scored[0], one, share, (groups, references)) for one in scored]


def _reference(plain: _Scored, share: float, groups: Grouping) -> int:
    """The group that the plain scorecard accepts most."""
    kept = plain.scores >= plain.cut_off(share)
    accepted = [float(kept[groups.rows(number)].mean()) for number in range(len(groups.names))]
    return accepted.index(max(accepted))


def _alternative(
    evidence: Evidence, plain: _Scored, one: _Scored, share: float, groups: tuple[list[Grouping], list[int]]
) -> Alternative:
    seed, apart = evidence.order.source.seed, one.areas - plain.areas
    cut_off, chance = one.cut_off(share), evidence.points.chances
    rated = Rated(one.scores, evidence.table.bad, cut_off, chance=chance, seed=seed)
    whole = everybody(rated, DRAWS)
    found = [compare(rated, each, DRAWS, number) for each, number in zip(*groups, strict=True)]
    return Alternative(
        method=one.fit.method,
        strength=one.strength,
        written=(one.fit.method, one.strength) == (evidence.fit.method, evidence.order.looks.fairer or 0.0),
        cut_off=cut_off,
        lines=one.lines,
        auc=whole["auc"],
        log_loss=whole["log_loss"],
        auc_difference=round(float(apart.mean()), DIGITS) + 0.0,
        auc_difference_error=round(float(apart.std(ddof=1)) / len(apart) ** 0.5, DIGITS),
        groups=[one for each in found for one in _of_column(each)],
    )


def _of_column(found: Compared) -> list[Beside]:
    return [
        Beside(found.column, group.name, found.reference, {name: group.figures[name] for name in FIGURES})
        for group in found.groups
        if group.name != found.reference
    ]
