from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from credence import EventLog, import_rows
from credence.errors import LogDamagedError, LogExistsError, PersonNotFoundError
from credence.events.manifest import KEYS, SEALED, TAIL
from credence.events.scratch import PLACE
from credence.events.upkeep import Condition, back_up, bucket_groups, check, compact, erase, restore
from tests.world import NOW, Row, event, record

LATE = NOW + timedelta(days=1)
PEOPLE = ["ana", "ben", "chloe", "dan", "eve 张"]


def bill(event_id: str, person_id: str = "ana", **said: object) -> Row:
    return event("bill.paid", "2026-10-01", event_id, person_id, **({"days_late": 0} | said))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of three batches about five people, the second compacted with the first."""
    log = EventLog.create(tmp_path_factory.mktemp("template") / "log")
    record(log, *(bill(f"{p} 1", p) for p in PEOPLE))
    record(log, *(bill(f"{p} 2", p, amount=5, currency="CNY") for p in PEOPLE))
    compact(log, NOW)
    record(log, *(bill(f"{p} 3", p, counterparty="Grid") for p in PEOPLE))
    return log.folder


@pytest.fixture
def full(template: Path, tmp_path: Path) -> EventLog:
    return EventLog.open(copytree(template, tmp_path / "full"))


def paths(log: EventLog, *roles: str) -> set[str]:
    return {file.path for file in log.manifest.files(*(roles or (TAIL, SEALED, KEYS)))}


def on_disk(log: EventLog) -> set[str]:
    found = [path for role in (TAIL, SEALED, KEYS) for path in (log.folder / role).glob("*")]
    return {path.relative_to(log.folder).as_posix() for path in found}


def rows(log: EventLog) -> list[tuple[object, ...]]:
    return sorted(log.reader().execute(log.relation()).fetchall(), key=repr)


def test_compacting_changes_no_answer(full: EventLog) -> None:
    before, events = rows(full), {p: full.events_of(p) for p in PEOPLE}
    assert compact(full, LATE) == len(PEOPLE)
    assert rows(full) == before
    assert {p: full.events_of(p) for p in PEOPLE} == events


def test_compacting_leaves_one_sealed_file_a_bucket_and_one_file_of_keys(full: EventLog) -> None:
    compact(full, LATE)
    assert paths(full, TAIL) == set()
    assert len(paths(full, KEYS)) == 1
    buckets = [file.bucket for file in full.manifest.files(SEALED)]
    assert len(buckets) == len(set(buckets)) == len({full.events_of(p)[0]["bucket"] for p in PEOPLE})


def test_compacting_a_log_without_a_tail_does_nothing(log: EventLog, full: EventLog) -> None:
    assert compact(log, NOW) == 0
    compact(full, LATE)
    snapshot, files = full.snapshot, paths(full)
    assert compact(full, LATE) == 0
    assert (full.snapshot, paths(full)) == (snapshot, files)


def test_compacting_says_how_far_it_is(log: EventLog) -> None:
    told: list[tuple[int, int]] = []
    record(log, bill("1"))
    compact(log, NOW, lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]


def test_what_is_known_stays_known_after_compacting(full: EventLog) -> None:
    compact(full, LATE)
    report = import_rows(full, [bill("ana 1"), bill("ana 2"), bill("ana 4")], LATE)
    assert [report.total(name) for name in ("accepted", "repeated", "conflicts")] == [1, 1, 1]


def test_replaced_files_stay_for_readers_until_the_next_compact(log: EventLog) -> None:
    record(log, bill("1"))
    reading = log.relation(["event_id"])
    before = on_disk(log)
    compact(log, NOW)
    assert before <= on_disk(log)
    assert set(log.manifest.retired()) == before - paths(log)
    assert log.reader().execute(reading).fetchall() == [("1",)]
    compact(log, NOW)
    assert on_disk(log) == paths(log)


@pytest.mark.parametrize("rows_most", [1, 3, 1000])
def test_groups_of_buckets_cover_every_bucket_once(full: EventLog, rows_most: int) -> None:
    groups = bucket_groups(full, rows_most)
    assert [bucket for group in groups for bucket in group] == list(range(256))
    assert len(groups) == -(-15 // rows_most)


@pytest.mark.parametrize("compacted", [False, True])
def test_an_erased_person_is_in_no_file_of_the_log(log: EventLog, *, compacted: bool) -> None:
    person = "zoe-4711"
    record(log, bill("1", person), bill("2"))
    if compacted:
        compact(log, NOW)
    record(log, bill("3", person, counterparty="Grid"), bill("4", "ben"))
    assert erase(log, person, LATE) == 2
    assert log.events_of(person) == []
    assert [p for p in log.folder.rglob("*") if p.is_file() and person.encode() in p.read_bytes()] == []
    assert on_disk(log) == paths(log)
    assert check(log) == Condition(len(paths(log)), 2)


def test_erasing_one_person_changes_nothing_for_others(full: EventLog) -> None:
    events = {p: full.events_of(p) for p in PEOPLE[1:]}
    erase(full, "ana", LATE)
    assert {p: full.events_of(p) for p in PEOPLE[1:]} == events
    compact(full, LATE)
    assert {p: full.events_of(p) for p in PEOPLE[1:]} == events


def test_snapshots_say_that_someone_was_erased(full: EventLog) -> None:
    erase(full, "ana", LATE)
    assert full.snapshot is not None
    assert (full.snapshot.what, full.snapshot.rows) == ("erase", 3)


def test_events_of_an_erased_person_cannot_be_sent_again(full: EventLog) -> None:
    erase(full, "ana", LATE)
    compact(full, LATE)
    report = import_rows(full, [bill("ana 1"), bill("ana 3", "ben"), bill("ben 1", "ben")], LATE)
    assert [report.total(name) for name in ("accepted", "repeated", "conflicts")] == [0, 1, 2]
    sentence = "this event was erased with its person and is not taken again"
    assert report.sentences == [("event_id", sentence, 2, 1)]
    assert full.events_of("ana") == []


@pytest.mark.parametrize("nobody", ["zoe", "an", "ana' OR 'a' = 'a"])
def test_someone_the_log_does_not_know_cannot_be_erased(log: EventLog, nobody: str) -> None:
    record(log, bill("1"))
    with pytest.raises(PersonNotFoundError, match="Nothing was recorded about person"):
        erase(log, nobody, LATE)
    assert len(log.events_of("ana")) == 1


def test_a_whole_log_has_nothing_to_tell(full: EventLog) -> None:
    told: list[tuple[int, int]] = []
    assert check(full, lambda done, total: told.append((done, total))) == Condition(len(paths(full)), 15)
    assert told[-1] == (len(paths(full)), len(paths(full)))


def test_a_file_with_a_flipped_bit_is_named(full: EventLog) -> None:
    path = min(paths(full, SEALED))
    content = bytearray((full.folder / path).read_bytes())
    content[len(content) // 2] ^= 1
    (full.folder / path).write_bytes(content)
    assert check(full).damage == [f"{path} is not what was written: its hash differs."]


def test_a_missing_file_is_named(full: EventLog) -> None:
    path = min(paths(full, KEYS))
    (full.folder / path).unlink()
    assert check(full).damage == [f"{path} is missing."]


def test_what_interrupted_work_left_is_noted_and_removed_by_the_next_compact(full: EventLog) -> None:
    strays = [f"{KEYS}/half.parquet", f"{TAIL}/000009.draft", f"{PLACE}/abandoned"]
    for path in strays[:2]:
        (full.folder / path).write_bytes(b"half")
    (full.folder / strays[2]).mkdir()
    (full.folder / strays[2] / "scratch.duckdb").write_bytes(b"ana")
    said = "is left from interrupted work; compact removes it."
    assert check(full) == Condition(len(paths(full)), 15, [], [f"{path} {said}" for path in strays])
    compact(full, LATE)
    assert check(full).notes == []
    assert not [path for path in strays if (full.folder / path).exists()]


def test_corrections_of_unknown_events_are_noted(log: EventLog) -> None:
    record(log, bill("1"), bill("2", replaces="1"), bill("3", replaces="9"), bill("4", "ben", retracts="1"))
    said = "of bank corrects or marks an event that is not known of this person; it has no effect."
    assert check(log).notes == [f"3 {said}", f"4 {said}"]


def test_a_backup_is_a_log_of_its_own(full: EventLog, tmp_path: Path) -> None:
    before = rows(full)
    assert back_up(full, tmp_path / "backup") == len(paths(full))
    erase(full, "ana", LATE)
    copy = EventLog.open(tmp_path / "backup")
    assert rows(copy) == before
    assert check(copy) == Condition(len(paths(copy)), 15)


def test_a_restored_log_goes_on_where_the_backup_was_made(full: EventLog, tmp_path: Path) -> None:
    count = back_up(full, tmp_path / "backup")
    assert restore(tmp_path / "backup", tmp_path / "again") == count
    again = EventLog.open(tmp_path / "again")
    assert rows(again) == rows(full)
    assert again.manifest.snapshots() == full.manifest.snapshots()
    assert import_rows(again, [bill("ana 1"), bill("new")], LATE).total("accepted") == 1
    compact(again, LATE)
    assert check(again).damage == check(again).notes == []


def test_a_log_may_be_compacted_and_backed_up_while_it_is_imported(log: EventLog, tmp_path: Path) -> None:
    def imports() -> None:
        other = EventLog.open(log.folder)
        for number in range(3):
            record(other, bill(f"{number}"))

    with ThreadPoolExecutor(1) as pool:
        importing, backups = pool.submit(imports), 0
        while not importing.done():
            compact(log, NOW)
            back_up(log, tmp_path / f"backup {backups}")
            backups += 1
        importing.result()
    for number in range(backups):
        copy = EventLog.open(tmp_path / f"backup {number}")
        assert check(copy).damage == []
        assert check(copy).events == len(copy.events_of("ana"))
    assert check(log).damage == []
    assert len(log.events_of("ana")) == 3


def test_a_backup_is_never_made_over_something_else(log: EventLog, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "photo.jpg").touch()
    with pytest.raises(LogExistsError):
        back_up(log, tmp_path / "backup")
    with pytest.raises(LogExistsError):
        restore(log.folder, tmp_path / "backup")


@pytest.mark.parametrize(("damage", "sentence"), [("missing", "is missing"), ("torn", "its hash differs")])
def test_a_damaged_log_is_not_backed_up_as_if_it_were_whole(
    full: EventLog, tmp_path: Path, damage: str, sentence: str
) -> None:
    path = full.folder / min(paths(full, TAIL))
    path.unlink()
    if damage == "torn":
        path.write_bytes(b"torn")
    with pytest.raises(LogDamagedError, match=f"{path.name} .*{sentence}"):
        back_up(full, tmp_path / "backup")


def test_half_a_backup_is_not_restored_as_if_it_were_whole(full: EventLog, tmp_path: Path) -> None:
    back_up(full, tmp_path / "backup")
    (tmp_path / "backup" / min(paths(full, KEYS))).unlink()
    with pytest.raises(LogDamagedError, match="is missing"):
        restore(tmp_path / "backup", tmp_path / "again")
