"""A table that says whom to look at when, and how it ended where it says that, too."""

from pathlib import Path

import duckdb

from credence.engines.outcomes import NUMBER, OTHER, column_kinds
from credence.engines.samples.asked import Points
from credence.engines.tables import DAYS, check_form, load, refuse, table_source
from credence.errors import IntakeError
from credence.events.fields import identifier
from credence.events.keys import bucket_sql

# Before the names of columns that are kept, so that they are unlike all others.
KEPT = "k_"


def load_labelled(connection: duckdb.DuckDBPyConnection, points: Points, path: Path, buckets: int) -> None:
    """Load `labelled`: person_id, as_of, told, bucket, and the columns that are kept, named with KEPT.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It cannot be read, lacks a column, or says something twice or not at all.
    """
    needed = ["person_id", "as_of", *([points.outcome] if points.outcome else [])]
    source, _ = table_source(connection, path, [*needed, *points.columns])
    check_form(connection, path, source, "as_of", DAYS, "a date like 2026-11-06")
    outcome = identifier(points.outcome) if points.outcome else "NULL"
    person = "CAST(person_id AS VARCHAR)"
    columns = f"{person} AS person_id, CAST(as_of AS DATE) AS as_of, CAST({outcome} AS VARCHAR) AS told"
    columns += "".join(
        f", {typed} AS {identifier(KEPT + name)}" for name, typed in _kept(points, path).items()
    )
    rows = f"SELECT {columns}, {bucket_sql(person, buckets)} AS bucket FROM {source}"
    load(connection, "labelled", rows, path)
    empty = "person_id IS NULL OR as_of IS NULL" + (" OR told IS NULL" if points.outcome else "")
    refuse(connection, path, "labelled", empty, f"has nothing in one of: {', '.join(needed)}")
    twice = "(person_id, as_of) IN (SELECT (person_id, as_of) FROM labelled GROUP BY ALL HAVING count(*) > 1)"
    refuse(connection, path, "labelled", twice, "stands there twice with the same as_of; keep one row")


def _kept(points: Points, path: Path) -> dict[str, str]:
    """The columns that are kept, as numbers or as texts."""
    kinds = column_kinds(path) if points.columns else {}
    for name in points.columns:
        if kinds[name] == OTHER:
            raise IntakeError(path, f"its column '{name}' holds neither numbers nor texts: leave it out.")
    return {
        name: f"CAST({identifier(name)} AS {'DOUBLE' if kinds[name] == NUMBER else 'VARCHAR'})"
        for name in points.columns
    }
