"""Everybody, bucket by bucket in DuckDB: constant memory at any size, one result file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from credence.engines.moment import Moment
from credence.engines.sql.compile import DIALECT, Parts, Sources, columns_of, compile_parts, compile_scorecard
from credence.engines.tables import Tables, check_flat, first_line, load_moments, load_people
from credence.errors import EngineError, LogDamagedError
from credence.events.fields import quoted
from credence.events.log import EventLog, connect
from credence.events.manifest import Progress, silent
from credence.events.upkeep import bucket_groups
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Scorecard


@dataclass(frozen=True)
class Slice:
    """Some buckets of people, and SQL that reads their events; so many are looked at together."""

    buckets: range
    events: str


def score_log(
    scorecard: Scorecard,
    log: EventLog,
    moment: Moment,
    out: Path,
    tables: Tables | None = None,
    progress: Progress = silent,
) -> int:
    """Score everybody in a log (or every moment asked) into one Parquet file; return how many rows.

    The file is complete when it appears.

    Raises:
        SourceNotFoundError: A table is not there.
        IntakeError: A table cannot be read, or is not as it must be.
        LogDamagedError: A file of the log is missing or torn.
        EngineError: DuckDB could not carry out a step.
    """
    tables = tables or Tables()
    sources = Sources(asked=tables.at is not None, people_table=tables.people is not None)
    parts = compile_parts([scorecard], log.vocabulary, moment, sources)
    slices = slices_of(log, bucket_groups(log, tables.events_at_a_time))
    with log.workshop() as (connection, scratch):
        if tables.at is not None:
            load_moments(connection, tables.at, moment, log.manifest.settings.buckets)
        if tables.people is not None:
            load_people(connection, tables.people, columns_of(scorecard), log.manifest.settings.buckets)
        for number, part in enumerate(slices, start=1):
            look_at(connection, log.folder, part, sources)
            gather(connection, parts, scratch / f"{number:05d}.part")
            progress(number, len(slices))
        gathered(connection, scratch)
        return publish(connection, parts.scored[0], out)


def score_table(scorecard: Scorecard, words: Vocabulary, moment: Moment, people: Path, out: Path) -> int:
    """Score a flat table of one row a person into one Parquet file; return how many rows.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: The table is not as it must be, or the scorecard counts events.
        EngineError: DuckDB could not carry out a step.
    """
    check_flat(scorecard, people)
    sources = Sources(events=False, people_table=True)
    statement = compile_scorecard(scorecard, words, moment, sources).sql(dialect=DIALECT)
    with connect() as connection:
        load_people(connection, people, columns_of(scorecard), buckets=1)
        connection.execute("CREATE TEMP VIEW people_table AS SELECT * FROM all_people")
        return publish(connection, statement, out)


def slices_of(log: EventLog, groups: list[range]) -> tuple[Slice, ...]:
    """Groups of buckets with the SQL that reads their events."""
    return tuple(Slice(buckets, log.relation(None, buckets)) for buckets in groups)


def look_at(connection: duckdb.DuckDBPyConnection, log: Path, part: Slice, sources: Sources) -> None:
    """Point a statement's tables at one slice of a log.

    Raises:
        LogDamagedError: A file of the log is missing or torn.
    """
    try:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW events AS {part.events}")
    except duckdb.Error as error:
        raise LogDamagedError(log, first_line(error)) from None
    present = {"asked": sources.asked, "people_table": sources.people_table}
    for name, source in {"asked": "all_asked", "people_table": "all_people"}.items():
        if present[name]:
            rows = f"SELECT * EXCLUDE (bucket) FROM {source}"
            inside = f"bucket BETWEEN {part.buckets.start} AND {part.buckets.stop - 1}"
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {rows} WHERE {inside}")


def gather(connection: duckdb.DuckDBPyConnection, parts: Parts, part: Path) -> None:
    """Write all aggregates of the slice that is looked at.

    Raises:
        EngineError: DuckDB could not carry it out.
    """
    _carry_out(connection, f"CREATE OR REPLACE TEMP TABLE hidden AS {parts.hidden}")
    # Parts are read once, right away: packing them would cost more than it saves.
    copy(connection, parts.gathered, part, "uncompressed")


def gathered(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Point `people` at all that was gathered into a folder."""
    people = f"SELECT * FROM read_parquet({quoted(f'{folder}/*.part')})"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW people AS {people}")


def publish(connection: duckdb.DuckDBPyConnection, query: str, out: Path) -> int:
    """Write a query's rows to where they are wanted, whole or not at all; return how many.

    Raises:
        EngineError: DuckDB could not carry it out.
    """
    draft = out.with_name(f".{out.name}.draft")
    rows = copy(connection, query, draft)
    draft.rename(out)
    return rows


def copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, compression: str = "zstd") -> int:
    """Write a query's rows as Parquet; return how many.

    Raises:
        EngineError: DuckDB could not carry it out.
    """
    written = f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION {compression})"
    return _carry_out(connection, written)


def _carry_out(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    """Carry out a statement; return how many rows it wrote."""
    rows = ask(connection, statement)
    return int(rows[0][0]) if rows else 0


def ask(connection: duckdb.DuckDBPyConnection, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a statement.

    Raises:
        EngineError: DuckDB could not carry it out.
    """
    with in_sentences():
        return connection.execute(statement).fetchall()


@contextmanager
def in_sentences() -> Iterator[None]:
    """Whatever DuckDB cannot do in the block, a full disk among it, is said in a sentence.

    Raises:
        EngineError: DuckDB could not carry something out.
    """
    try:
        yield
    except duckdb.Error as error:
        raise EngineError(first_line(error)) from None
