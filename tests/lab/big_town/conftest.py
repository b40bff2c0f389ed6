"""A town of 800 people moved into a log, and the same after its corrections."""

import pytest

from credence import EventLog, import_file
from credence.lab.big_town.make import Town, make_town, move_in
from tests.lab.big_town.settling import NOW, Settled


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    folder = tmp_path_factory.mktemp("big-town")
    files = make_town(folder / "files", Town(people=800))
    log = EventLog.create(folder / "log")
    assert move_in(log, files, NOW).sentences == []
    return Settled(files, log, folder)


@pytest.fixture(scope="session")
def corrected(settled: Settled, tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """The same town after everything that was wrong was put right."""
    folder = tmp_path_factory.mktemp("corrected")
    log = EventLog.create(folder / "log")
    move_in(log, settled.files, NOW)
    assert import_file(log, settled.files.corrections, NOW).sentences == []
    return Settled(settled.files, log, folder)
