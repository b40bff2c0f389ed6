import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from credence import EventLog, import_file
from credence.errors import (
    DefinitionError,
    LogDamagedError,
    LogExistsError,
    LogNotFoundError,
    LogUnwritableError,
    MomentError,
)
from credence.events.batches import ImportOptions
from credence.events.keys import bucket_of
from credence.events.log import check_zone
from credence.events.manifest import TAIL, Settings, Snapshot
from credence.events.upkeep import check, compact, erase
from tests.world import LATER, NOW, event, record

BOOKS = """
version: 1
fields:
  pages: {type: integer, title: Pages}
kinds:
  book.read: {title: A book was read, context: conduct, speaks: for, required: [pages]}
"""


def utc(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - instants known to the log are UTC


def only(log: EventLog, person_id: str = "ana") -> dict[str, object]:
    (event,) = log.events_of(person_id)
    return event


def test_a_log_is_made_in_a_new_or_empty_folder(tmp_path: Path) -> None:
    EventLog.create(tmp_path / "a" / "log")
    (tmp_path / "empty").mkdir()
    EventLog.create(str(tmp_path / "empty"))
    assert EventLog.open(str(tmp_path / "empty")).manifest.settings == Settings(256, "UTC", "bureau")


@pytest.mark.parametrize("name", ["it's", "a [1] log*", "журнал"])
def test_a_log_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    log = EventLog.create(tmp_path / name)
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    compact(log, NOW)
    record(log, event("bill.paid", "2026-10-02", "2", days_late=0))
    assert len(log.events_of("ana")) == 2
    assert erase(log, "ana", NOW) == 2
    assert check(log).damage == []


def test_a_log_is_never_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(LogExistsError, match="already exists and is not empty"):
        EventLog.create(tmp_path)


def test_a_log_in_an_unknown_time_zone_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(MomentError, match=r"The time zone is 'Mars/Olympus'.* like Europe/Prague"):
        EventLog.create(tmp_path / "log", Settings(timezone="Mars/Olympus"))
    assert not (tmp_path / "log").exists()


def test_a_time_zone_with_a_quote_in_its_name_is_only_unknown() -> None:
    with pytest.raises(MomentError):
        check_zone("O'Higgins")


def test_a_folder_without_a_log_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(LogNotFoundError, match="makes one"):
        EventLog.open(tmp_path)


def test_a_new_log_knows_nobody(log: EventLog) -> None:
    assert log.snapshot is None
    assert log.events_of("ana") == []


def test_an_event_comes_back_with_all_that_was_said_and_no_more(log: EventLog) -> None:
    said = {"days_late": 3, "amount": 1200, "currency": "CNY", "counterparty": "Grid 电网"}
    record(log, event("bill.paid", "2026-10-01T10:00:00+08:00", "1") | said)
    known = {
        "person_id": "ana",
        "kind": "bill.paid",
        "furnisher": "bank",
        "event_id": "1",
        "occurred_at": utc(2026, 10, 1, 2),
        "occurred_on": date(2026, 10, 1),
        "date_only": False,
        "recorded_at": NOW.replace(tzinfo=None),
        "batch": 1,
        "bucket": bucket_of("ana", 256),
    }
    found = only(log)
    assert isinstance(found.pop("event_key"), int)
    assert found == known | said


def test_events_come_oldest_first_and_only_those_of_the_person(log: EventLog) -> None:
    days = ("2026-10-05", "2026-09-01", "2026-10-06T10:00:00Z", "2026-08-01")
    record(log, *(event("bill.paid", day, day, days_late=0) for day in days))
    record(log, event("bill.paid", "2026-09-09", "9", "ben", days_late=0))
    assert [found["event_id"] for found in log.events_of("ana")] == sorted(days)


def test_a_log_reads_as_it_was_known_at_an_instant(log: EventLog) -> None:
    record(log, event("bill.unpaid", "2026-09-01", "1", due_date="2026-08-01"))
    record(log, event("bill.unpaid", "2026-09-02", "2", due_date="2026-08-01"), now=NOW + timedelta(days=1))
    then = NOW.replace(tzinfo=None)
    assert log.events_of("ana", then - timedelta(microseconds=1)) == []
    assert [e["event_id"] for e in log.events_of("ana", then)] == ["1"]
    assert log.events_of("ana", LATER) == log.events_of("ana")


def test_recorded_at_strictly_increases_even_if_the_clock_goes_back(log: EventLog) -> None:
    for number, now in enumerate((NOW, NOW - timedelta(days=9), NOW)):
        record(log, event("bill.paid", "2026-10-01", str(number), days_late=0), now=now)
    instants = [e["recorded_at"] for e in sorted(log.events_of("ana"), key=lambda e: str(e["event_id"]))]
    at = NOW.replace(tzinfo=None)
    assert instants == [at, at + timedelta(microseconds=1), at + timedelta(microseconds=2)]


def test_every_batch_is_a_snapshot(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    record(log, *(event("bill.paid", "2026-10-01", str(n), days_late=0) for n in (2, 3)))
    at = NOW.replace(tzinfo=None)
    first, second = Snapshot(1, at, "import", 1), Snapshot(2, at + timedelta(microseconds=1), "import", 2)
    assert log.manifest.snapshots() == [first, second]
    assert log.snapshot == second


def test_a_day_keeps_its_precision(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    found = only(log)
    assert (found["date_only"], found["occurred_on"]) == (True, date(2026, 10, 1))
    assert found["occurred_at"] == utc(2026, 10, 1)


@pytest.mark.parametrize(
    ("occurred_at", "instant", "day"),
    [
        ("2026-10-01T15:59:59Z", utc(2026, 10, 1, 15, 59, 59), date(2026, 10, 1)),
        ("2026-10-01T16:00:00Z", utc(2026, 10, 1, 16), date(2026, 10, 2)),
        ("2026-10-02T00:30:00+08:00", utc(2026, 10, 1, 16, 30), date(2026, 10, 2)),
        ("2026-10-02", utc(2026, 10, 1, 16), date(2026, 10, 2)),
    ],
)
def test_the_day_of_an_event_is_the_day_in_the_logs_time_zone(
    tmp_path: Path, occurred_at: str, instant: datetime, day: date
) -> None:
    log = EventLog.create(tmp_path / "log", Settings(timezone="Asia/Shanghai"))
    record(log, event("bill.paid", occurred_at, "1", days_late=0))
    found = only(log)
    assert (found["occurred_at"], found["occurred_on"]) == (instant, day)


def test_times_without_an_offset_are_in_the_zone_that_is_given(log: EventLog, tmp_path: Path) -> None:
    lines = ["furnisher,event_id,person_id,kind,occurred_at,days_late"]
    times = ("2026-07-01T10:00:00", "2026-01-01 10:00:00", "2026-03-29T02:30:00", "2025-10-26T02:30:00")
    lines += [f"bank,{time},ana,bill.paid,{time},0" for time in times]
    path = tmp_path / "events.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    import_file(log, path, NOW, ImportOptions(timezone="Europe/Prague"))
    instants = {str(e["event_id"]): e["occurred_at"] for e in log.events_of("ana")}
    assert instants[times[0]] == utc(2026, 7, 1, 8)
    assert instants[times[1]] == utc(2026, 1, 1, 9)
    skipped, twice = instants[times[2]], instants[times[3]]
    assert skipped in (utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1, 30))
    assert twice in (utc(2025, 10, 26, 0, 30), utc(2025, 10, 26, 1, 30))


def test_a_log_opened_again_holds_what_it_held(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    again = EventLog.open(log.folder)
    assert again.events_of("ana") == log.events_of("ana")
    assert again.snapshot == log.snapshot


def test_a_relation_has_only_people_of_its_buckets(log: EventLog) -> None:
    people = [f"person {number}" for number in range(20)]
    record(log, *(event("bill.paid", "2026-10-01", p, p, days_late=0) for p in people))
    record(log, event("bill.paid", "2026-10-02", "late", people[0], days_late=0))
    half = {p for p in people if bucket_of(p, 256) < 128}
    for _ in range(2):
        found = log.reader().execute(log.relation(["person_id"], range(128))).fetchall()
        assert {person for (person,) in found} == half
        compact(log, NOW)


def test_a_column_that_no_file_has_is_null_in_a_relation(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    found = log.reader().execute(log.relation(["event_id", "amount", "due_date"])).fetchall()
    assert found == [("1", None, None)]


def test_an_empty_relation_has_all_columns(log: EventLog) -> None:
    cursor = log.reader().execute(log.relation())
    assert [column[0] for column in cursor.description or ()] == list(log.column_types())
    assert cursor.fetchall() == []


def test_a_log_keeps_the_kinds_its_users_add(log: EventLog, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(BOOKS, encoding="utf-8")
    log.add_vocabulary(path)
    record(log, event("book.read", "2026-10-01", "1", pages=300))
    path.write_text(BOOKS.replace("book", "map"), encoding="utf-8")
    log.add_vocabulary(path)
    again = EventLog.open(log.folder)
    assert {"book.read", "map.read"} <= again.vocabulary.kinds.keys()
    assert again.events_of("ana")[0]["pages"] == 300


def test_a_vocabulary_that_contradicts_the_logs_own_is_not_kept(log: EventLog, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(BOOKS, encoding="utf-8")
    log.add_vocabulary(path)
    path.write_text(BOOKS.replace("integer", "text"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="already has this name with another meaning"):
        log.add_vocabulary(path)
    assert EventLog.open(log.folder).vocabulary == log.vocabulary


@pytest.mark.parametrize("damage", ["missing", "torn"])
def test_a_reader_says_that_a_log_is_damaged(log: EventLog, damage: str) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    path = log.folder / log.manifest.files(TAIL)[0].path
    content = path.read_bytes()
    path.unlink()
    if damage == "torn":
        path.write_bytes(content[:40])
    with pytest.raises(LogDamagedError, match="a file of events is missing or not whole"):
        log.events_of("ana")


def test_another_manifest_may_be_passed_in(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    again = EventLog.open(log.folder, log.manifest)
    assert again.manifest is log.manifest
    assert len(again.events_of("ana")) == 1


def test_a_known_instant_may_carry_its_zone(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    assert len(log.events_of("ana", NOW.astimezone(UTC))) == 1


def test_a_log_is_read_beside_itself_by_other_threads(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))

    def read(_: int) -> int:
        other = log.beside()
        try:
            return len(other.events_of("ana"))
        finally:
            other.close()

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(read, range(40))) == {1}
    record(log, event("bill.paid", "2026-10-02", "2", days_late=0))
    assert read(0) == 2


@pytest.mark.parametrize("read", [False, True])
def test_a_closed_log_holds_nothing_open_and_can_be_opened_again(log: EventLog, *, read: bool) -> None:
    record(log, event("bill.paid", "2026-10-01", "1", days_late=0))
    reader = log.reader() if read else None
    log.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        log.manifest.snapshots()
    if reader is not None:
        with pytest.raises(duckdb.ConnectionException, match="closed"):
            reader.execute("SELECT 1")
    assert len(EventLog.open(log.folder).events_of("ana")) == 1


def test_a_full_disk_is_said_and_any_other_fault_is_told_as_it_is(tmp_path: Path) -> None:
    log = EventLog.create(tmp_path / "log")
    # Where nothing has room, ever.
    with (
        pytest.raises(LogUnwritableError, match="No space left on device"),
        log.workshop() as (connection, _),
    ):
        connection.execute("COPY (SELECT 1) TO '/dev/full'")
    with pytest.raises(duckdb.IOException, match="nowhere"), log.workshop() as (connection, _):
        connection.execute("FROM 'nowhere.parquet'")
