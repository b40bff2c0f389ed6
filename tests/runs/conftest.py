"""A log with some people in it, and their scores of one day; only to be read."""

from pathlib import Path
from random import Random

import pytest

from credence import EventLog, import_rows
from credence.events.upkeep import compact
from credence.runs.published import PublishedRun
from credence.runs.run import run
from tests.engines.random_worlds import RECORDED, random_rows
from tests.runs.runner import AFTER, AS_OF, LATER, request


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a log with random people, whose events are partly sealed and partly in the tail."""
    log = EventLog.create(tmp_path_factory.mktemp("peopled") / "log")
    rows = random_rows(Random(11), AS_OF)
    for start, stop in ((0, len(rows) // 2), (len(rows) // 2, len(rows))):
        assert import_rows(log, rows[start:stop], RECORDED).sentences == []
        if not start:
            compact(log, RECORDED)
    return log.folder


@pytest.fixture(scope="session")
def made(peopled: Path, tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    """The run of that log, made without a stop."""
    outcome = run(request(peopled, tmp_path_factory.mktemp("made"), LATER), AFTER)
    assert outcome.published is not None
    return outcome.published
