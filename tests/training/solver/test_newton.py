import numpy as np
import pytest

from credence.training.solver import newton
from credence.training.solver.design import Design
from credence.training.solver.newton import chance, descend, first_penalty, loss, start
from credence.training.solver.shape import Shape, grid

ROWS = 600
SHAPES = (Shape(6, 1, 2), Shape(0, 3, 0), grid(2, 2, ((0, 1, 0, 1), (1, 2, 0, 2), (0, 2, 1, 2))))


@pytest.fixture
def design() -> Design:
    """People with two characteristics and cells of two others, in three folds."""
    picked = np.random.Generator(np.random.PCG64(1))
    return Design(tuple(picked.integers(0, s.size, ROWS) for s in SHAPES), SHAPES, np.arange(ROWS) % 3)


@pytest.fixture
def bad(design: Design) -> np.ndarray:
    """Outcomes that are worse the greater the first answer."""
    logits = design.logits(
        np.array([-2.0, -1, -1, 0, 1, 1, 0.5, 0.0, 1.0, -1.0, 0.0, 0.5, -1.0, 0.0, 0.0]), -0.5
    )
    return (np.random.Generator(np.random.PCG64(2)).random(ROWS) < chance(logits)).astype(float)


def models(design: Design, bad: np.ndarray) -> list[newton.Model]:
    free = np.ones(len(design.runs[0]), dtype=bool)
    rows = [design.folds != fold for fold in range(3)] + [np.ones(ROWS, dtype=bool)]
    return [start(design, bad, mine, (free, free)) for mine in rows]


def slopes(design: Design, bad: np.ndarray, model: newton.Model) -> np.ndarray:
    return design.along(design.sums((bad - chance(model.logits)) * model.rows))


def test_no_step_is_taken_at_the_first_penalty_and_some_just_below_it(
    design: Design, bad: np.ndarray
) -> None:
    found, penalty = models(design, bad), first_penalty(design, bad)
    descend(design, bad, found, penalty * 1.001)
    assert not found[-1].steps.any()
    descend(design, bad, found, penalty * 0.99)
    assert found[-1].steps.any()


def test_every_model_arrives_at_its_own_minimum(
    design: Design, bad: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newton, "GAIN_LEAST", 0.0)
    monkeypatch.setattr(newton, "STEPS_MOST", 60)
    found, penalty = models(design, bad), 0.004
    descend(design, bad, found, penalty)
    for model in found:
        l1, l2 = (part * penalty * model.rows.sum() for part in (newton.L1_PART, 1 - newton.L1_PART))
        slope, moved = slopes(design, bad, model) - l2 * model.steps, model.steps != 0
        assert slope[moved] == pytest.approx(l1 * np.sign(model.steps[moved]), abs=1e-3)
        assert (np.abs(slope[~moved]) <= l1 + 1e-3).all()
        assert chance(model.logits)[model.rows].sum() == pytest.approx(bad[model.rows].sum(), abs=1e-3)


def test_a_step_that_would_lose_is_halved(design: Design, bad: np.ndarray) -> None:
    (*_, model) = models(design, bad)
    flat = newton.Curvature.of(design, design.pairs(np.full(ROWS, 0.01)).sum(axis=0))
    after = newton.step(flat, bad, model, 0.001)
    near = newton.Curvature.of(design, design.pairs(np.full(ROWS, 0.25)).sum(axis=0))
    assert np.abs(after.steps).max() < np.abs(newton.step(near, bad, model, 0.001).steps).max() * 25
    assert newton.settled(flat, bad, model, 0.001).objective(0.001) <= model.objective(0.001)


def test_a_model_that_every_step_would_harm_stays(design: Design, bad: np.ndarray) -> None:
    (*_, model) = models(design, bad)
    wild = newton.Curvature.of(design, design.pairs(np.full(ROWS, 1e-5)).sum(axis=0))
    assert newton.settled(wild, bad, model, 0.001) is model


def test_the_loss_is_that_of_the_chance_and_never_overflows() -> None:
    logits, bad = np.array([-2.0, 3.0, 800.0, -800.0]), np.array([0.0, 1.0, 0.0, 0.0])
    assert loss(logits, bad)[:2] == pytest.approx(
        [-np.log(1 - chance(logits[:1])[0]), -np.log(chance(logits[1:2])[0])]
    )
    assert loss(logits, bad)[2:].tolist() == [800.0, 0.0]
