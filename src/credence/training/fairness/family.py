"""A family of scorecards that draw groups together, more and more: the same fit with one penalty more.

The penalty is on the gaps between groups in mean log odds. Groups are used to fit, on the rows that are
learnt from, and nowhere else: each scorecard of the family asks what the plain one may ask, and no more.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from credence.training.arrays import Flags, Floats
from credence.training.fairness.groups import Grouping
from credence.training.fit import Fit
from credence.training.methods.choice import AVERAGE, FUSED
from credence.training.solver.design import Design
from credence.training.solver.newton import Curvature, Model, chance, descend, loss, settled
from credence.training.solver.path import choose
from credence.training.solver.pull import Pull

# What a squared gap of 1 in log odds costs, in log-loss a row, times 2; 0 is the plain scorecard.
STRENGTHS = (
    0.0, 0.01, 0.015, 0.022, 0.033, 0.047, 0.068, 0.1, 0.15, 0.22,
    0.33, 0.47, 0.68, 1.0, 1.5, 2.2, 3.3, 4.7, 6.8, 10.0,
)  # fmt: skip


def gaps(design: Design, rows: Flags, groups: Sequence[Grouping]) -> Floats:
    """Gaps as rows over the unknowns, so that their squares add up to the mean squared gap of two groups.

    That of two groups is their gap in mean log odds, squared; a column of more has the mean over its pairs,
    in which small groups count like large ones; columns are added up.
    """
    found = [row for each in groups for row in _of_column(design, rows, each)]
    return np.array(found).reshape(len(found), len(design.runs[0]))


def _of_column(design: Design, rows: Flags, groups: Grouping) -> list[Floats]:
    learnt = [groups.rows(number) & rows for number in range(len(groups.names))]
    weights = [mine / mine.sum() for mine in learnt if mine.any()]
    if len(weights) < len(("one", "another")):
        return []
    means = [design.along(design.sums(weight)) for weight in weights]
    middle = np.mean(means, axis=0)
    return [(mean - middle) * (2 / (len(means) - 1)) ** 0.5 for mean in means]


def fused(fit: Fit) -> Fit:
    """The fit by the fused elastic net: the method that can draw groups together.

    An average's penalty is that of its fused half, to which its table is brought down; for another method
    the path is gone down again.
    """
    if fit.method == FUSED:
        return fit
    # An average is of tables: what its rows lose is not yet known.
    models = [
        replace(model, lost=float(loss(model.logits, fit.bad) @ model.rows)) for model in fit.chosen.models
    ]
    if fit.method == AVERAGE:
        descend(fit.design, fit.bad, models, fit.chosen.penalty)
        chosen = replace(fit.chosen, models=tuple(models))
    else:
        allowed = [(model.rising, model.falling) for model in models]
        chosen = choose(fit.design, fit.bad, allowed, lambda _done, _total: None)
    return replace(fit, chosen=chosen, method=FUSED)


def family(fit: Fit, groups: Sequence[Grouping], strengths: Sequence[float] = STRENGTHS) -> list[Fit]:
    """The fit by the fused elastic net at each strength, from the least: each begins where one ended."""
    fit = fused(fit)
    design, models = fit.design, fit.chosen.models
    probable = chance(models[-1].logits)
    pairs = design.pairs(probable * (1 - probable))
    whole = pairs.sum(axis=0)
    found = []
    for number, model in enumerate(models):
        curvature = Curvature.of(design, whole - pairs[number] if number < len(pairs) else whole)
        found.append(_drawn(fit, curvature, model, (gaps(design, model.rows, groups), strengths)))
    return [replace(fit, chosen=replace(fit.chosen, models=each)) for each in zip(*found, strict=True)]


def _drawn(fit: Fit, curvature: Curvature, model: Model, pull: tuple[Floats, Sequence[float]]) -> list[Model]:
    """A model at each strength; the curvature is that of the plain fit, the slopes are each one's own."""
    found = []
    for strength in pull[1]:
        if strength:
            pulled = replace(model, pull=Pull(pull[0], strength * float(model.rows.sum())))
            model = settled(curvature, fit.bad, pulled, fit.chosen.penalty)
        found.append(model)
    return found


def fairer(fit: Fit, groups: Sequence[Grouping], strength: float) -> Fit:
    """The fit at one strength: the same that stands for it in the family."""
    return family(fit, groups, [*(each for each in STRENGTHS if each < strength), strength])[-1]
