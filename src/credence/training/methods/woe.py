"""WOE logistic: bins that differ by no more than chance are one, each stands for its weight of evidence.

A logistic regression says how much each characteristic's evidence counts: never less than nothing, so that
directions hold. Nothing is tuned: on a thousand rows, folds cannot tell settings apart.
"""

from math import log

import numpy as np

from credence.training.arrays import Floats
from credence.training.directions import monotone
from credence.training.merging import apart, merge_alike
from credence.training.methods.lesson import Lesson, Told
from credence.training.solver.newton import Model, chance, loss
from credence.training.solver.path import Chosen
from credence.training.solver.pivoting import Quadratic, solve

# Chi square (one degree of freedom) up to which two neighbours count as alike.
ALIKE = 1.0
# So many rows of the usual kind are added to each bin.
ADDED = 20.0
# Of each slope's square, a row.
PENALTY = 3e-3
STEPS_MOST = 20
# A step that loses is halved, down to this part of it.
PART_LEAST = 1e-3
# A Newton step that changes no slope by more is the last.
CHANGE_LEAST = 1e-4


def woe(lesson: Lesson, told: Told) -> Chosen:
    """Learn each model."""
    models = []
    for number in range(len(lesson.rows)):
        models.append(_model(lesson, number))
        told(number + 1, len(lesson.rows))
    return Chosen(tuple(models), (lesson.loss_of(models),), (PENALTY,))


def _model(lesson: Lesson, number: int) -> Model:
    evidence = _evidence(lesson, number)
    slopes, intercept = _slopes(lesson, number, evidence)
    sizes = [shape.size for shape in lesson.design.shapes]
    return lesson.model(number, evidence * np.repeat(slopes, sizes), intercept)


def _evidence(lesson: Lesson, number: int) -> Floats:
    """For each attribute the weight of evidence of those that count like it: here, higher is worse."""
    design, rows = lesson.design, lesson.rows[number].astype(np.float64)
    counts, bads = design.sums(rows), design.sums(rows * lesson.bad)
    share = float(lesson.bad @ rows / rows.sum())
    shares = np.where(counts > 0, bads / np.maximum(counts, 1), share)
    _turn(shares, counts, directed := _directed(lesson, number))
    spread = (share * (1 - share)) ** 0.5
    parts = merge_alike(apart(shares / spread, counts, design.shapes, lesson.missing), ALIKE)
    found = np.zeros(design.starts[-1])
    # What a crossing tells is not evidence beside that of its sides: it is left to the other method.
    for start, alike in zip(design.starts, parts[: lesson.mains], strict=False):
        for part in alike:
            seen = part.value * spread * part.rows + ADDED * share
            odds = seen / (part.rows + ADDED - seen)
            found[[start + place for place in part.attributes]] = log(odds * (1 - share) / share)
    # The rows added move small bins more than large ones, past which they may come to lie.
    _turn(found, counts, directed)
    return found


def _turn(values: Floats, counts: Floats, directed: list[tuple[int, int, float]]) -> None:
    """Make values the nearest that keep the directions."""
    for start, ordered, sign in directed:
        mine = slice(start, start + ordered)
        values[mine] = sign * monotone(sign * values[mine], np.maximum(counts[mine], 1e-9))


def _directed(lesson: Lesson, number: int) -> list[tuple[int, int, float]]:
    """Each characteristic with a direction: its first attribute, its bins, 1 where they turn worse, or -1."""
    design, (rising, falling) = lesson.design, lesson.allowed[number]
    found = []
    for shape, start, unknown in zip(design.shapes, design.starts, design.unknowns, strict=False):
        if shape.ordered > 1 and rising[unknown] != falling[unknown]:
            found.append((start, shape.ordered, 1.0 if rising[unknown] else -1.0))
    return found


def _slopes(lesson: Lesson, number: int, evidence: Floats) -> tuple[Floats, float]:
    """How much each characteristic's evidence counts, and what everyone begins with."""
    design, rows = lesson.design, lesson.rows[number]
    parts = zip(design.codes, design.starts, design.shapes, strict=False)
    told = np.stack([evidence[start : start + shape.size][codes[rows]] for codes, start, shape in parts])
    bad = lesson.bad[rows]
    # Many columns tell the same: all of each would be far too much to begin with.
    slopes, intercept = np.ones(len(told)) / len(told), log(bad.mean() / (1 - bad.mean()))
    changed, left = 1.0, STEPS_MOST
    while changed > CHANGE_LEAST and left:
        probable = chance(slopes @ told + intercept)
        weights = probable * (1 - probable)
        centre, rest = told @ weights / weights.sum(), bad - probable
        matrix = (told * weights) @ told.T - weights.sum() * np.outer(centre, centre)
        linear = told @ rest - centre * rest.sum() + matrix @ slopes
        change = _solved(matrix, linear, PENALTY * len(bad), slopes) - slopes
        shift = float(rest.sum() / weights.sum() - centre @ change)
        part = part_of(told, bad, (slopes, intercept), (change, shift))
        slopes, intercept = slopes + part * change, intercept + part * shift
        changed, left = float(np.abs(change).max()), left - 1
    return slopes, intercept


def part_of(told: Floats, bad: Floats, at: tuple[Floats, float], step: tuple[Floats, float]) -> float:
    """The whole of a Newton step, or the half, the quarter, ... of it that does not lose."""

    def lost(part: float) -> float:
        slopes, intercept = at[0] + part * step[0], at[1] + part * step[1]
        return float(loss(slopes @ told + intercept, bad).sum() + PENALTY * len(bad) * (slopes @ slopes) / 2)

    part, before = 1.0, lost(0.0)
    while lost(part) > before and part > PART_LEAST:
        part /= 2
    return part


def _solved(matrix: Floats, linear: Floats, penalty: float, before: Floats) -> Floats:
    """The slopes, none below zero, at which the quadratic is least."""
    upward = np.ones(len(before), dtype=bool)
    problem = Quadratic(
        lambda chosen: matrix[np.ix_(chosen, chosen)], lambda steps: matrix @ steps, linear, 0.0, penalty,
        rising=upward, falling=~upward,
    )  # fmt: skip
    return solve(problem, np.sign(before))
