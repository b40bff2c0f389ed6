"""Everybody, bucket by bucket in DuckDB: constant memory at any size, one result file."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from credence.characteristics.aggregates import aggregates_of
from credence.engines.compile import DIALECT, Sources, columns_needed, compile_scorecard
from credence.engines.moment import Moment
from credence.engines.sql_answers import people_column
from credence.errors import EngineError, IntakeError, SourceNotFoundError
from credence.events.fields import identifier, quoted
from credence.events.keys import bucket_sql
from credence.events.log import EventLog, connect
from credence.events.manifest import Progress, silent
from credence.events.upkeep import bucket_groups
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Scorecard

# About how many events are scored at a time.
EVENTS_AT_A_TIME = 4_000_000
READERS = {".csv": "read_csv", ".parquet": "read_parquet"}


@dataclass(frozen=True)
class Tables:
    """Tables beside the log: moments asked a person (`at`), columns a person (`people`)."""

    at: Path | None = None
    people: Path | None = None


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
        IntakeError: A table cannot be read, or lacks a column.
        EngineError: DuckDB could not carry out a step.
    """
    tables = tables or Tables()
    sources = Sources(asked=tables.at is not None, people_table=tables.people is not None)
    statement = compile_scorecard(scorecard, log.vocabulary, moment, sources).sql(dialect=DIALECT)
    groups = bucket_groups(log, EVENTS_AT_A_TIME)
    with log.workshop() as (connection, scratch):
        _load_tables(connection, scorecard, tables, log.manifest.settings.buckets)
        for number, buckets in enumerate(groups, start=1):
            _look_at(connection, log, scorecard, buckets, sources)
            _run(connection, _copy(statement, scratch / f"{number:05d}.part"), "scoring people")
            progress(number, len(groups))
        return _gather(connection, scratch, out)


def score_table(scorecard: Scorecard, words: Vocabulary, moment: Moment, people: Path, out: Path) -> int:
    """Score a flat table of one row a person into one Parquet file; return how many rows.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: The table cannot be read, or lacks a column, or the scorecard needs events.
        EngineError: DuckDB could not carry out a step.
    """
    if any(aggregates_of(measure.answer) for measure, _ in scorecard.measures()):
        raise IntakeError(
            people, f"'{scorecard.name}' counts events, which a table of people has none of: use --log."
        )
    sources = Sources(events=False, people_table=True)
    statement = compile_scorecard(scorecard, words, moment, sources).sql(dialect=DIALECT)
    connection = connect()
    try:
        _load_tables(connection, scorecard, Tables(people=people), 1)
        connection.execute("CREATE TEMP VIEW people_table AS SELECT * FROM all_people")
        draft = out.with_name(f".{out.name}.draft")
        rows = _run(connection, _copy(statement, draft), "scoring people")
        draft.rename(out)
        return rows
    finally:
        connection.close()


def _look_at(
    connection: duckdb.DuckDBPyConnection,
    log: EventLog,
    scorecard: Scorecard,
    buckets: range,
    sources: Sources,
) -> None:
    """Point the statement's tables at one group of buckets."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW events AS {log.relation(None, buckets)}")
    inside = f"WHERE bucket BETWEEN {buckets.start} AND {buckets.stop - 1}"
    if sources.asked:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW asked AS SELECT * EXCLUDE (bucket) FROM all_asked {inside}"
        )
    if sources.people_table:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW people_table AS SELECT * EXCLUDE (bucket) FROM all_people {inside}"
        )


def _load_tables(
    connection: duckdb.DuckDBPyConnection, scorecard: Scorecard, tables: Tables, buckets: int
) -> None:
    bucket = f"{bucket_sql('person_id', buckets)} AS bucket"
    if tables.at is not None:
        source = _table(connection, tables.at, ["person_id", "as_of"])
        known = "known_at" if "known_at" in source[1] else "NULL"
        instant = f"coalesce(CAST({known} AS TIMESTAMP), TIMESTAMP '9999-12-31')"
        rows = f"SELECT CAST(person_id AS VARCHAR) AS person_id, CAST(as_of AS DATE) AS as_of, {instant} AS known_at FROM {source[0]}"
        query = f"SELECT row_number() OVER () AS ask, *, {bucket} FROM ({rows})"
        _load(connection, "all_asked", query, tables.at)
    if tables.people is not None:
        wanted = columns_needed(scorecard)
        source = _table(connection, tables.people, ["person_id", *wanted])
        columns = "".join(f", {identifier(name)} AS {people_column(name)}" for name in wanted)
        rows = f"SELECT CAST(person_id AS VARCHAR) AS person_id{columns} FROM {source[0]}"
        _load(connection, "all_people", f"SELECT *, {bucket} FROM ({rows})", tables.people)


def _load(connection: duckdb.DuckDBPyConnection, name: str, query: str, path: Path) -> None:
    try:
        connection.execute(f"CREATE TEMP TABLE {name} AS {query}")
    except duckdb.Error as error:
        raise IntakeError(path, f"it cannot be read: {_words(error)}") from None


def _table(connection: duckdb.DuckDBPyConnection, path: Path, needed: list[str]) -> tuple[str, list[str]]:
    if not path.is_file():
        raise SourceNotFoundError(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise IntakeError(path, "a table of people is read from CSV (.csv) or Parquet (.parquet).")
    source = f"{reader}({quoted(str(path))})"
    try:
        names = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
    except duckdb.Error as error:
        raise IntakeError(path, f"it cannot be read: {_words(error)}") from None
    lacking = [name for name in needed if name not in names]
    if lacking:
        raise IntakeError(path, f"it has no column '{lacking[0]}'. Columns needed: {', '.join(needed)}.")
    return source, names


def _copy(statement: str, path: Path) -> str:
    return f"COPY ({statement}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)"


def _gather(connection: duckdb.DuckDBPyConnection, scratch: Path, out: Path) -> int:
    draft = out.with_name(f".{out.name}.draft")
    rows = _run(
        connection, _copy(f"SELECT * FROM read_parquet('{scratch}/*.part')", draft), "writing the scores"
    )
    draft.rename(out)
    return rows


def _run(connection: duckdb.DuckDBPyConnection, statement: str, doing: str) -> int:
    try:
        row = connection.execute(statement).fetchone()
    except duckdb.Error as error:
        raise EngineError(doing, _words(error)) from None
    return int(row[0]) if row else 0


def _words(error: duckdb.Error) -> str:
    """The first line of what DuckDB says."""
    return str(error).splitlines()[0]
