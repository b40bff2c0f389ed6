"""What every method learns from, and how a table of values becomes a model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from credence.training.arrays import Flags, Floats
from credence.training.solver.design import Design
from credence.training.solver.newton import Model, loss

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Lesson:
    """What is to be learnt; one model learns from each fold's other rows, and the last one from all.

    Attributes:
        design: Which attribute each row has of each characteristic.
        bad: 1 for a bad outcome.
        allowed: For each model which unknowns may be above zero, and which below.
        missing: For each characteristic whether its last attribute is that of a missing answer.
        mains: How many characteristics are asked; the others cross two of them. None if all are.
    """

    design: Design
    bad: Floats
    allowed: Sequence[tuple[Flags, Flags]]
    missing: tuple[bool, ...]
    mains: int | None = None

    @cached_property
    def rows(self) -> list[Flags]:
        """The rows that each model learns from."""
        folds = len(self.allowed) - 1
        return [*(self.design.folds != fold for fold in range(folds)), np.ones(len(self.bad), dtype=bool)]

    def model(self, number: int, values: Floats, intercept: float) -> Model:
        """The model of a number, with these values of attributes; steps lead away from the middle bin."""
        design, rows = self.design, self.rows[number]
        logits = design.logits(values, intercept)
        steps = []
        for shape, start in zip(design.shapes, design.starts, strict=False):
            mine = values[start : start + shape.size]
            intercept += float(mine[shape.middle]) if shape.ordered else 0.0
            steps.append(shape.steps(mine))
        lost = float(loss(logits, self.bad) @ rows)
        return Model(rows, *self.allowed[number], np.concatenate(steps), intercept, logits, lost)

    def loss_of(self, models: Sequence[Model]) -> float:
        """The mean log-loss of rows, each by the model that did not see it."""
        return float(self.losses(models).mean())

    def losses(self, models: Sequence[Model]) -> Floats:
        """The log-loss of each row, by the model that did not see it."""
        return loss(np.choose(self.design.folds, [model.logits for model in models[:-1]]), self.bad)
