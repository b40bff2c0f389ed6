"""What readers make of torn files is in golden/csv.yaml and golden/json_lines.yaml; here are bigger files."""

import gzip
import json
from pathlib import Path

import duckdb
import pytest

from credence import EventLog, import_file, import_rows
from credence.errors import IntakeError, SourceNotFoundError
from credence.events.batches import ImportOptions, ImportReport, file_rows
from tests.events.goldens import ROW, Golden, goldens, outcome
from tests.world import NOW

HEADINGS = "furnisher,event_id,person_id,kind,occurred_at,days_late\n"
TYPED = """SELECT 'bank' AS furnisher, range::BIGINT AS event_id, 'ana' AS person_id, 'bill.paid' AS kind,
    TIMESTAMPTZ '2026-10-01 10:00:00+02' AS occurred_at, 5.0::DOUBLE AS days_late,
    DATE '2026-09-01' AS due_date, NULL AS service,
    100::DECIMAL(10, 2) AS amount, 'CNY' AS currency, NULL AS "my column"
    FROM range(3)"""


def csv(*event_ids: object) -> str:
    return HEADINGS + "".join(f"bank,{number},ana,bill.paid,2026-10-01,0\n" for number in event_ids)


def line(event_id: object, **said: object) -> str:
    return json.dumps(ROW | {"event_id": str(event_id)} | said) + "\n"


def imported(log: EventLog, path: Path, content: bytes) -> ImportReport:
    path.write_bytes(content)
    return import_file(log, path, NOW, ImportOptions())


def parquet(path: Path, query: str) -> Path:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.mark.parametrize("golden", goldens("csv"))
def test_a_csv_file_gives_its_whole_rows_and_tells_of_the_others(
    golden: Golden, log: EventLog, tmp_path: Path
) -> None:
    assert outcome(log, golden, tmp_path) == golden


@pytest.mark.parametrize("golden", goldens("json_lines"))
def test_a_file_of_json_lines_gives_its_whole_lines_and_tells_of_the_others(
    golden: Golden, log: EventLog, tmp_path: Path
) -> None:
    assert outcome(log, golden, tmp_path) == golden


def test_a_file_that_is_not_there_is_said_to_be_missing(log: EventLog, tmp_path: Path) -> None:
    for path in (tmp_path / "events.csv", tmp_path):
        with pytest.raises(SourceNotFoundError, match="There is no file at"):
            import_file(log, path, NOW)


@pytest.mark.parametrize("name", ["E.CSV", "e.csv.gz", "e.jsonl", "e.ndjson", "e.json", "e.jsonl.gz"])
def test_the_name_of_a_file_says_how_it_is_read(log: EventLog, tmp_path: Path, name: str) -> None:
    content = csv(1, 2).encode() if "csv" in name.lower() else (line(1) + line(2)).encode()
    report = imported(log, tmp_path / name, gzip.compress(content) if name.endswith("gz") else content)
    assert (report.total("accepted"), report.sentences) == (2, [])


@pytest.mark.parametrize("name", ["it's [1] file*.csv", "events; DROP TABLE.jsonl"])
def test_any_name_a_file_can_have_is_read(log: EventLog, tmp_path: Path, name: str) -> None:
    content = csv(1) if name.endswith("csv") else line(1)
    assert imported(log, tmp_path / name, content.encode()).total("accepted") == 1


@pytest.mark.parametrize("name", ["e.csv.gz", "e.jsonl.gz"])
@pytest.mark.parametrize("part", [0.001, 0.5, 0.999])
def test_a_gzip_file_that_breaks_off_is_refused_and_nothing_of_it_is_kept(
    log: EventLog, tmp_path: Path, name: str, part: float
) -> None:
    whole = csv(*range(9999)) if "csv" in name else "".join(line(number) for number in range(9999))
    content = gzip.compress(whole.encode())
    with pytest.raises(IntakeError, match=r"it is not a whole gzip file|it cannot be read as"):
        imported(log, tmp_path / name, content[: int(len(content) * part)])
    assert log.snapshot is None


def test_a_torn_row_in_a_gzip_file_stops_no_other(log: EventLog, tmp_path: Path) -> None:
    content = gzip.compress((csv(1) + "bank,2\n" + csv(3).removeprefix(HEADINGS)).encode())
    report = imported(log, tmp_path / "events.csv.gz", content)
    assert (report.total("accepted"), report.torn) == (2, 1)


@pytest.mark.parametrize("length", [150_000, 5_000_000])
def test_a_huge_cell_stops_no_other_row(log: EventLog, tmp_path: Path, length: int) -> None:
    content = csv(1) + f"bank,{'2' * length},ana,bill.paid,2026-10-01,0\n" + csv(3).removeprefix(HEADINGS)
    report = imported(log, tmp_path / "events.csv", content.encode())
    assert (report.total("accepted"), report.torn + report.total("rejected")) == (2, 1)


@pytest.mark.parametrize("length", [150_000, 5_000_000])
def test_a_huge_line_stops_no_other(log: EventLog, tmp_path: Path, length: int) -> None:
    content = line(1) + line(2, account="x" * length) + line(3)
    report = imported(log, tmp_path / "events.jsonl", content.encode())
    assert (report.total("accepted"), report.torn + report.total("rejected")) == (2, 1)


def test_another_encoding_is_refused_row_by_row(log: EventLog, tmp_path: Path) -> None:
    for name, content in (("e.csv", csv(1, 2)), ("e.jsonl", line(1) + line(2))):
        report = imported(log, tmp_path / name, content.encode("utf-16"))
        assert report.total("accepted") == 0
        assert report.torn + report.total("rejected") > 0


def test_typed_columns_of_parquet_are_read_as_they_are(log: EventLog, tmp_path: Path) -> None:
    report = import_file(log, parquet(tmp_path / "events.parquet", TYPED), NOW)
    assert (report.total("accepted"), report.sentences) == (3, [])
    said = log.events_of("ana")[0]
    assert (said["days_late"], said["amount"], str(said["due_date"])) == (5, 100, "2026-09-01")
    assert (str(said["occurred_at"]), said["date_only"]) == ("2026-10-01 08:00:00", False)


@pytest.mark.parametrize(
    "kind", ["TINYINT", "BIGINT", "UBIGINT", "HUGEINT", "FLOAT", "DECIMAL(5, 1)", "VARCHAR", "JSON"]
)
def test_a_whole_number_of_any_type_is_one(log: EventLog, tmp_path: Path, kind: str) -> None:
    query = f"SELECT * REPLACE (CAST('5' AS {kind}) AS days_late) FROM ({TYPED})"
    assert import_file(log, parquet(tmp_path / "events.parquet", query), NOW).sentences == []
    assert [found["days_late"] for found in log.events_of("ana")] == [5, 5, 5]


def test_a_date_of_parquet_is_a_day(log: EventLog, tmp_path: Path) -> None:
    query = f"SELECT * REPLACE (DATE '2026-10-01' AS occurred_at) FROM ({TYPED})"
    assert import_file(log, parquet(tmp_path / "events.parquet", query), NOW).total("accepted") == 3
    assert {found["date_only"] for found in log.events_of("ana")} == {True}


def test_a_timestamp_without_a_zone_needs_one(log: EventLog, tmp_path: Path) -> None:
    query = f"SELECT * REPLACE (TIMESTAMP '2026-10-01 10:00:00' AS occurred_at) FROM ({TYPED})"
    path = parquet(tmp_path / "events.parquet", query)
    assert import_file(log, path, NOW).total("rejected") == 3
    assert import_file(log, path, NOW, ImportOptions(timezone="Europe/Prague")).total("accepted") == 3
    assert {str(found["occurred_at"]) for found in log.events_of("ana")} == {"2026-10-01 08:00:00"}


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("days_late", "5.5::DOUBLE", "days_late must be a whole number"),
        ("days_late", "'NaN'::DOUBLE", "days_late must be a whole number"),
        ("amount", "10000000000001::BIGINT", "amount must be a whole number of minor units"),
        ("amount", "1.5::DECIMAL(10, 2)", "amount must be a whole number of minor units"),
        ("due_date", "DATE '1899-12-31'", "due_date must be a date since 1900"),
        ("person_id", "NULL", "person_id is missing"),
        ("service", "'steam'", "service must be one of: power"),
        ("my column", "'x'", "'my column' is not a column this vocabulary knows"),
    ],
)
def test_a_value_of_parquet_passes_the_same_checks(
    log: EventLog, tmp_path: Path, column: str, value: str, sentence: str
) -> None:
    query = f'SELECT * REPLACE ({value} AS "{column}") FROM ({TYPED})'
    report = import_file(log, parquet(tmp_path / "events.parquet", query), NOW)
    assert report.total("rejected") == 3
    assert [told.startswith(sentence) for _, told, _, _ in report.sentences] == [True]


@pytest.mark.parametrize("length", [0, 3, 50, -1, -200])
def test_a_parquet_file_that_breaks_off_is_refused(log: EventLog, tmp_path: Path, length: int) -> None:
    path = parquet(tmp_path / "events.parquet", TYPED)
    with pytest.raises(IntakeError, match=r"it cannot be read as Parquet\. Was it written to its end\?"):
        imported(log, path, path.read_bytes()[:length])


def test_a_parquet_file_that_is_damaged_inside_is_refused(log: EventLog, tmp_path: Path) -> None:
    path = parquet(tmp_path / "events.parquet", TYPED.replace("range(3)", "range(9999)"))
    content = bytearray(path.read_bytes())
    content[100:2000] = bytes(1900)
    with pytest.raises(IntakeError, match="its rows cannot be taken to the end"):
        imported(log, path, bytes(content))


@pytest.mark.parametrize("name", ["row", "unknown", "file_row_number", "moment", 'it\'s; "odd"'])
def test_a_column_of_parquet_may_have_any_name(log: EventLog, tmp_path: Path, name: str) -> None:
    column = name.replace('"', '""')
    path = parquet(tmp_path / "events.parquet", f'SELECT *, 7 AS "{column}" FROM ({TYPED})')
    report = import_file(log, path, NOW)
    assert [told for _, told, _, _ in report.sentences] == [f"'{name}' is not a column this vocabulary knows"]


def test_rows_handed_over_in_python_take_the_same_way(log: EventLog) -> None:
    rows: list[dict[str, object]] = [ROW | {"event_id": 1}, ROW | {"event_id": "2\n\x00", "when": {"a": 1}}]
    report = import_rows(log, rows, NOW)
    assert (report.total("accepted"), report.torn) == (1, 1)
    assert {field for field, *_ in report.sentences} == {""}


def test_rows_are_handed_out_some_at_a_time_with_what_is_torn(log: EventLog, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("event_id,colour\na,\ntorn,1,2\nb,red\nc,\n", encoding="utf-8")
    parts = list(file_rows(log, path, ["event_id"], 2))
    assert [[number for number, _ in part] for part in parts] == [[1, 2], [3, 4]]
    rows = dict(row for part in parts for row in part)
    assert rows[2] == "the row has 3 cells where the headings have 2"
    assert [rows[n] for n in (1, 3)] == [
        {"event_id": "a", "unknown": None}, {"event_id": "b", "unknown": "colour"},
    ]  # fmt: skip


def test_rows_of_a_damaged_file_cannot_be_handed_out_to_the_end(log: EventLog, tmp_path: Path) -> None:
    path = parquet(tmp_path / "events.parquet", TYPED.replace("range(3)", "range(9999)"))
    content = bytearray(path.read_bytes())
    content[100:2000] = bytes(1900)
    path.write_bytes(content)
    with pytest.raises(IntakeError, match="its rows cannot be read to the end"):
        list(file_rows(log, path, ["event_id", "kind", "days_late"]))
