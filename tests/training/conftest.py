"""NumPy computes with one thread here, as it does for the command: more are slower on small matrices."""

import os

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from credence.training.evidence import Evidence
from tests.training.judged import by_chance_in, by_time_in


@pytest.fixture(scope="session")
def by_chance(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """The made-up people, in folds cut by chance."""
    return by_chance_in(tmp_path_factory.mktemp("chance"))


@pytest.fixture(scope="session")
def by_time(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """The same people, the last months held out."""
    return by_time_in(tmp_path_factory.mktemp("time"))
