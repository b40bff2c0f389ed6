import sqlite3
from pathlib import Path

import pytest

from credence import EventLog
from credence.errors import (
    LogBusyError,
    LogDamagedError,
    LogExistsError,
    LogFormatError,
    LogNotFoundError,
    LogUnwritableError,
)
from credence.events.manifest import TAIL, LogFile, Settings
from credence.events.sqlite_manifest import DRAFT, FORMAT, NAME, SqliteManifest, upgrade
from tests.world import NOW

FILE = LogFile("tail/1", TAIL, 1, "a" * 64, ("person_id",))


@pytest.fixture
def manifest(tmp_path: Path) -> SqliteManifest:
    return SqliteManifest.create(tmp_path, Settings())


def set_format(folder: Path, number: int) -> None:
    with sqlite3.connect(folder / NAME) as connection:
        connection.execute("UPDATE log SET format = ?", [number])
    connection.close()


def test_a_second_opening_sees_what_the_first_changed(manifest: SqliteManifest, tmp_path: Path) -> None:
    other = SqliteManifest(tmp_path)
    with manifest.changing(NOW) as change:
        change.add(FILE)
        assert other.files(TAIL) == []
    assert other.files(TAIL) == [FILE]


def test_a_folder_without_a_manifest_holds_no_log(tmp_path: Path) -> None:
    for wanting in (SqliteManifest, upgrade):
        with pytest.raises(LogNotFoundError, match="There is no event log at"):
            wanting(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_a_manifest_that_cannot_be_read_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    for wanting in (SqliteManifest, upgrade):
        with pytest.raises(LogDamagedError, match=r"its manifest cannot be read\."):
            wanting(tmp_path)


def test_a_manifest_without_its_one_row_is_damage(manifest: SqliteManifest, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as connection:
        connection.execute("DELETE FROM log")
    connection.close()
    with pytest.raises(LogDamagedError, match=r"its manifest cannot be read\."):
        SqliteManifest(tmp_path)


def test_an_older_log_asks_for_an_upgrade(manifest: SqliteManifest, tmp_path: Path) -> None:
    set_format(tmp_path, FORMAT - 1)
    with pytest.raises(LogFormatError, match=f"has format {FORMAT - 1}; .*'credence events upgrade"):
        SqliteManifest(tmp_path)


def test_a_newer_log_asks_for_a_newer_credence(manifest: SqliteManifest, tmp_path: Path) -> None:
    set_format(tmp_path, FORMAT + 1)
    for wanting in (SqliteManifest, upgrade):
        with pytest.raises(LogFormatError, match="It was written by a newer Credence"):
            wanting(tmp_path)


def test_a_log_of_this_format_needs_no_upgrade(manifest: SqliteManifest, tmp_path: Path) -> None:
    assert upgrade(tmp_path) == FORMAT
    assert SqliteManifest(tmp_path).settings == Settings()


def test_an_upgrade_takes_every_step_on_the_way(manifest: SqliteManifest, tmp_path: Path) -> None:
    steps = {FORMAT: "CREATE TABLE one (a);", FORMAT + 1: "INSERT INTO one VALUES (5);"}
    assert upgrade(tmp_path, steps, FORMAT + 2) == FORMAT
    with sqlite3.connect(tmp_path / NAME) as connection:
        found = connection.execute("SELECT a, format FROM one, log").fetchall()
    connection.close()
    assert found == [(5, FORMAT + 2)]


def test_an_upgrade_that_fails_leaves_the_log_as_it_was(manifest: SqliteManifest, tmp_path: Path) -> None:
    steps = {FORMAT: "CREATE TABLE one (a);", FORMAT + 1: "INSERT INTO two VALUES (5);"}
    with pytest.raises(sqlite3.OperationalError, match="no such table: two"):
        upgrade(tmp_path, steps, FORMAT + 2)
    with sqlite3.connect(tmp_path / NAME) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'one'").fetchall()
    connection.close()
    assert tables == []
    assert SqliteManifest(tmp_path).settings == Settings()


def test_a_second_writer_that_waited_long_enough_says_that_the_log_is_busy(
    manifest: SqliteManifest, tmp_path: Path
) -> None:
    impatient = SqliteManifest(tmp_path, busy_seconds=0.05)
    with manifest.changing(NOW):
        for writing in (
            lambda: impatient.changing(NOW).__enter__(),
            lambda: impatient.forget(["tail/1"]),
            lambda: impatient.publish("november"),
            lambda: impatient.add_vocabulary("own.yaml", "kinds"),
        ):
            with pytest.raises(LogBusyError, match="Another process is writing to the log"):
                writing()
    impatient.publish("november")
    assert impatient.published()


def test_a_writer_whom_a_reader_holds_up_at_the_end_has_changed_nothing(
    manifest: SqliteManifest, tmp_path: Path
) -> None:
    writer = SqliteManifest(tmp_path, busy_seconds=0.05)
    reader = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM files").fetchall()
    with pytest.raises(LogBusyError), writer.changing(NOW) as change:
        change.add(FILE)
    reader.close()
    assert writer.files(TAIL) == []
    with writer.changing(NOW) as change:
        change.add(FILE)
    assert writer.files(TAIL) == [FILE]


def test_a_log_that_cannot_be_written_says_why(manifest: SqliteManifest) -> None:
    with manifest.changing(NOW), pytest.raises(LogUnwritableError, match="transaction"):
        manifest.changing(NOW).__enter__()


def test_what_a_crash_left_of_a_manifest_does_not_stop_a_new_log(tmp_path: Path) -> None:
    (tmp_path / DRAFT).write_bytes(b"half")
    log = EventLog.create(tmp_path)
    assert log.snapshot is None
    assert not (tmp_path / DRAFT).exists()
    with pytest.raises(LogExistsError):
        EventLog.create(tmp_path)


def test_a_copy_is_a_manifest_of_its_own(manifest: SqliteManifest, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with manifest.changing(NOW) as change:
        change.add(FILE)
    manifest.copy_to(tmp_path / "copy")
    manifest.close()
    assert SqliteManifest(tmp_path / "copy").files(TAIL) == [FILE]
