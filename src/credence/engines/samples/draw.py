"""Drawing samples from a log, some buckets of people at a time, into one Parquet file."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb

from credence.engines.duckdb import Slice, ask, copy, look_at, publish, slices_of
from credence.engines.samples.asked import INDETERMINATE, Asked, Horizon
from credence.engines.samples.labelled import KEPT, load_labelled
from credence.engines.samples.statements import (
    VALUE,
    Pass,
    answered,
    answers_sql,
    outcomes_sql,
    points_sql,
    sampled_sql,
)
from credence.engines.sql.compile import Sources
from credence.engines.tables import first_line
from credence.errors import IntakeError, LogDamagedError
from credence.events.fields import identifier, quoted
from credence.events.intake import at_zone
from credence.events.log import EventLog
from credence.events.manifest import Progress, silent
from credence.events.upkeep import bucket_groups

EVENTS_AT_A_TIME = 2_000_000
# What a window is asked for as rows of `asked`, and the answers at the point.
AT_THE_POINT = "SELECT ask, person_id, as_of, known_at FROM sampled"
AFTERWARDS = (
    "SELECT ask, person_id, ends AS as_of, TIMESTAMP '{}' AS known_at, as_of AS moment FROM sampled "
    "WHERE ask IN (SELECT ask FROM answers WHERE left_out IS NULL)"
)


@dataclass(frozen=True)
class Counted:
    """So many rows of a month of observation that ended alike: `outcome` is None for those left out."""

    month: str
    outcome: str | None
    why: str
    rows: int


def horizon_of(log: EventLog, asked: Asked) -> Horizon:
    """Up to where a log is looked at: the last day on which anything in it happened, or one before it.

    Raises:
        IntakeError: The log is empty.
        LogDamagedError: A file of the log is missing or torn.
    """
    newest = log.snapshot
    if newest is None:
        raise IntakeError(log.folder, "nothing was ever recorded in it.")
    last, known_at = "max(occurred_on)", "max(recorded_at)"
    if asked.known_until is not None:
        # What was recorded after the last day is not known on it.
        over = at_zone(f"TIMESTAMP '{asked.known_until + timedelta(days=1)}'", log.manifest.settings.timezone)
        last, known_at = f"least({last}, DATE '{asked.known_until}')", f"least({known_at}, {over})"
    columns = ["occurred_on", "recorded_at"]
    with log.workshop() as (connection, _):
        try:
            row = connection.execute(f"SELECT {last}, {known_at} FROM ({log.relation(columns)})").fetchone()
        except duckdb.Error as error:
            raise LogDamagedError(log.folder, first_line(error)) from None
    assert row is not None, "an aggregate has one row"
    return Horizon(row[0] + timedelta(days=1), row[1], newest.number)


def draw(
    log: EventLog, asked: Asked, horizon: Horizon, out: tuple[Path, Path | None], progress: Progress = silent
) -> list[Counted]:
    """Write one row a person and observation point; return how many ended how, a month of observation.

    The rows are in the order of person_id and observed_on: person_id, observed_on, an answer a
    characteristic, columns that are kept, outcome (good or bad). The files are complete when they appear.

    Args:
        log: The log.
        asked: What to draw.
        horizon: Up to where to look.
        out: The file to write, and one for the rows that are neither good nor bad.
        progress: Told of parts done and parts in all.

    Raises:
        SourceNotFoundError: A table is not there.
        IntakeError: A table is not as it must be.
        LogDamagedError: A file of the log is missing or torn.
        EngineError: DuckDB could not carry out a step.
    """
    most = max(1, EVENTS_AT_A_TIME // max(1, len(asked.points.days)))
    slices = slices_of(log, bucket_groups(log, most))
    with log.workshop() as (connection, scratch):
        if asked.points.table is not None:
            load_labelled(connection, asked.points, asked.points.table, log.manifest.settings.buckets)
        for number, part in enumerate(slices, start=1):
            look_at(connection, log.folder, part, Sources())
            _sample(connection, log, asked, horizon, part)
            copy(connection, "SELECT * FROM drawn", scratch / f"{number:05d}.part", "uncompressed")
            progress(number, len(slices))
        parts = quoted(f"{scratch}/*.part")
        connection.execute(f"CREATE TEMP VIEW rows_drawn AS SELECT * FROM read_parquet({parts})")
        _written(connection, asked, out)
        return _counted(connection)


def _written(connection: duckdb.DuckDBPyConnection, asked: Asked, out: tuple[Path, Path | None]) -> None:
    """Write the rows that were drawn, the indeterminate ones apart."""
    named = [(VALUE, c.name) for c in answered(asked.scorecard)]
    named += [(KEPT, name) for name in asked.points.columns]
    names = [f"{identifier(before + name)} AS {identifier(name)}" for before, name in named]
    columns = ", ".join(["person_id", "as_of AS observed_on", *names, "outcome"])
    rows, order = f"SELECT {columns} FROM rows_drawn WHERE outcome", "ORDER BY person_id, observed_on"
    if out[1] is not None:
        publish(connection, f"{rows} = '{INDETERMINATE}' {order}", out[1])
    publish(connection, f"{rows} <> '{INDETERMINATE}' {order}", out[0])


def _sample(
    connection: duckdb.DuckDBPyConnection, log: EventLog, asked: Asked, horizon: Horizon, part: Slice
) -> None:
    """Make the table `drawn` of the people whose events are looked at."""
    words = log.vocabulary
    if asked.points.table is None:
        _carry_out(connection, points_sql(asked.points, words, horizon), "points")
    else:
        inside = f"bucket BETWEEN {part.buckets.start} AND {part.buckets.stop - 1}"
        _table(connection, "points", f"SELECT person_id, as_of, told FROM labelled WHERE {inside}")
    _table(connection, "sampled", sampled_sql(asked, log.manifest.settings.timezone))
    _counting(connection, answers_sql(asked, words, horizon), ("answers", AT_THE_POINT))
    afterwards = AFTERWARDS.format(horizon.known_at)
    _counting(connection, outcomes_sql(asked, words, horizon), ("outcomes", afterwards))
    told = "CASE WHEN left_out IS NULL THEN outcome END AS outcome, coalesce(left_out, rule) AS why"
    columns = f"person_id, as_of, answers.* EXCLUDE (ask, left_out), {told}"
    joined = "sampled JOIN answers USING (ask) JOIN outcomes USING (ask)"
    if asked.points.columns:
        joined += " JOIN labelled USING (person_id, as_of)"
        columns += "".join(f", {identifier(KEPT + name)}" for name in asked.points.columns)
    _table(connection, "drawn", f"SELECT {columns} FROM {joined}")


def _counting(connection: duckdb.DuckDBPyConnection, passed: Pass, named: tuple[str, str]) -> None:
    """Carry out a pass for the moments of a query, into a table."""
    _table(connection, "asked", named[1])
    _carry_out(connection, passed, named[0])


def _carry_out(connection: duckdb.DuckDBPyConnection, passed: Pass, name: str) -> None:
    _table(connection, "hidden", passed.hidden)
    _table(connection, name, passed.asked)


def _table(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    ask(connection, f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")


def _counted(connection: duckdb.DuckDBPyConnection) -> list[Counted]:
    query = (
        "SELECT strftime(as_of, '%Y-%m') AS month, outcome, why, count(*) FROM rows_drawn "
        "GROUP BY ALL ORDER BY ALL"
    )
    return [Counted(*row) for row in ask(connection, query)]
