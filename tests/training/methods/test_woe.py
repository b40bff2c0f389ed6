"""WOE logistic on made-up people, whose evidence is known."""

import numpy as np
import pytest

from credence.training.arrays import Flags, Floats
from credence.training.methods.lesson import Lesson
from credence.training.methods.woe import part_of, woe
from credence.training.solver.design import Design
from credence.training.solver.shape import Shape

ROWS = 8000


def lesson(*, rising: bool = True, falling: bool = True) -> Lesson:
    """People of whom four bins and two kinds tell, and one column tells nothing."""
    chance = np.random.Generator(np.random.PCG64(11))
    shapes = Shape(4, 1, 1), Shape(0, 2, 0), Shape(3, 0, 1), Shape(1, 1, 0)
    codes = tuple(chance.integers(0, shape.size, ROWS) for shape in shapes)
    logits = np.array([-1.5, -0.5, 0.5, 0.6, 2.0])[codes[0]] + np.array([0.0, 1.0])[codes[1]] - 1
    bad = (chance.random(ROWS) < 1 / (1 + np.exp(-logits))).astype(np.float64)
    design = Design(codes, shapes, np.arange(ROWS, dtype=np.intp) % 5)
    unknowns = len(design.runs[0])
    allowed = np.full(unknowns, fill_value=rising), np.full(unknowns, fill_value=falling)
    return Lesson(design, bad, [allowed] * 6, (True, False, False, False))


def learnt(asked: Lesson) -> tuple[Floats, float]:
    """The values of the model of all rows, and its loss out of fold."""
    told: list[tuple[int, int]] = []
    chosen = woe(asked, lambda done, total: told.append((done, total)))
    assert told == [(number, 6) for number in range(1, 7)]
    return asked.design.values(chosen.models[-1].steps), chosen.losses[0]


def test_values_are_near_those_that_made_the_people() -> None:
    values, lost = learnt(lesson())
    assert values[[0, 2, 3, 4]] - values[1] == pytest.approx([-1.0, 1.0, 1.1, 2.5], abs=0.25)
    assert values[6] - values[5] == pytest.approx(1.0, abs=0.2)
    assert lost < 0.62


def test_what_differs_by_no_more_than_chance_counts_alike() -> None:
    values, _ = learnt(lesson())
    assert np.ptp(values[7:10]) < 0.1
    assert np.ptp(values[10:]) < 0.1


@pytest.mark.parametrize(("rising", "falling"), [(True, False), (False, True)])
def test_a_direction_holds_whatever_the_people_say(*, rising: bool, falling: bool) -> None:
    values, _ = learnt(lesson(rising=rising, falling=falling))
    steps: Flags = np.diff(values[:4]) * (1 if rising else -1) >= -1e-12
    assert steps.all()
    assert bool(np.ptp(values[:4]) > 1) is rising


def test_a_small_bin_at_the_end_keeps_the_direction_too() -> None:
    codes = np.repeat(np.arange(3, dtype=np.intp), [500, 500, 5])
    bad = np.concatenate([np.arange(500) % 2, np.arange(500) % 50 > 0, np.ones(5)]).astype(np.float64)
    design = Design((codes,), (Shape(3, 0, 1),), np.arange(1005, dtype=np.intp) % 5)
    allowed = np.ones(2, dtype=bool), np.zeros(2, dtype=bool)
    values, _ = learnt(Lesson(design, bad, [allowed] * 6, (False,)))
    assert values[1] - values[0] > 2
    assert values[2] >= values[1]


@pytest.mark.parametrize(("step", "part"), [(0.5, 1.0), (40.0, 1 / 8), (-1.0, 0.5**10)])
def test_a_step_that_loses_is_halved_until_it_does_not(step: float, part: float) -> None:
    told, bad = np.array([[1.0, -1.0] * 50]), np.array([1.0, 0.0] * 45 + [0.0, 1.0] * 5)
    assert part_of(told, bad, (np.zeros(1), 0.0), (np.array([step]), 0.0)) == part


def test_a_hundred_columns_that_say_the_same_are_learnt_from() -> None:
    asked = lesson()
    codes, shapes = (asked.design.codes[0],) * 100, (asked.design.shapes[0],) * 100
    design = Design(codes, shapes, asked.design.folds)
    allowed = np.ones(len(design.runs[0]), dtype=bool), np.ones(len(design.runs[0]), dtype=bool)
    _, lost = learnt(Lesson(design, asked.bad, [allowed] * 6, (True,) * 100))
    assert lost < 0.62
