import numpy as np
import pytest

from credence.training.arrays import totals
from credence.training.solver.shape import Shape, grid

SHAPES = [Shape(5, 2, 2), Shape(0, 3, 0), grid(2, 3, ((0, 1, 0, 2), (1, 2, 1, 3)))]


@pytest.mark.parametrize("shape", SHAPES)
def test_spreading_is_running_turned_round(shape: Shape) -> None:
    unit = np.array([shape.running(each) for each in np.eye(shape.size)])
    back = np.array([shape.spread(each) for each in np.eye(shape.sums)])
    assert unit.tolist() == back.T.tolist()


@pytest.mark.parametrize("shape", SHAPES[:2])
def test_steps_are_those_that_lead_to_the_values(shape: Shape) -> None:
    values = np.array([float(place**2) for place in range(shape.size)])
    moved = np.zeros(shape.size)
    for (corners, signs, _), step in zip(shape.runs, shape.steps(values), strict=True):
        moved += step * shape.spread(totals(np.array(corners), np.array(signs), shape.sums))
    assert (moved - moved[shape.middle]).tolist() == pytest.approx(
        (values - values[shape.middle]).tolist() if shape.ordered else (values - moved[0]).tolist()
    )


def test_values_of_attributes_tell_no_boxes_apart() -> None:
    assert SHAPES[2].steps(np.ones(7)).tolist() == [0.0, 0.0]


def test_cells_have_running_sums_along_both_sides() -> None:
    found = SHAPES[2].running(np.arange(1.0, 8.0))
    assert found.reshape(3, 4).tolist() == [[0, 0, 0, 0], [0, 1, 3, 6], [0, 5, 12, 21]]
