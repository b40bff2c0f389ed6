import csv
import json
import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, import_file, import_rows
from credence.errors import BackfillError, LogBusyError, MomentError
from credence.events.batches import ImportOptions
from credence.events.chunks import Outcome, Receipt
from credence.events.manifest import KEYS, SEALED, TAIL
from credence.events.sqlite_manifest import SqliteManifest
from credence.events.upkeep import Condition, check, compact
from tests.forks import FORKS, command
from tests.world import NOW, Row, event, record

LATE = NOW + timedelta(days=1)
SAID = {
    "furnisher": "bank",
    "event_id": "1",
    "person_id": "ana",
    "kind": "bill.paid",
    "occurred_at": "2026-10-01T10:00:00Z",
    "days_late": "5",
    "amount": "100",
    "currency": "CNY",
    "due_date": "2026-09-30",
}


def bill(event_id: str, person_id: str = "ana", days_late: int = 0, **said: object) -> Row:
    return event("bill.paid", "2026-10-01", event_id, person_id, days_late=days_late, **said)


def counts(log: EventLog, rows: list[Row]) -> list[int]:
    report = import_rows(log, rows, LATE)
    return [report.total(name) for name in ("accepted", "repeated", "conflicts", "rejected")]


def write_csv(folder: Path, said: dict[str, str]) -> Path:
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([said.keys(), said.values()])
    return folder / "events.csv"


def write_lines(folder: Path, said: dict[str, str]) -> Path:
    numbers = {"days_late": 5, "amount": 100.0}
    (folder / "events.jsonl").write_text(json.dumps(said | numbers) + "\n", encoding="utf-8")
    return folder / "events.jsonl"


def write_parquet(folder: Path, said: dict[str, str]) -> Path:
    types = {"occurred_at": "TIMESTAMPTZ", "days_late": "DOUBLE", "amount": "BIGINT", "due_date": "DATE"}
    columns = ", ".join(f"CAST('{said[n]}' AS {types.get(n, 'VARCHAR')}) AS {n}" for n in said)
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT {columns}) TO '{folder / 'events.parquet'}' (FORMAT parquet)")
    return folder / "events.parquet"


WAYS: list[Callable[[Path, dict[str, str]], Path]] = [write_csv, write_lines, write_parquet]


@pytest.mark.parametrize("first", WAYS)
def test_the_same_content_in_another_form_is_the_same(
    log: EventLog, tmp_path: Path, first: Callable[[Path, dict[str, str]], Path]
) -> None:
    assert import_file(log, first(tmp_path, SAID), NOW).total("accepted") == 1
    otherwise = SAID | {"occurred_at": "2026-10-01T12:00:00+02:00", "days_late": "+5.0"}
    backwards = dict(reversed(otherwise.items()))
    for way in WAYS:
        report = import_file(log, way(tmp_path, backwards), NOW)
        assert (report.total("repeated"), report.sentences) == (1, []), way


@pytest.mark.parametrize(
    "change",
    [
        {"person_id": "ben"},
        {"kind": "bill.unpaid", "due_date": "2026-09-01"},
        {"occurred_at": "2026-10-02"},
        {"occurred_at": "2026-10-01T00:00:00Z"},
        {"days_late": 1},
        {"counterparty": "Grid"},
        {"amount": 0, "currency": "CNY"},
        {"reported_at": "2026-10-02"},
        {"replaces": "0"},
        {"retracts": "0"},
    ],
    ids=repr,
)
def test_other_content_under_a_known_id_is_a_conflict(log: EventLog, change: dict[str, object]) -> None:
    record(log, bill("1"))
    report = import_rows(log, [bill("1") | change], LATE)
    assert (report.total("accepted"), report.total("conflicts")) == (0, 1)
    assert "already sent this event_id with other content" in report.sentences[0][1]
    assert len(log.events_of("ana")) == 1


def test_the_same_event_again_changes_nothing(log: EventLog) -> None:
    rows = [bill("1"), bill("2", "ben")]
    assert counts(log, [*rows, *rows]) == [2, 2, 0, 0]
    snapshot = log.snapshot
    assert counts(log, rows) == [0, 2, 0, 0]
    compact(log, NOW)
    assert counts(log, rows) == [0, 2, 0, 0]
    assert len(log.events_of("ana")) == len(log.events_of("ben")) == 1
    assert snapshot == log.manifest.snapshots()[0]


def test_within_a_file_the_first_of_two_contents_stays(log: EventLog) -> None:
    rows = [bill("1", days_late=days) for days in (1, 2, 1)]
    assert counts(log, rows) == [1, 1, 1, 0]
    assert log.events_of("ana")[0]["days_late"] == 1


def test_another_furnisher_may_use_the_same_id(log: EventLog) -> None:
    assert counts(log, [bill("1"), bill("1") | {"furnisher": "shop"}]) == [2, 0, 0, 0]


def test_a_refused_row_may_be_sent_again_once_it_is_right(log: EventLog) -> None:
    assert counts(log, [bill("1") | {"days_late": "some"}]) == [0, 0, 0, 1]
    assert counts(log, [bill("1")]) == [1, 0, 0, 0]


def test_an_import_of_nothing_new_makes_no_snapshot(log: EventLog) -> None:
    report = import_rows(log, [bill("1") | {"kind": "bill.payed"}], NOW)
    assert [receipt.batch for receipt in report.receipts] == [None]
    assert log.snapshot is None
    assert import_rows(log, [], NOW).receipts == []


def test_every_batch_is_acknowledged_once_it_is_safe(log: EventLog, tmp_path: Path) -> None:
    path, told = write_csv(tmp_path, SAID), list[Receipt]()
    progress: list[tuple[int, int]] = []

    def acknowledge(receipt: Receipt) -> None:
        assert len(EventLog.open(log.folder).events_of("ana")) == 1
        told.append(receipt)

    report = import_file(log, path, NOW, None, acknowledge, lambda *done: progress.append(done))
    assert told == report.receipts == [Receipt(1, 1, 0, 0, 0)]
    assert progress[-1] == (1, 1)


def test_rejects_are_written_only_where_and_when_there_are_some(log: EventLog, tmp_path: Path) -> None:
    told = tmp_path / "rejects.csv"
    good, bad = write_csv(tmp_path, SAID), tmp_path / "bad.csv"
    bad.write_text("furnisher,event_id\nbank,1\n", encoding="utf-8")
    assert import_file(log, good, NOW, ImportOptions(rejects=told)).rejects is None
    assert import_file(log, bad, NOW).rejects is None
    assert not told.exists()
    assert import_file(log, bad, NOW, ImportOptions(rejects=told)).rejects == told
    assert told.exists()


def test_what_is_said_most_often_comes_first(log: EventLog) -> None:
    rows = [bill("1") | {"kind": "a.b"}, bill("2") | {"days_late": "x"}, bill("3") | {"days_late": "y"}]
    sentences = import_rows(log, rows, NOW).sentences
    assert sentences[0] == ("days_late", "days_late must be a whole number", 2, 2)
    assert sentences[1] == ("kind", "there is no kind 'a.b' in the vocabulary", 1, 1)


def test_what_becomes_of_each_row_is_told_beforehand_and_afterwards(log: EventLog) -> None:
    import_rows(log, [bill("1"), bill("2")], NOW)
    rows = [bill("3"), bill("1"), bill("2", days_late=9), bill("4") | {"days_late": "x", "amount": "y"}]
    before = log.snapshot
    dry = import_rows(log, rows, LATE, ImportOptions(each=True, dry=True))
    assert log.snapshot == before
    report = import_rows(log, rows, LATE, ImportOptions(each=True))
    assert dry.outcomes == report.outcomes
    told = [report.outcome(number) for number in range(1, 5)]
    assert [one.verdict for one in told] == ["accepted", "repeated", "conflict", "rejected"]
    assert told[:2] == [Outcome(), Outcome("repeated")]
    assert [{field for field, _ in one.faults} for one in told[2:]] == [{"event_id"}, {"days_late", "amount"}]
    assert [dry.total(name) for name in ("accepted", "repeated", "conflicts", "rejected")] == [1, 1, 1, 1]


def test_history_keeps_its_own_instants(log: EventLog, tmp_path: Path) -> None:
    path = write_csv(tmp_path, SAID | {"recorded_at": "2026-10-02T10:00:00Z"})
    import_file(log, path, NOW, ImportOptions(backfill=True))
    assert str(log.events_of("ana")[0]["recorded_at"]) == "2026-10-02 10:00:00"


def test_history_does_not_enter_a_log_from_which_scores_were_published(log: EventLog, tmp_path: Path) -> None:
    log.manifest.publish("november")
    with pytest.raises(BackfillError, match="has a published run"):
        import_file(log, write_csv(tmp_path, SAID), NOW, ImportOptions(backfill=True))
    assert import_file(log, write_csv(tmp_path, SAID), NOW).total("accepted") == 1


def test_times_in_an_unknown_zone_cannot_be_read(log: EventLog, tmp_path: Path) -> None:
    with pytest.raises(MomentError, match="The time zone is 'Mars/Olympus'"):
        import_file(log, write_csv(tmp_path, SAID), NOW, ImportOptions(timezone="Mars/Olympus"))


def test_an_import_into_a_busy_log_says_so_and_leaves_nothing_behind(log: EventLog) -> None:
    impatient = EventLog.open(log.folder, SqliteManifest(log.folder, busy_seconds=0.05))
    with log.manifest.changing(NOW) as change:
        with pytest.raises(LogBusyError):
            import_rows(impatient, [bill("1")], NOW)
        change.cancel()
    assert check(log).notes == []
    assert counts(impatient, [bill("1")]) == [1, 0, 0, 0]


def test_a_batch_is_one_file_of_events_and_one_of_keys(log: EventLog) -> None:
    record(log, *(bill(str(number)) for number in range(3)))
    assert [(file.role, file.rows) for file in log.manifest.files(TAIL, KEYS)] == [(KEYS, 3), (TAIL, 3)]


def test_two_writers_at_once_both_land(log: EventLog) -> None:
    def imports(furnisher: str) -> list[int | None]:
        own = EventLog.open(log.folder)
        reports = [record(own, bill(str(number)) | {"furnisher": furnisher}) for number in range(3)]
        return [receipt.batch for report in reports for receipt in report.receipts]

    with ThreadPoolExecutor(2) as pool:
        batches = [number for numbers in pool.map(imports, ("bank", "shop")) for number in numbers]
    assert sorted(batches, key=str) == [1, 2, 3, 4, 5, 6]
    assert len(log.events_of("ana")) == 6
    assert check(log).damage == []


events = st.builds(
    bill,
    st.integers(0, 9).map(str),
    st.sampled_from(["ana", "ben"]),
    counterparty=st.sampled_from([None, "Grid", "it's 电网 \u2028"]),
)
COMPACT = "compact"
steps = st.lists(st.lists(events, min_size=1, max_size=6) | st.just(COMPACT), min_size=1, max_size=5)


@settings(max_examples=7)
@given(steps=steps)
def test_whatever_is_sent_and_compacted_the_log_holds_the_first_of_each_event(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[Row] | str]
) -> None:
    log, first = EventLog.create(tmp_path_factory.mktemp("logs") / "log"), dict[object, Row]()
    for step in steps:
        if isinstance(step, str):
            compact(log, NOW)
            continue
        accepted = repeated = 0
        for row in step:
            accepted += row["event_id"] not in first
            repeated += first.setdefault(row["event_id"], row) == row
        assert counts(log, step) == [accepted, repeated - accepted, len(step) - repeated, 0]
    found = [event for person in ("ana", "ben") for event in log.events_of(person)]
    said = {event["event_id"]: (event["person_id"], event.get("counterparty")) for event in found}
    assert len(found) == len(first)
    assert said == {key: (row["person_id"], row["counterparty"]) for key, row in first.items()}
    assert check(log).damage == []


@settings(max_examples=6)
@given(
    rows=st.lists(events, min_size=1, max_size=8, unique_by=lambda row: row["event_id"]), chance=st.randoms()
)
def test_events_are_the_same_in_any_order_and_however_often_they_are_sent(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], chance: random.Random
) -> None:
    log = EventLog.create(tmp_path_factory.mktemp("logs") / "log")
    shuffled = rows + chance.choices(rows, k=3)
    chance.shuffle(shuffled)
    middle = chance.randint(0, len(shuffled))
    sent = [counts(log, part) for part in (shuffled[:middle], shuffled[middle:]) if part]
    assert [sum(column) for column in zip(*sent, strict=True)] == [len(rows), 3, 0, 0]
    found = [event for person in ("ana", "ben") for event in log.events_of(person)]
    assert sorted(str(event["event_id"]) for event in found) == sorted(str(row["event_id"]) for row in rows)


ROUNDS, PARTS, ROWS = 20, 3, 500
HEADING = "furnisher,event_id,person_id,kind,occurred_at,days_late\n"


def write_file(folder: Path, number: int) -> tuple[Path, list[str]]:
    """A file of as many batches as it has furnishers."""
    furnishers = [f"{number}-{part}" for part in range(PARTS)]
    row = "{name},{n},person {n},bill.paid,2026-10-01,0\n"
    rows = (row.format(name=name, n=n) for name in furnishers for n in range(ROWS))
    path = folder / f"{number}.csv"
    path.write_text(HEADING + "".join(rows), encoding="utf-8")
    return path, furnishers


def import_until_killed(log: EventLog, path: Path, chance: random.Random) -> list[str]:
    """Import a file in several batches, and be killed at some moment; return what was acknowledged."""
    words = ["events", "import", str(path), "--log", str(log.folder), "--rows-a-batch", str(ROWS)]
    pipe = path.with_suffix(".pipe")
    os.mkfifo(pipe)
    process = FORKS.Process(target=command, args=(words, path.parent, pipe))
    process.start()
    with pipe.open(encoding="utf-8") as said:
        lines = [said.readline() for _ in range(chance.randrange(PARTS))]
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        lines += said
    process.join()
    return [line for line in lines if line.startswith("Batch ")]


def events_by_file(log: EventLog) -> dict[str, int]:
    """How many events of each file the log holds; of every event once."""
    query = "SELECT furnisher, count(*), count(DISTINCT event_id) FROM ({}) GROUP BY furnisher"
    found = log.reader().execute(query.format(log.relation(["furnisher", "event_id"]))).fetchall()
    assert all(rows == different for _, rows, different in found)
    return {name: rows for name, rows, _ in found}


def test_whatever_was_acknowledged_is_safe_when_the_import_is_killed(log: EventLog, tmp_path: Path) -> None:
    chance, everything = random.Random(23), list[Path]()
    for number in range(ROUNDS):
        path, furnishers = write_file(tmp_path, number)
        acknowledged = import_until_killed(log, path, chance)
        everything.append(path)
        held = [events_by_file(log).get(name, 0) for name in furnishers]
        assert set(held) <= {0, ROWS}
        assert held[: len(acknowledged)] == [ROWS] * len(acknowledged)
        assert check(log).damage == []
    whole = tmp_path / "everything.csv"
    texts = [path.read_text(encoding="utf-8") for path in everything]
    whole.write_text(HEADING + "".join(text.removeprefix(HEADING) for text in texts), encoding="utf-8")
    assert import_file(log, whole, NOW).sentences == []
    names = [f"{number}-{part}" for number in range(ROUNDS) for part in range(PARTS)]
    assert events_by_file(log) == dict.fromkeys(names, ROWS)
    compact(log, NOW)
    assert check(log) == Condition(len(log.manifest.files(SEALED, KEYS)), len(names) * ROWS)


def test_a_big_file_is_acknowledged_in_parts_that_know_of_each_other(log: EventLog, tmp_path: Path) -> None:
    path, told = tmp_path / "events.parquet", list[Receipt]()
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'bank' AS furnisher, CAST(range % 1000000 AS VARCHAR) AS event_id, "
            "'ana' AS person_id, 'bill.paid' AS kind, DATE '2026-10-01' AS occurred_at, "
            f"range // 1000001 AS days_late FROM range(1000002)) TO '{path}' (FORMAT parquet)"
        )
    import_file(log, path, NOW, None, told.append)
    assert told == [Receipt(1, 1_000_000, 0, 0, 0), Receipt(None, 0, 1, 1, 0)]
    assert [file.rows for file in log.files()] == [1_000_000]
