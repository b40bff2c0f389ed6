"""What every manifest must do; another one than SQLite's joins the parameters of `manifest`."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from credence.events.manifest import KEYS, SEALED, TAIL, LogFile, Manifest, Settings, Snapshot, silent
from credence.events.sqlite_manifest import SqliteManifest
from tests.world import NOW

MANIFESTS = {"sqlite": SqliteManifest.create}
SETTINGS = Settings(buckets=512, timezone="Asia/Shanghai", bureau="the bureau")


@pytest.fixture(params=MANIFESTS)
def manifest(request: pytest.FixtureRequest, tmp_path: Path) -> Manifest:
    return MANIFESTS[request.param](tmp_path, SETTINGS)


def file(path: str, role: str = TAIL, bucket: int | None = None) -> LogFile:
    return LogFile(path, role, 3, "a" * 64, ("person_id", "kind"), bucket)


def add(manifest: Manifest, *files: LogFile, now: datetime = NOW) -> None:
    with manifest.changing(now) as change:
        for one in files:
            change.add(one)


def test_settings_are_those_the_log_was_made_with(manifest: Manifest) -> None:
    assert manifest.settings == SETTINGS


def test_a_new_manifest_names_nothing(manifest: Manifest) -> None:
    assert manifest.files(TAIL, SEALED, KEYS) == []
    assert (manifest.snapshots(), manifest.retired(), manifest.vocabularies()) == ([], [], [])
    assert not manifest.published()


def test_files_come_back_as_they_were_added_oldest_first(manifest: Manifest) -> None:
    add(manifest, file("tail/2"))
    add(manifest, file("tail/1"), file("sealed/7", SEALED, 7), file("keys/1", KEYS))
    assert manifest.files(TAIL, SEALED) == [file("tail/2"), file("sealed/7", SEALED, 7), file("tail/1")]
    assert manifest.files(KEYS) == [file("keys/1", KEYS)]
    assert manifest.files() == []


def test_a_removed_file_is_retired_until_it_is_forgotten(manifest: Manifest) -> None:
    add(manifest, file("tail/1"), file("tail/2"))
    with manifest.changing(NOW) as change:
        change.remove("tail/1")
    assert manifest.files(TAIL) == [file("tail/2")]
    assert manifest.retired() == ["tail/1"]
    manifest.forget(["tail/1", "tail/2"])
    assert manifest.retired() == []
    assert manifest.files(TAIL) == [file("tail/2")]


def test_a_change_makes_one_snapshot_with_what_it_did(manifest: Manifest) -> None:
    with manifest.changing(NOW) as change:
        assert change.snapshot == 1
        change.describe("import", 5)
    with manifest.changing(NOW + timedelta(hours=1)) as change:
        pass
    at = NOW.replace(tzinfo=None)
    expected = [Snapshot(1, at, "import", 5), Snapshot(2, at + timedelta(hours=1), "change", 0)]
    assert manifest.snapshots() == expected


def test_a_change_that_raises_changes_nothing(manifest: Manifest) -> None:
    def fail() -> None:
        with manifest.changing(NOW) as change:
            change.add(file("tail/1"))
            change.describe("import", 1 // 0)

    with pytest.raises(ZeroDivisionError):
        fail()
    assert manifest.files(TAIL) == []
    assert manifest.snapshots() == []


def test_a_cancelled_change_changes_nothing(manifest: Manifest) -> None:
    with manifest.changing(NOW) as change:
        change.add(file("tail/1"))
        change.cancel()
    assert manifest.files(TAIL) == []
    assert manifest.snapshots() == []


def test_a_change_sees_itself(manifest: Manifest) -> None:
    with manifest.changing(NOW) as change:
        change.add(file("tail/1"))
        assert manifest.files(TAIL) == [file("tail/1")]


def test_instants_are_kept_in_utc(manifest: Manifest) -> None:
    add(manifest, now=datetime(2026, 11, 6, 1, 30, tzinfo=timezone(timedelta(hours=8))))
    assert manifest.snapshots()[0].made_at == datetime(2026, 11, 5, 17, 30, tzinfo=UTC).replace(tzinfo=None)


def test_snapshots_are_later_than_all_before_even_if_the_clock_goes_back(manifest: Manifest) -> None:
    for now in (NOW, NOW - timedelta(days=3), NOW, NOW + timedelta(seconds=1)):
        add(manifest, now=now)
    instants = [snapshot.made_at for snapshot in manifest.snapshots()]
    assert instants == sorted(set(instants))
    assert instants[-1] == (NOW + timedelta(seconds=1)).replace(tzinfo=None)


def test_a_run_once_published_stays_published(manifest: Manifest) -> None:
    manifest.publish("november")
    manifest.publish("november")
    assert manifest.published()


def test_every_vocabulary_ever_added_stays_in_its_order(manifest: Manifest) -> None:
    for name, text in (("own.yaml", "b"), ("own.yaml", "a"), ("other.yaml", "c"), ("own.yaml", "b")):
        manifest.add_vocabulary(name, text)
    assert manifest.vocabularies() == [("own.yaml", "b"), ("own.yaml", "a"), ("other.yaml", "c")]


def test_silence_is_a_progress_report_too(manifest: Manifest) -> None:
    silent(1, 2)
    assert manifest.snapshots() == []
