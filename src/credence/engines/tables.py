"""Tables beside the log: moments asked a person, and columns a person; read, checked and typed once."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from credence.characteristics.aggregates import Column, aggregates_of
from credence.engines.moment import Moment
from credence.engines.sql.answers import people_column
from credence.errors import IntakeError, SourceNotFoundError
from credence.events.fields import identifier, quoted
from credence.events.keys import bucket_sql
from credence.events.log import connect
from credence.scorecards.model import Scorecard

# Cells of CSV are texts until a column is asked for as a number or a date: nothing is guessed from them.
READERS = {".csv": "read_csv({}, all_varchar = true)", ".parquet": "read_parquet({})"}
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
# A Parquet timestamp is written without an offset, and is UTC.
DAYS = f"{DAY}( 00:00:00)?"
INSTANTS = f"{DAY}|{DAY}[ T][0-9:.]+ ?(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)"


@dataclass(frozen=True)
class Tables:
    """Files beside the log: moments asked a person (`at`), columns a person (`people`).

    About `events_at_a_time` of the log are looked at together: fewer need less memory, and more time.
    """

    at: Path | None = None
    people: Path | None = None
    events_at_a_time: int = 2_000_000


def load_moments(connection: duckdb.DuckDBPyConnection, path: Path, moment: Moment, buckets: int) -> None:
    """Load person_id, as_of and known_at into `all_asked`; where known_at is empty, the moment's is meant.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It cannot be read, or lacks a column.
    """
    source, names = table_source(connection, path, ["person_id", "as_of"])
    check_form(connection, path, source, "as_of", DAYS, "a date like 2026-11-06")
    if "known_at" in names:
        form = "a date, or an instant with its offset like 2026-11-06T14:05:00Z"
        check_form(connection, path, source, "known_at", INSTANTS, form)
    known = "CAST(CAST(known_at AS TIMESTAMPTZ) AS TIMESTAMP)" if "known_at" in names else "NULL"
    known_at = f"coalesce({known}, TIMESTAMP '{moment.known_at}') AS known_at"
    bucket = f"{bucket_sql('CAST(person_id AS VARCHAR)', buckets)} AS bucket"
    columns = f"CAST(person_id AS VARCHAR) AS person_id, CAST(as_of AS DATE) AS as_of, {known_at}, {bucket}"
    load(connection, "all_asked", f"SELECT row_number() OVER () AS ask, {columns} FROM {source}", path)
    refuse(
        connection, path, "all_asked", "person_id IS NULL OR as_of IS NULL", "has no person_id or no as_of"
    )


def check_form(
    connection: duckdb.DuckDBPyConnection, path: Path, source: str, name: str, form: str, said: str
) -> None:
    """Refuse a column of texts of which one is not of a form; dates and instants are as they are."""
    typed = f"typeof({name}) <> 'VARCHAR' AND {quoted(name)} = 'known_at'"
    odd = f"NOT ({typed}) AND NOT regexp_full_match(CAST({name} AS VARCHAR), {quoted(form)})"
    row = connection.execute(f"SELECT {name} FROM {source} WHERE {odd} LIMIT 1").fetchone()
    if row is not None:
        raise IntakeError(path, f"{name} is '{row[0]}', which cannot be read. Write it as {said}.")


def check_flat(scorecard: Scorecard, people: Path) -> None:
    """Make sure that a scorecard looks at columns alone, of which a table is enough.

    Raises:
        IntakeError: It counts events.
    """
    if any(aggregates_of(measure.answer) for measure, _ in scorecard.measures()):
        sentence = f"'{scorecard.name}' counts events, and a table of people has none: score a log with it."
        raise IntakeError(people, sentence)


def load_people(
    connection: duckdb.DuckDBPyConnection, path: Path, wanted: list[Column], buckets: int
) -> None:
    """Load columns into `all_people`, one row a person.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It cannot be read, lacks a column, or has a person twice or a row without person_id.
    """
    source, _ = table_source(connection, path, ["person_id", *(column.name for column in wanted)])
    typed = "".join(
        f", CAST({identifier(c.name)} AS {'VARCHAR' if c.text else 'DOUBLE'}) AS {people_column(c.name)}"
        for c in wanted
    )
    bucket = f"{bucket_sql('CAST(person_id AS VARCHAR)', buckets)} AS bucket"
    rows = f"SELECT CAST(person_id AS VARCHAR) AS person_id{typed}, {bucket} FROM {source}"
    load(connection, "all_people", rows, path)
    refuse(connection, path, "all_people", "person_id IS NULL", "has no person_id")
    twice = "person_id IN (SELECT person_id FROM all_people GROUP BY 1 HAVING count(*) > 1)"
    refuse(
        connection, path, "all_people", twice, "stands there twice; a table of people has one row a person"
    )


def write_people(path: Path, wanted: list[Column], buckets: int, out: Path) -> None:
    """Write a table of people as Parquet, typed and in the order of buckets; errors as `load_people`."""
    draft = out.with_name(f".{out.name}.draft")
    with connect() as connection:
        load_people(connection, path, wanted, buckets)
        rows = "SELECT * FROM all_people ORDER BY bucket, person_id"
        connection.execute(f"COPY ({rows}) TO {quoted(str(draft))} (FORMAT parquet, COMPRESSION zstd)")
    draft.rename(out)


def table_source(
    connection: duckdb.DuckDBPyConnection, path: Path, needed: list[str]
) -> tuple[str, list[str]]:
    """A table's file as SQL to read from, and the names of its columns.

    Raises:
        SourceNotFoundError: It is not there.
        IntakeError: It cannot be read, or lacks a column.
    """
    if not path.is_file():
        raise SourceNotFoundError(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise IntakeError(path, "a table is read from CSV (.csv) or Parquet (.parquet).")
    source = reader.format(quoted(str(path)))
    try:
        names = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
    except duckdb.Error as error:
        raise IntakeError(path, f"it cannot be read: {first_line(error)}") from None
    lacking = [name for name in needed if name not in names]
    if lacking:
        raise IntakeError(path, f"it has no column '{lacking[0]}'. Columns needed: {', '.join(needed)}.")
    return source, names


def load(connection: duckdb.DuckDBPyConnection, name: str, query: str, path: Path) -> None:
    """Load a query's rows of a file into a temporary table.

    Raises:
        IntakeError: They cannot be read.
    """
    try:
        connection.execute(f"CREATE TEMP TABLE {name} AS {query}")
    except duckdb.Error as error:
        raise IntakeError(path, f"it cannot be read: {first_line(error)}") from None


def refuse(connection: duckdb.DuckDBPyConnection, path: Path, table: str, which: str, why: str) -> None:
    """Refuse a table with rows that are not as they must be, naming the person of one.

    Raises:
        IntakeError: There is such a row.
    """
    row = connection.execute(f"SELECT person_id FROM {table} WHERE {which} LIMIT 1").fetchone()
    if row is not None:
        who = "a row" if row[0] is None else f"person '{row[0]}'"
        raise IntakeError(path, f"{who} {why}.")


def first_line(error: duckdb.Error) -> str:
    """The first line of what DuckDB says."""
    return str(error).splitlines()[0]
