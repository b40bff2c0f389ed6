import numpy as np

from credence.training.solver.design import Design
from credence.training.solver.path import PENALTIES, RISES_MOST, choose
from credence.training.solver.shape import Shape

SHAPES = (Shape(8, 0, 3), Shape(8, 0, 3))


def path(strength: float, rows: int) -> tuple[list[int], tuple[float, ...], list[np.ndarray]]:
    picked = np.random.Generator(np.random.PCG64(9))
    design = Design(tuple(picked.integers(0, 8, rows) for _ in SHAPES), SHAPES, np.arange(rows) % 5)
    bad = (picked.random(rows) < 1 / (1 + np.exp(-strength * (design.codes[0] - 3.5)))).astype(float)
    free, told = np.ones(len(design.runs[0]), dtype=bool), []
    found = choose(design, bad, [(free, free)] * 6, lambda done, _: told.append(done))
    return told, found.losses, [model.steps for model in found.models]


def test_the_penalty_with_the_least_loss_out_of_fold_is_chosen() -> None:
    told, losses, steps = path(0.5, 2000)
    assert len(steps) == 6
    assert told == list(range(1, len(losses) + 1))
    assert min(losses) < losses[0]
    assert np.abs(steps[-1]).sum() > 1


def test_a_path_that_gets_better_for_long_is_gone_to_its_end() -> None:
    _, losses, _ = path(4.0, 1500)
    assert len(losses) == PENALTIES
    assert losses[-1] < losses[len(losses) // 2] < losses[0]


def test_the_path_ends_where_more_steps_only_learn_by_heart() -> None:
    _, losses, _ = path(0.0, 400)
    assert len(losses) < PENALTIES
    assert len(losses) - 1 - losses.index(min(losses)) == RISES_MOST
