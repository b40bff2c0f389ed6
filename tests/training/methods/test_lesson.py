import numpy as np
import pytest

from credence.training.methods.lesson import Lesson
from credence.training.solver.design import Design
from credence.training.solver.newton import loss
from credence.training.solver.shape import Shape

ROWS = 60


@pytest.fixture
def lesson() -> Lesson:
    """Bins in order with codes beside, and categories."""
    chance = np.random.Generator(np.random.PCG64(1))
    shapes = Shape(4, 2, 1), Shape(0, 3, 0)
    codes = chance.integers(0, 6, ROWS), chance.integers(0, 3, ROWS)
    design = Design(codes, shapes, np.arange(ROWS) % 3)
    free = np.ones(len(design.runs[0]), dtype=bool)
    return Lesson(design, (np.arange(ROWS) % 4 == 0).astype(float), [(free, free)] * 4, (True, False))


def test_a_table_of_values_and_its_steps_give_every_row_the_same(lesson: Lesson) -> None:
    values = np.array([0.3, -0.2, 0.5, 0.9, 1.5, -2.0, 0.1, 0.2, -0.7])
    model = lesson.model(3, values, -1.0)
    design = lesson.design
    assert model.logits == pytest.approx(design.logits(values, -1.0))
    assert design.logits(design.values(model.steps), model.intercept) == pytest.approx(model.logits)
    assert model.lost == pytest.approx(loss(model.logits, lesson.bad).sum())


def test_a_model_learns_from_every_fold_but_its_own(lesson: Lesson) -> None:
    assert [int(rows.sum()) for rows in lesson.rows] == [40, 40, 40, 60]
    assert not lesson.rows[1][lesson.design.folds == 1].any()


def test_each_row_is_judged_by_the_model_that_did_not_see_it(lesson: Lesson) -> None:
    models = [lesson.model(number, np.zeros(9), float(number)) for number in range(4)]
    wanted = loss(lesson.design.folds.astype(float), lesson.bad)
    assert lesson.losses(models) == pytest.approx(wanted)
    assert lesson.loss_of(models) == pytest.approx(wanted.mean())
