from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import DefinitionError
from credence.training.directions import by_chance, monotone, proposed, read_directions
from tests.training.tables import fitted

COUNTS = np.full(5, 1000.0)


def test_a_share_of_bad_outcomes_that_falls_proposes_points_that_rise() -> None:
    assert proposed(COUNTS, np.array([500.0, 400, 300, 200, 100])) == "rising"
    assert proposed(COUNTS, np.array([100.0, 200, 300, 400, 500])) == "falling"


def test_a_share_that_turns_proposes_nothing() -> None:
    assert proposed(COUNTS, np.array([100.0, 400, 100, 400, 100])) == "either"


def test_a_share_that_hardly_moves_proposes_nothing() -> None:
    assert proposed(COUNTS, np.array([300.0, 302, 299, 301, 300])) == "either"


def test_one_bin_proposes_nothing() -> None:
    assert proposed(np.array([1000.0, 0.0]), np.array([300.0, 0.0])) == "either"


def test_chi_square_stays_under_its_95th_percentile() -> None:
    assert by_chance(10) == pytest.approx(18.307, abs=0.02)
    assert by_chance(30) == pytest.approx(43.773, abs=0.02)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 9)), min_size=1, max_size=20))
def test_the_nearest_rising_values_rise_and_keep_the_mean(pairs: list[tuple[float, float]]) -> None:
    values, weights = (np.array(side) for side in zip(*pairs, strict=True))
    found = monotone(values, weights)
    assert (np.diff(found) >= -1e-12).all()
    assert found @ weights == pytest.approx(values @ weights, abs=1e-9)


def test_values_that_rise_already_stay() -> None:
    assert monotone(np.array([1.0, 2.0, 3.0]), np.ones(3)).tolist() == [1.0, 2.0, 3.0]


def test_directions_are_read_by_column(tmp_path: Path) -> None:
    path = tmp_path / "directions.yaml"
    path.write_text("age: rising\ndebt: either\n", encoding="utf-8")
    assert read_directions(path, ["age", "debt"]) == {"age": "rising", "debt": "either"}


def test_every_fault_of_a_file_of_directions_is_told(tmp_path: Path) -> None:
    path = tmp_path / "directions.yaml"
    path.write_text("agee: rising\ndebt: up\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        read_directions(path, ["age", "debt"])
    assert "Did you mean 'age'?" in str(refused.value)
    assert "'up' is not one of: rising, falling, either." in str(refused.value)


def test_the_made_up_peoples_directions_are_found() -> None:
    assert fitted().directions == {"Debt": "falling", "age": "rising", "late": "falling"}
