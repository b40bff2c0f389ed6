from pathlib import Path

import pytest

from credence.training.evidence import Evidence
from credence.training.order import Looks
from tests.training.against.worlds import evidence_of, old, order_of, people


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the made-up people and a scorecard in use."""
    place = tmp_path_factory.mktemp("against")
    people(place)
    old(place)
    return place


@pytest.fixture(scope="session")
def evidence(folder: Path) -> Evidence:
    """A fit of them beside the scorecard in use."""
    return evidence_of(order_of(folder / "people.csv", Looks(champion=folder / "old.yaml")))
