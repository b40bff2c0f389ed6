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
# The column in which the careful reader hands on a row's number.
NUMBER = "row number"
REJECTS = "CREATE TABLE IF NOT EXISTS rejects (row BIGINT, field VARCHAR, value VARCHAR, sentence VARCHAR)"
# How DuckDB is told to read lines whole: a separator and no quote, which no JSON text contains.
WHOLE_LINES = (
    r"auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', "
    "columns = {'line': 'VARCHAR'}"
)


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
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix in CSV_SUFFIXES:
        _stage_csv(connection, path, known, scratch)
    elif suffix in LINE_SUFFIXES:
        _stage_lines(connection, path, known, scratch)
    elif suffix in PARQUET_SUFFIXES:
        _stage_parquet(connection, path, known, kept or {})
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
    twice = sorted({name for name in headings if headings.count(name) > 1})
    if twice:
        raise IntakeError(path, f"the column '{twice[0]}' is there twice.")
    return [name or f"column {number}" for number, name in enumerate(headings, start=1)]


def _rewrite_csv(path: Path, clean: Path, width: int) -> list[tuple[int, str]]:
    """Write the whole rows of a CSV file with their numbers; return the torn ones."""
    torn = []
    with _text(path) as file, clean.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow([NUMBER] + [""] * width)
        for number, cells in _numbered(csv.reader(file)):
            sentence = _torn(cells, width)
            if sentence:
                torn.append((number, sentence))
            else:
                writer.writerow([number, *cells])
    return torn


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    next(reader)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = ["\ufffd", f"{error}"]
        if cells:
            number += 1
            yield number, cells


def _torn(cells: list[str], width: int) -> str | None:
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
    unfit = "\ufffd" in line or "\x01" in line or len(line) > LINE_BYTES_MOST // 4
    return "not text" if unfit else line


def _read_lines(connection: duckdb.DuckDBPyConnection, path: Path, known: list[str]) -> None:
    source = f"read_csv({quoted(str(path))}, {WHOLE_LINES}, max_line_size = {LINE_BYTES_MOST})"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lines AS SELECT * FROM (SELECT row_number() OVER () AS row, line "
        f"FROM {source}) WHERE trim(coalesce(line, '')) <> ''"
    )
    whole = "json_valid(line) AND json_type(line) = 'OBJECT'"
    sentence = quoted("the line is not a JSON object")
    connection.execute(
        f"INSERT INTO rejects SELECT row, '', left(line, 200), {sentence} FROM lines "
        f"WHERE NOT coalesce(CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' END, false)"
    )
    paths = ", ".join(quoted(f"$.{name}") for name in known)
    taken = ", ".join(f"nullif(said[{i}], '') AS {name}" for i, name in enumerate(known, start=1))
    names = ", ".join(quoted(name) for name in known)
    connection.execute(
        f"CREATE OR REPLACE {_table(connection, path)} staged AS SELECT row, {taken}, "
        f"list_filter(json_keys(line), lambda name: name NOT IN ({names}))[1] AS unknown FROM "
        f"(SELECT row, line, json_extract_string(line, [{paths}]) AS said FROM "
        f"(SELECT * FROM lines WHERE CASE WHEN json_valid(line) THEN {whole} END))"
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
    source = f"read_parquet({quoted(str(path))}, file_row_number = true)"
    try:
        described = connection.execute(
            f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {source}"
        ).fetchall()
        types = {row[0]: row[1] for row in described}
        said = {
            name: identifier(name) if types[name] in kept.get(name, ()) else _text_sql(name) for name in types
        }
        query = f"{_select(said, 'file_row_number + 1', known)} FROM {source}"
        connection.execute(f"CREATE OR REPLACE VIEW staged AS {query}")
    except duckdb.Error:
        raise IntakeError(path, "it cannot be read as Parquet. Was it written to its end?") from None


def write_lines(rows: list[dict[str, object]], path: Path) -> None:
    """Write rows handed over in Python as JSON lines, so that they take the same way as a file."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, default=str) + "\n" for row in rows)
