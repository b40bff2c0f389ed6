import math
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence import EventLog
from credence.events.manifest import KEYS, TAIL, LogFile
from credence.events.merging import ROWS_MERGED_MOST, taken_in
from credence.events.upkeep import check, compact, erase
from tests.world import NOW, event, record

BATCHES = 11


def files_of(*rows: int) -> list[LogFile]:
    return [LogFile(f"tail/{n}", TAIL, count, "", ()) for n, count in enumerate(rows)]


def sizes_after(batches: list[int]) -> list[int]:
    """The rows of each file after batches of so many rows."""
    sizes: list[int] = []
    for rows in batches:
        taken = taken_in(files_of(*sizes), rows)
        sizes = [*sizes[: len(sizes) - len(taken)], rows + sum(file.rows for file in taken)]
    return sizes


def bill(number: int, person: str = "ana") -> dict[str, object]:
    return event("bill.paid", f"2026-10-{number + 1:02d}", f"{person} {number}", person, days_late=number)


def filled(folder: Path) -> EventLog:
    """A log of batches of a bill of Ana's and a bill of Ben's."""
    log = EventLog.create(folder)
    for number in range(BATCHES):
        record(log, bill(number), bill(number, "ben"), now=NOW + timedelta(seconds=number))
    return log


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> EventLog:
    return filled(tmp_path_factory.mktemp("batches") / "log")


def bills(log: EventLog, person: str = "ana") -> list[object]:
    return [one["days_late"] for one in log.events_of(person)]


def test_a_file_takes_in_those_before_it_that_are_no_larger() -> None:
    assert [file.rows for file in taken_in(files_of(9, 4, 2, 1), 1)] == [4, 2, 1]
    assert taken_in(files_of(9, 4), 3) == []
    assert taken_in([], 3) == []


def test_large_files_stay_as_they_are() -> None:
    half = ROWS_MERGED_MOST // 2
    assert taken_in(files_of(half), half) == files_of(half)
    assert taken_in(files_of(half + 1), half + 1) == []


@given(st.integers(1, 3000))
def test_equal_batches_leave_no_more_files_than_their_number_has_binary_digits(batches: int) -> None:
    sizes = sizes_after([1] * batches)
    assert len(sizes) <= math.log2(batches) + 1
    assert sum(sizes) == batches


@given(st.lists(st.integers(1, 60_000), max_size=200))
def test_no_row_is_lost_and_small_files_shrink_towards_the_newest(batches: list[int]) -> None:
    sizes = sizes_after(batches)
    assert sum(sizes) == sum(batches)
    assert all(older > newer or older + newer > ROWS_MERGED_MOST for older, newer in pairwise(sizes))


def test_many_batches_make_few_files_and_every_event_is_read_once(batches: EventLog) -> None:
    for role in (TAIL, KEYS):
        assert [file.rows for file in batches.manifest.files(role)] == [16, 4, 2]
    assert bills(batches) == bills(batches, "ben") == list(range(BATCHES))
    assert check(batches).damage == []


def test_a_snapshot_before_files_were_merged_can_still_be_read(batches: EventLog) -> None:
    for count, snapshot in enumerate(batches.manifest.snapshots(), start=1):
        known = batches.events_of("ana", snapshot.made_at)
        assert [one["batch"] for one in known] == list(range(1, count + 1))


def test_what_was_sent_before_files_were_merged_is_known_for_ever(batches: EventLog) -> None:
    again = record(batches, *map(bill, range(BATCHES)), now=NOW + timedelta(days=1))
    assert (again.total("accepted"), again.total("repeated")) == (0, BATCHES)


def test_files_with_other_columns_are_merged(tmp_path: Path) -> None:
    log = EventLog.create(tmp_path / "log")
    record(log, bill(1))
    record(log, event("payment.settled", "2026-10-03", "2", amount=500, currency="EUR"))
    assert len(log.manifest.files(TAIL)) == 1
    late, paid = log.events_of("ana")
    assert (late["days_late"], "amount" in late) == (1, False)
    assert (paid["amount"], "days_late" in paid) == (500, False)


def test_a_reader_may_finish_with_files_that_were_merged_right_before_compacting(tmp_path: Path) -> None:
    log = EventLog.create(tmp_path / "log")
    record(log, bill(1))
    reading, read = log.relation(["days_late"]), log.manifest.files(TAIL)[0].path
    record(log, bill(2))
    assert log.manifest.retired()[0] == read
    compact(log, NOW)
    assert log.reader().execute(reading).fetchall() == [(1,)]
    compact(log, NOW)
    assert not (log.folder / read).exists()


def test_an_erased_person_is_in_no_file_that_was_merged(tmp_path: Path) -> None:
    log = filled(tmp_path / "log")
    assert erase(log, "ana", NOW + timedelta(days=1)) == BATCHES
    assert [path for path in log.folder.rglob("*.parquet") if b"ana" in path.read_bytes()] == []
    assert bills(log, "ben") == list(range(BATCHES))
