"""Everybody, bucket by bucket in DuckDB: constant memory at any size, one result file."""

from pathlib import Path

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
    parts = compile_parts(scorecard, log.vocabulary, moment, sources)
    groups = bucket_groups(log, tables.events_at_a_time)
    with log.workshop() as (connection, scratch):
        if tables.at is not None:
            load_moments(connection, tables.at, moment, log.manifest.settings.buckets)
        if tables.people is not None:
            load_people(connection, tables.people, columns_of(scorecard), log.manifest.settings.buckets)
        for number, buckets in enumerate(groups, start=1):
            _look_at(connection, log, buckets, sources)
            _gather(connection, parts, scratch / f"{number:05d}.part")
            progress(number, len(groups))
        people = f"SELECT * FROM read_parquet({quoted(f'{scratch}/*.part')})"
        connection.execute(f"CREATE TEMP VIEW people AS {people}")
        return publish(connection, parts.scored, out)


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


def _look_at(connection: duckdb.DuckDBPyConnection, log: EventLog, buckets: range, sources: Sources) -> None:
    """Point the statement's tables at one group of buckets."""
    try:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW events AS {log.relation(None, buckets)}")
    except duckdb.Error as error:
        raise LogDamagedError(log.folder, first_line(error)) from None
    present = {"asked": sources.asked, "people_table": sources.people_table}
    for name, source in {"asked": "all_asked", "people_table": "all_people"}.items():
        if present[name]:
            rows = f"SELECT * EXCLUDE (bucket) FROM {source}"
            inside = f"bucket BETWEEN {buckets.start} AND {buckets.stop - 1}"
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {rows} WHERE {inside}")


def _gather(connection: duckdb.DuckDBPyConnection, parts: Parts, part: Path) -> None:
    """Write all aggregates of one group of buckets."""
    _carry_out(connection, f"CREATE OR REPLACE TEMP TABLE hidden AS {parts.hidden}")
    # Parts are read once, right away: packing them would cost more than it saves.
    _run(connection, parts.gathered, part, "uncompressed")


def publish(connection: duckdb.DuckDBPyConnection, query: str, out: Path) -> int:
    """Write a query's rows to where they are wanted, whole or not at all; return how many.

    Raises:
        EngineError: DuckDB could not carry it out.
    """
    draft = out.with_name(f".{out.name}.draft")
    rows = _run(connection, query, draft)
    draft.rename(out)
    return rows


def _run(connection: duckdb.DuckDBPyConnection, query: str, path: Path, compression: str = "zstd") -> int:
    copy = f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION {compression})"
    return _carry_out(connection, copy)


def _carry_out(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    """Carry out a statement; return how many rows it wrote."""
    try:
        row = connection.execute(statement).fetchone()
    except duckdb.Error as error:
        raise EngineError(first_line(error)) from None
    return int(row[0]) if row else 0
