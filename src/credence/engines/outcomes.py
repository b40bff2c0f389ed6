"""Columns of a flat table as arrays, for training: rows in an order that only their content decides."""

import re
from pathlib import Path
from typing import Any

import duckdb

from credence.engines.tables import first_line, table_source
from credence.errors import IntakeError
from credence.events.fields import identifier, quoted
from credence.events.log import connect

NUMBER, TEXT, OTHER = "number", "text", "other"
NUMBERS = re.compile(r"BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE")
# Columns under which the outcome and the number of equal rows come along.
OUTCOME, COPIES = "the outcome", "rows alike"
CONTENT, REST = '"the content"', '"the rest"'
# Between the cells of a row and in place of an empty one, where rows are told apart.
BETWEEN, NOTHING = "chr(31)", "chr(30)"


def column_kinds(path: Path) -> dict[str, str]:
    """For each column of a CSV or Parquet file whether it holds numbers, texts, or anything else.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It cannot be read.
    """
    with connect() as connection:
        source, _ = table_source(connection, path, [])
        described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        if path.suffix.lower() != ".csv":
            return {str(name): _kind(str(kind)) for name, kind, *_ in described}
        names = [str(row[0]) for row in described]
        tests = [f"count({identifier(n)}) = count(TRY_CAST({identifier(n)} AS DOUBLE))" for n in names]
        numbers = _asked(connection, f"SELECT {', '.join(tests)} FROM {source}", path).fetchone() or ()
        return {name: NUMBER if number else TEXT for name, number in zip(names, numbers, strict=True)}


def _kind(name: str) -> str:
    if NUMBERS.fullmatch(name):
        return NUMBER
    return TEXT if name == "VARCHAR" or name.startswith("ENUM") else OTHER


def read_columns(
    path: Path, wanted: tuple[dict[str, str], dict[str, str]], outcome: str | None, seed: int
) -> dict[str, Any]:
    """Read columns of known kinds, and the outcome as a text, as NumPy arrays.

    Numbers are doubles with NaN for nothing; texts are objects, masked where there is nothing. Rows are
    in the order of a hash of their content and the seed, so that the order of the file does not matter.

    Args:
        path: The file.
        wanted: Columns and their kinds: those that are asked, and those that are kept beside, which settle
            the order of rows alone that are alike in all others.
        outcome: The column that says how it ended; None where nobody knows.
        seed: Another one gives another order.

    Raises:
        IntakeError: The table cannot be read.
    """
    with connect() as connection:
        source, _ = table_source(connection, path, [])
        asked, beside = wanted
        typed = [_typed(name, kind) for name, kind in (asked | beside).items()]
        ends = [] if outcome is None else [outcome]
        typed += [f"CAST({identifier(end)} AS VARCHAR) AS {identifier(OUTCOME)}" for end in ends]
        content, rest = _hashed([*asked, *ends], seed), _hashed(list(beside), seed)
        copies = f"row_number() OVER (PARTITION BY {CONTENT}) AS {identifier(COPIES)}"
        rows = f"SELECT {', '.join(typed)}, {content} AS {CONTENT}, {rest} AS {REST} FROM {source}"
        query = f"SELECT * EXCLUDE ({CONTENT}, {REST}), {copies} FROM ({rows}) ORDER BY {CONTENT}, {REST}"
        return dict(_asked(connection, query, path).fetchnumpy())


def _hashed(names: list[str], seed: int) -> str:
    cells = [f"coalesce(CAST({identifier(name)} AS VARCHAR), {NOTHING})" for name in names]
    return f"md5(concat_ws({BETWEEN}, {', '.join([quoted(str(seed)), *cells])}))"


def _typed(name: str, kind: str) -> str:
    if kind == NUMBER:
        return f"coalesce(CAST({identifier(name)} AS DOUBLE), 'nan'::DOUBLE) AS {identifier(name)}"
    return f"CAST({identifier(name)} AS VARCHAR) AS {identifier(name)}"


def _asked(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return connection.execute(query)
    except duckdb.Error as error:
        raise IntakeError(path, f"it cannot be read: {first_line(error)}") from None
