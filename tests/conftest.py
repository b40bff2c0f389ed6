"""What every test may use: Hypothesis without deadlines (machines are noisy), and a world that never changes.

Add a fixture here only when tests of several rooms need it; a test's own world stands in the test.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from credence import EventLog

settings.register_profile("credence", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("credence")


@pytest.fixture
def log(tmp_path: Path) -> EventLog:
    """An empty event log."""
    return EventLog.create(tmp_path / "log")
