"""The path of penalties: from nothing but the mean to a model with many steps, stopped where folds say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from credence.training.arrays import Flags, Floats
from credence.training.solver.design import Design
from credence.training.solver.newton import Model, descend, first_penalty, loss, start

PENALTIES = 12
# The first and the last penalty of the path, as parts of the one at which no step is taken.
FIRST, LAST = 0.1, 1e-3
# The path ends where so many penalties one after the other did not better the least loss.
RISES_MOST = 2


@dataclass(frozen=True)
class Chosen:
    """The models of the penalty with the least loss out of fold: one a fold, and that of all rows last.

    Attributes:
        models: The models.
        losses: The loss of each penalty tried, a row, on the folds that its models did not see.
        penalties: The penalties tried.
    """

    models: tuple[Model, ...]
    losses: tuple[float, ...]
    penalties: tuple[float, ...]

    @property
    def penalty(self) -> float:
        """The penalty that was chosen."""
        return self.penalties[self.losses.index(min(self.losses))]


def choose(
    design: Design,
    bad: Floats,
    signs: Sequence[tuple[Flags, Flags]],
    told: Callable[[int, int], None],
) -> Chosen:
    """Go down the path; `signs` has what each fold's model may use, and that of all rows last."""
    folds = len(signs) - 1
    rows = [design.folds != fold for fold in range(folds)] + [np.ones(len(bad), dtype=bool)]
    models = [start(design, bad, mine, allowed) for mine, allowed in zip(rows, signs, strict=True)]
    penalties = (first_penalty(design, bad) * np.geomspace(FIRST, LAST, PENALTIES)).tolist()
    best, losses = models, [float("inf")]
    for number, penalty in enumerate(penalties, 1):
        descend(design, bad, models, penalty)
        unseen = np.choose(design.folds, [model.logits for model in models[:folds]])
        losses.append(float(loss(unseen, bad).mean()))
        best = list(models) if losses[-1] == min(losses) else best
        told(number, PENALTIES)
        if len(losses) - 1 - losses.index(min(losses)) >= RISES_MOST:
            break
    return Chosen(tuple(best), tuple(losses[1:]), tuple(penalties[: len(losses) - 1]))
