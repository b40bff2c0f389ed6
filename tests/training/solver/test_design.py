import numpy as np
import pytest

from credence.training.solver.design import Design
from credence.training.solver.shape import Shape, grid

SHAPES = (Shape(4, 1, 1), Shape(0, 3, 0), grid(2, 3, ((0, 1, 0, 2), (1, 2, 1, 3), (0, 2, 0, 1))))


@pytest.fixture
def design() -> Design:
    """Three hundred people with three characteristics, in three folds."""
    chance = np.random.Generator(np.random.PCG64(1))
    codes = tuple(chance.integers(0, shape.size, 300) for shape in SHAPES)
    return Design(codes, SHAPES, np.arange(300) % 3)


def matrix(design: Design) -> np.ndarray:
    """What the design never makes: for each row and unknown, by how much it moves."""
    unknowns = np.eye(len(design.runs[0]))
    return np.stack([design.logits(design.values(unknown), 0.0) for unknown in unknowns], axis=1)


def test_a_step_lifts_all_on_its_far_side_seen_from_the_middle(design: Design) -> None:
    steps = np.zeros(len(design.runs[0]))
    steps[:3] = [1.0, 2.0, 4.0]
    assert design.values(steps)[:5].tolist() == [-1.0, 0.0, 2.0, 6.0, 0.0]


def test_an_attribute_by_itself_is_moved_by_its_own_unknown_alone(design: Design) -> None:
    steps = np.zeros(len(design.runs[0]))
    steps[3] = 1.5
    assert design.values(steps).tolist() == [0, 0, 0, 0, 1.5, *[0] * 10]
    assert design.runs[2].tolist() == [0, 0, 0, -1, -1, -1, -1, -1, -1, -1]


def test_a_box_of_cells_is_moved_by_its_unknown_alone(design: Design) -> None:
    steps = np.zeros(len(design.runs[0]))
    steps[7:9] = [1.0, 2.0]
    assert design.values(steps)[8:].tolist() == [1.0, 1.0, 0.0, 0.0, 2.0, 2.0, 0.0]
    assert design.unknowns == [0, 4, 7, 10]


def test_sums_along_runs_are_those_of_the_matrix(design: Design) -> None:
    amounts = np.random.Generator(np.random.PCG64(2)).normal(size=300)
    assert design.along(design.sums(amounts)) == pytest.approx(matrix(design).T @ amounts)


def test_pairs_of_all_folds_add_up_to_those_of_everybody(design: Design) -> None:
    weights = np.random.Generator(np.random.PCG64(4)).random(300)
    each = np.stack(
        [
            np.concatenate([np.eye(s.size)[c[row]] for c, s in zip(design.codes, SHAPES, strict=True)])
            for row in range(300)
        ]
    )
    found = design.pairs(weights)
    assert found.sum(axis=0) == pytest.approx(each.T @ (weights[:, None] * each))
    assert found[1] == pytest.approx(each[1::3].T @ (weights[1::3, None] * each[1::3]))
