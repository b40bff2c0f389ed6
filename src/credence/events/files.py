"""Files of the log on the disk: written whole or not at all, and named with their hash."""

import os
import secrets
from hashlib import file_digest
from pathlib import Path

import duckdb

from credence.events.fields import quoted
from credence.events.manifest import LogFile

# DuckDB prunes by row group: small ones find one person fast, at little cost for a scan of all.
ROWS_A_GROUP = {"tail": 8_192, "sealed": 8_192, "keys": 61_440}


def write(connection: duckdb.DuckDBPyConnection, folder: Path, query: str, role: str, name: str) -> LogFile:
    """Write a query's rows as a new file of the log, safely on the disk when this returns."""
    path = f"{role}/{name}-{secrets.token_hex(4)}.parquet"
    target = folder / path
    target.parent.mkdir(exist_ok=True)
    draft = target.with_suffix(".draft")
    options = f"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROWS_A_GROUP[role]}"
    source = connection.sql(query)
    rows = connection.execute(f"COPY ({query}) TO {quoted(str(draft))} ({options})").fetchone()
    sync(draft)
    draft.rename(target)
    sync(target.parent)
    return LogFile(path, role, rows[0] if rows else 0, digest(target), tuple(source.columns))


def read(folder: Path, chosen: list[LogFile]) -> str:
    """Files of a log in a folder as SQL; rows have no value where their file lacks a column."""
    paths = ", ".join(quoted(str(folder / file.path)) for file in chosen)
    return f"read_parquet([{paths}], union_by_name = true)"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, safely on the disk when this returns; others may write it, too."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    sync(draft)
    draft.rename(path)
    sync(path.parent)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
