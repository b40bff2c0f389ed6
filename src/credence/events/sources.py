"""Files as rows of texts: CSV, JSON lines and Parquet, into the table `staged` of a DuckDB connection.

`staged` has the row's number (from 1, headings not counted), each column as text (a Parquet column may
keep its type), and `unknown`: the first column with a value that no event has. Rows that are torn (not a
whole row at all) go to `rejects`. A Parquet file is not copied: there `staged` is a view.

DuckDB reads the files; a file in which it finds torn rows is read again, row by row, by the slower
careful reader, which tells exactly which rows are torn and keeps the others.
"""

import csv
import gzip
import json
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TextIO

import duckdb

from credence.errors import IntakeError, SourceNotFoundError
from credence.events.fields import identifier, quoted

# The types that a column of a Parquet file need not change for a text.
Kept = Mapping[str, tuple[str, ...]]
CSV_SUFFIXES, LINE_SUFFIXES, PARQUET_SUFFIXES = (".csv",), (".jsonl", ".ndjson", ".json"), (".parquet",)
FORMS = "CSV (.csv), JSON lines (.jsonl, .ndjson) or Parquet (.parquet)"
# The longest line DuckDB is asked to hold; a longer one makes the careful reader look.
LINE_BYTES_MOST = 4_000_000
# A file up to this size is held in memory, a larger one in the scratch folder, not compressed.
MEMORY_BYTES_MOST = 200_000_000
GZIP_FACTOR = 10
# Over how many lines a quoted cell may reach before its quote is taken for a slip.
LINES_A_ROW_MOST = 50
UNCLOSED = "\0unclosed"
# The column in which the careful reader hands on a row's number.
NUMBER = "row number"
# DuckDB's number of a Parquet file's row; a column of that name would hide it.
OWN_NUMBER = "file_row_number"
REJECTS = "CREATE TABLE IF NOT EXISTS rejects (row BIGINT, field VARCHAR, value VARCHAR, sentence VARCHAR)"
NOT_TEXT, TOO_LONG = "not text", "too long"
# How DuckDB is told to read lines whole: a separator and no quote, which no JSON text contains.
WHOLE_LINES = (
    r"auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', "
    "columns = {'line': 'VARCHAR'}"
)

# A key as a JSON pointer, whatever signs it is made of.
POINTER = "concat('/', replace(replace(name, '~', '~0'), '/', '~1'))"
# What is wrong with a line; a value may hold brackets in a text, so only then each one's type is looked at.
FAULT_OF_LINE = f"""CASE
    WHEN line = '{NOT_TEXT}' THEN 'the line holds bytes that are not UTF-8 text'
    WHEN line = '{TOO_LONG}' THEN 'the line is longer than an event can be'
    WHEN NOT json_valid(line) OR json_type(line) <> 'OBJECT' THEN 'the line is not a JSON object'
    WHEN regexp_matches(line, ':\\s*[\\[{{]') AND list_bool_or(list_transform(json_keys(line),
        lambda name: json_type(line, {POINTER}) IN ('OBJECT', 'ARRAY')))
    THEN 'the line holds an object or a list; a value is a text, a number, true, false or null'
    END"""


def stage(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    known: list[str],
    scratch: Path,
    kept: Kept | None = None,
) -> None:
    """Read a file into `staged`, torn rows into `rejects`.

    Raises:
        SourceNotFoundError: There is no such file.
        IntakeError: The file is of no known form, has no usable headings, or is not what its name says.
    """
    if not path.is_file():
        raise SourceNotFoundError(path)
    connection.execute(REJECTS)
    try:
        _stage(connection, path, known, scratch, kept or {})
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise IntakeError(path, "it is not a whole gzip file: it breaks off or is damaged.") from None


def _stage(
    connection: duckdb.DuckDBPyConnection, path: Path, known: list[str], scratch: Path, kept: Kept
) -> None:
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix in CSV_SUFFIXES:
        _stage_csv(connection, path, known, scratch)
    elif suffix in LINE_SUFFIXES:
        _stage_lines(connection, path, known, scratch)
    elif suffix in PARQUET_SUFFIXES:
        _stage_parquet(connection, path, known, kept)
    else:
        raise IntakeError(path, f"its name does not say what it is. Events are read from {FORMS}.")


def _stage_csv(connection: duckdb.DuckDBPyConnection, path: Path, known: list[str], scratch: Path) -> None:
    headings = _headings(path)
    try:
        _read_csv(connection, path, headings, known)
    except duckdb.Error:
        clean = scratch / "careful.csv"
        torn = _rewrite_csv(path, clean, len(headings))
        _read_csv(connection, clean, [NUMBER, *headings], known)
        if torn:
            connection.executemany("INSERT INTO rejects VALUES (?, '', NULL, ?)", torn)


def _read_csv(
    connection: duckdb.DuckDBPyConnection, path: Path, headings: list[str], known: list[str]
) -> None:
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in headings)
    source = (
        f"read_csv({quoted(str(path))}, auto_detect = false, header = false, skip = 1, delim = ',', "
        f"quote = '\"', escape = '\"', columns = {{{columns}}}, max_line_size = {LINE_BYTES_MOST})"
    )
    number = f'CAST("{NUMBER}" AS BIGINT)' if headings[0] == NUMBER else "row_number() OVER ()"
    said = {name: _text_sql(name) for name in headings if name != NUMBER}
    table = _table(connection, path)
    query = f"{_select(said, number, known)} FROM {source}"
    connection.execute(f"CREATE OR REPLACE {table} staged AS {query}")


def _table(connection: duckdb.DuckDBPyConnection, path: Path) -> str:
    """What to keep a file's rows in."""
    connection.execute("PRAGMA force_compression = 'uncompressed'")
    size = path.stat().st_size * (GZIP_FACTOR if path.suffix == ".gz" else 1)
    return "TEMP TABLE" if size <= MEMORY_BYTES_MOST else "TABLE"


def _select(said: dict[str, str], number: str, known: list[str]) -> str:
    """The columns of `staged` from a file's columns as SQL."""
    taken = [f"{sql} AS {identifier(name)}" for name, sql in said.items() if name in known]
    others = [
        f"WHEN {sql} IS NOT NULL THEN {quoted(name)}" for name, sql in said.items() if name not in known
    ]
    unknown = f"CASE {' '.join(others)} END" if others else "CAST(NULL AS VARCHAR)"
    return f"SELECT {', '.join([f'{number} AS row', *taken, f'{unknown} AS unknown'])}"


def _text_sql(name: str) -> str:
    return f"nullif(CAST({identifier(name)} AS VARCHAR), '')"


def _headings(path: Path) -> list[str]:
    try:
        with _text(path) as file:
            headings = next(csv.reader(file), [])
    except (OSError, EOFError, csv.Error):
        raise IntakeError(path, "it cannot be read as CSV.") from None
    headings = [name.strip() for name in headings]
    if not any(headings):
        raise IntakeError(path, "the first line must hold the names of the columns, and it is empty.")
    plain = [name.lower() for name in headings]
    twice = [name for place, name in enumerate(headings) if name and name.lower() in plain[:place]]
    if twice:
        raise IntakeError(path, f"the column '{twice[0]}' is there twice.")
    return [name or f"column {number}" for number, name in enumerate(headings, start=1)]


def _rewrite_csv(path: Path, clean: Path, width: int) -> list[tuple[int, str]]:
    """Write the whole rows of a CSV file with their numbers; return the torn ones."""
    torn = []
    with _text(path) as file, clean.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow([NUMBER] + [""] * width)
        next(csv.reader(file))
        for number, cells in enumerate(_records(file, width), start=1):
            sentence = _torn(cells, width)
            if sentence:
                torn.append((number, sentence))
            else:
                writer.writerow([number, *cells])
    return torn


def _records(file: TextIO, width: int) -> Iterator[list[str]]:
    """The rows of a CSV file; a quote that is not closed tears its own line, not those that follow."""
    waiting: deque[str] = deque()
    while line := waiting.popleft() if waiting else file.readline():
        record, more = line, list[str]()
        while record.count('"') % 2 and len(more) < LINES_A_ROW_MOST:
            following = waiting.popleft() if waiting else file.readline()
            if not following:
                break
            more.append(following)
            record += following
        cells = _cells(record)
        if more and len(cells) != width:
            waiting.extendleft(reversed(more))
            cells = [UNCLOSED]
        elif record.count('"') % 2:
            cells = [UNCLOSED]
        if cells:
            yield cells


def _cells(record: str) -> list[str]:
    try:
        return next(csv.reader(record.splitlines(keepends=True)), [])
    except csv.Error:
        return [TOO_LONG]


def _torn(cells: list[str], width: int) -> str | None:
    if cells == [UNCLOSED]:
        return "the row has a quote that is never closed"
    if cells == [TOO_LONG]:
        return "the row has a cell that is longer than an event can be"
    if any("\ufffd" in cell or "\0" in cell for cell in cells):
        return "the row holds bytes that are not UTF-8 text"
    if len(cells) != width:
        return f"the row has {len(cells)} cells where the headings have {width}"
    return None


def _text(path: Path) -> TextIO:
    opened = gzip.open if path.suffix == ".gz" else open
    return opened(path, "rt", encoding="utf-8-sig", errors="replace", newline="")


def _stage_lines(connection: duckdb.DuckDBPyConnection, path: Path, known: list[str], scratch: Path) -> None:
    _refuse_array(path)
    try:
        _read_lines(connection, path, known)
    except duckdb.Error:
        clean = scratch / "careful.jsonl"
        with _text(path) as file, clean.open("w", encoding="utf-8", newline="\n") as target:
            # What is not UTF-8, or too long to be an event, becomes a line that is no JSON: a reject.
            lines = (line.rstrip("\r\n") for line in file)
            target.writelines(f"{_careful(line)}\n" for line in lines)
        _read_lines(connection, clean, known)


def _careful(line: str) -> str:
    if len(line) > LINE_BYTES_MOST // 4:
        return TOO_LONG
    return NOT_TEXT if "\ufffd" in line else line.replace("\x01", "")


def _read_lines(connection: duckdb.DuckDBPyConnection, path: Path, known: list[str]) -> None:
    source = f"read_csv({quoted(str(path))}, {WHOLE_LINES}, max_line_size = {LINE_BYTES_MOST})"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lines AS SELECT * FROM (SELECT row_number() OVER () AS row, line "
        f"FROM {source}) WHERE trim(coalesce(line, '')) <> ''"
    )
    connection.execute("ALTER TABLE lines ADD COLUMN fault VARCHAR")
    connection.execute(f"UPDATE lines SET fault = {FAULT_OF_LINE}")
    value = f"CASE WHEN line NOT IN ('{NOT_TEXT}', '{TOO_LONG}') THEN left(line, 200) END"
    torn = f"SELECT row, '', {value}, fault FROM lines WHERE fault IS NOT NULL"
    connection.execute(f"INSERT INTO rejects {torn}")
    paths = ", ".join(quoted(f"$.{name}") for name in known)
    taken = ", ".join(f"nullif(said[{i}], '') AS {name}" for i, name in enumerate(known, start=1))
    names = ", ".join(quoted(name) for name in known)
    others = f"list_filter(json_keys(line), lambda name: name NOT IN ({names}))"
    said = f"coalesce(json_extract_string(line, {POINTER}), '') <> ''"
    connection.execute(
        f"CREATE OR REPLACE {_table(connection, path)} staged AS SELECT row, {taken}, "
        f"list_filter({others}, lambda name: {said})[1] AS unknown FROM "
        f"(SELECT row, line, json_extract_string(line, [{paths}]) AS said FROM lines WHERE fault IS NULL)"
    )
    connection.execute("DROP TABLE lines")


def _refuse_array(path: Path) -> None:
    try:
        with _text(path) as file:
            start = next(chain.from_iterable(line.strip() for line in file), "")
    except (OSError, EOFError):
        raise IntakeError(path, "it cannot be read as JSON lines.") from None
    if start == "[":
        raise IntakeError(path, "it is one JSON array. Write one object a line (JSON lines).")


def _stage_parquet(connection: duckdb.DuckDBPyConnection, path: Path, known: list[str], kept: Kept) -> None:
    source = f"read_parquet({quoted(str(path))})"
    try:
        types = {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    except duckdb.Error:
        raise IntakeError(path, "it cannot be read as Parquet. Was it written to its end?") from None
    number = "row_number() OVER ()"
    if OWN_NUMBER not in types:
        source, number = f"read_parquet({quoted(str(path))}, {OWN_NUMBER} = true)", f"{OWN_NUMBER} + 1"
    said = {
        name: identifier(name) if types[name] in kept.get(name, ()) else _text_sql(name) for name in types
    }
    connection.execute(f"CREATE OR REPLACE VIEW staged AS {_select(said, number, known)} FROM {source}")


def write_lines(rows: list[dict[str, object]], path: Path) -> None:
    """Write rows handed over in Python as JSON lines, so that they take the same way as a file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, default=str) + "\n" for row in rows)
