"""The methods by name, and the choice between them by cross-validation."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from credence.training.arrays import Floats
from credence.training.methods.lesson import Lesson, Told
from credence.training.methods.woe import woe
from credence.training.solver.newton import Model, loss
from credence.training.solver.path import Chosen, choose

FUSED, WOE, AVERAGE, BEST = "fused", "woe", "average", "best"
# The 99th percentile of the normal distribution.
SURE = 2.3263


@dataclass(frozen=True)
class Learnt:
    """What was learnt: by which method, and the log-loss out of fold of each that was tried."""

    method: str
    chosen: Chosen
    losses: dict[str, float] = field(default_factory=dict)


def learnt(name: str, lesson: Lesson, told: Told) -> Learnt:
    """Learn by a method: fused, woe, average, or the best of them."""
    return BY_NAME[name](lesson, told)


def _fused(lesson: Lesson, told: Told) -> Learnt:
    chosen = choose(lesson.design, lesson.bad, lesson.allowed, told)
    return Learnt(FUSED, chosen, {FUSED: min(chosen.losses)})


def _woe(lesson: Lesson, told: Told) -> Learnt:
    chosen = woe(lesson, told)
    return Learnt(WOE, chosen, {WOE: min(chosen.losses)})


def _average(lesson: Lesson, told: Told) -> Learnt:
    fused, evidence, average = _tried(lesson, told)
    return replace(average, losses={each.method: _least(each) for each in (fused, evidence, average)})


def _best(lesson: Lesson, told: Told) -> Learnt:
    """The average, unless another loses less by more than the paired rows do by chance."""
    fused, evidence, average = tried = _tried(lesson, told)
    usual, found = lesson.losses(average.chosen.models), average
    for other in (fused, evidence):
        gained = usual - lesson.losses(other.chosen.models)
        if gained.mean() > SURE * gained.std() / len(gained) ** 0.5 and _least(other) < _least(found):
            found = other
    return replace(found, losses={each.method: _least(each) for each in tried})


def _least(learnt: Learnt) -> float:
    return learnt.losses[learnt.method]


def _tried(lesson: Lesson, told: Told) -> tuple[Learnt, Learnt, Learnt]:
    evidence = _woe(lesson, lambda _done, _total: None)
    fused = _fused(lesson, told)
    return fused, evidence, averaged(lesson, fused.chosen, evidence.chosen)


def averaged(lesson: Lesson, fused: Chosen, other: Chosen) -> Learnt:
    """The mean of two tables, model by model, which is a table; the penalty stays that of the first."""
    models = tuple(_mean(lesson, *two) for two in zip(fused.models, other.models, strict=True))
    return Learnt(AVERAGE, replace(fused, models=models), {AVERAGE: lesson.loss_of(models)})


def _mean(lesson: Lesson, one: Model, two: Model) -> Model:
    logits: Floats = np.mean([one.logits, two.logits], axis=0)
    return replace(
        one,
        steps=np.mean([one.steps, two.steps], axis=0),
        intercept=(one.intercept + two.intercept) / 2,
        logits=logits,
        lost=float(loss(logits, lesson.bad) @ one.rows),
    )


BY_NAME: dict[str, Callable[[Lesson, Told], Learnt]] = {
    FUSED: _fused,
    WOE: _woe,
    AVERAGE: _average,
    BEST: _best,
}
