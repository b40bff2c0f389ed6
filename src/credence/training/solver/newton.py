"""The fused elastic net: logistic loss, with penalties on steps, along a path of falling penalties.

The models of all folds and that of all rows go down the path together. Their curvature differs little, so
one pass over the rows (`Design.pairs`, at the weights of the model of all rows) serves all of them; slopes
are each model's own, so that each still arrives at its own minimum.
"""

from dataclasses import dataclass, replace

import numpy as np

from credence.training.arrays import Codes, Flags, Floats
from credence.training.solver.design import Design, at_corners
from credence.training.solver.pivoting import Quadratic, solve
from credence.training.solver.pull import Pull

# Of the penalty, the part on absolute values; the rest is on squares.
L1_PART = 0.5
# A Newton step that gains less than this a row is the last.
GAIN_LEAST = 2e-6
STEPS_MOST = 8
# A Newton step that loses is halved, down to this part of it.
PART_LEAST = 0.1


@dataclass(frozen=True)
class Model:
    """A model on its way: the rows it learns from, the signs it may use, and where it stands.

    Attributes:
        rows: The rows it learns from.
        rising: Which unknowns may be above zero.
        falling: Which may be below.
        steps: The unknowns.
        intercept: What every row's log odds begin with.
        logits: The log odds of each row, those that it did not learn from too.
        lost: The log-loss of its rows together.
        pull: What draws groups of people together; None for nothing.
    """

    rows: Flags
    rising: Flags
    falling: Flags
    steps: Floats
    intercept: float
    logits: Floats
    lost: float
    pull: Pull | None = None

    def objective(self, penalty: float) -> float:
        """What it lost on its rows, with the penalties."""
        size = float(np.abs(self.steps).sum()) * L1_PART + float(self.steps @ self.steps) * (1 - L1_PART) / 2
        found = self.lost + penalty * float(self.rows.sum()) * size
        return found if self.pull is None else found + self.pull.cost(self.steps)

    def moved(self, part: float, change: Floats, shift: float, direction: Floats, bad: Floats) -> "Model":
        """The model after a part of a step."""
        logits = self.logits + part * direction
        lost = float(loss(logits, bad) @ self.rows)
        return replace(
            self,
            steps=self.steps + part * change,
            intercept=self.intercept + part * shift,
            logits=logits,
            lost=lost,
        )


@dataclass(frozen=True)
class Curvature:
    """The second derivatives between unknowns, after the intercept has been put where it is best.

    Attributes:
        pairs: For each two attributes the weight of the rows with both, centred.
        image: Its running sums along both sides, of which a run's weight is four corners.
        single: The weight of each attribute, as a part of the whole.
        weight: The weight of all rows.
    """

    design: Design
    pairs: Floats
    image: Floats
    single: Floats
    weight: float

    @classmethod
    def of(cls, design: Design, pairs: Floats) -> "Curvature":
        """From the weights of pairs of attributes."""
        first = slice(design.starts[0], design.starts[1])
        single = pairs[first].sum(axis=0)
        weight = float(single[first].sum())
        centred = pairs - np.outer(single, single / weight)
        image = design.running(design.running(centred).T)
        return cls(design, centred, image, single / weight, weight)

    def block(self, chosen: Codes) -> Floats:
        """Between some unknowns."""
        corners, signs, _ = self.design.runs
        corners, sign = corners[chosen], signs[chosen]
        across = at_corners(self.image, corners)
        found: Floats = at_corners(across.T, corners) * np.outer(sign, sign)
        return found

    def times(self, steps: Floats) -> Floats:
        """Times unknowns."""
        return self.design.along(self.pairs @ self.design.values(steps))


@dataclass(frozen=True)
class Pulled:
    """Second derivatives with those of what draws groups together."""

    curvature: Curvature
    pull: Pull

    def block(self, chosen: Codes) -> Floats:
        """Between some unknowns."""
        found: Floats = self.curvature.block(chosen) + self.pull.block(chosen)
        return found

    def times(self, steps: Floats) -> Floats:
        """Times unknowns."""
        found: Floats = self.curvature.times(steps) + self.pull.times(steps)
        return found


def chance(logits: Floats) -> Floats:
    """The chance of a bad outcome, of its log odds."""
    found: Floats = 1 / (1 + np.exp(-logits))
    return found


def loss(logits: Floats, bad: Floats) -> Floats:
    """The log-loss of each row."""
    found: Floats = np.maximum(logits, 0) - bad * logits + np.log1p(np.exp(-np.abs(logits)))
    return found


def first_penalty(design: Design, bad: Floats) -> float:
    """The penalty a row at which no step is taken yet."""
    slopes = design.along(design.sums(bad - bad.mean()))
    return float(np.abs(slopes).max()) / len(bad) / L1_PART


def start(design: Design, bad: Floats, rows: Flags, signs: tuple[Flags, Flags]) -> Model:
    """A model without steps."""
    share = float(bad[rows].mean())
    intercept = float(np.log(share / (1 - share)))
    logits = np.full(len(bad), intercept)
    steps = np.zeros(len(design.runs[0]))
    return Model(rows, *signs, steps, intercept, logits, float(loss(logits, bad) @ rows))


def descend(design: Design, bad: Floats, models: list[Model], penalty: float) -> None:
    """Bring models (one a fold, and that of all rows last) to their minima for one penalty."""
    probable = chance(models[-1].logits)
    pairs = design.pairs(probable * (1 - probable))
    whole = pairs.sum(axis=0)
    for number, model in enumerate(models):
        curvature = Curvature.of(design, whole - pairs[number] if number < len(pairs) else whole)
        models[number] = settled(curvature, bad, model, penalty)


def settled(curvature: Curvature, bad: Floats, model: Model, penalty: float) -> Model:
    """The model after as many Newton steps as gain something."""
    for _ in range(STEPS_MOST):
        after = step(curvature, bad, model, penalty)
        gain = model.objective(penalty) - after.objective(penalty)
        model = after if gain > 0 else model
        if gain <= GAIN_LEAST * float(model.rows.sum()):
            break
    return model


def step(curvature: Curvature, bad: Floats, model: Model, penalty: float) -> Model:
    """The model after one Newton step, or the part of it that does not lose."""
    design, rows = curvature.design, float(model.rows.sum())
    rest = (bad - chance(model.logits)) * model.rows
    slopes = design.sums(rest) - curvature.single * rest.sum()
    linear = design.along(slopes) + curvature.times(model.steps)
    sizes = rows * penalty * L1_PART, rows * penalty * (1 - L1_PART)
    # What pulls is square in the unknowns: its slope and its curvature cancel in the linear part.
    whole = curvature if model.pull is None else Pulled(curvature, model.pull)
    problem = Quadratic(whole.block, whole.times, linear, *sizes, model.rising, model.falling)
    change = solve(problem, np.sign(model.steps)) - model.steps
    values = design.values(change)
    shift = float(rest.sum()) / curvature.weight - float(curvature.single @ values)
    direction = design.logits(values, shift)
    before, part = model.objective(penalty), 1.0
    tried = model.moved(part, change, shift, direction, bad)
    while tried.objective(penalty) > before and part > PART_LEAST:
        part /= 2
        tried = model.moved(part, change, shift, direction, bad)
    return tried
