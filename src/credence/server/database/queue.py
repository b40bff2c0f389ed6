"""The tables of procrastinate, which queues the jobs, in a schema of their own.

Procrastinate does not note which of its migrations a database has: the comment of the schema names the last.
"""

from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager

from credence.errors import DatabaseNewerError

SCHEMA = "jobs"
MAKE = f"CREATE SCHEMA {SCHEMA} AUTHORIZATION credence_owner"
GRANT = f"""
GRANT USAGE ON SCHEMA {SCHEMA} TO credence_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {SCHEMA} TO credence_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO credence_app;
"""
LAST = "SELECT obj_description(to_regnamespace(%s), 'pg_namespace')"


def make_schema(url: str) -> None:
    """Make the tables of procrastinate in a schema of their own, or bring them to the installed version's.

    Raises:
        DatabaseNewerError: They are of a newer version than the installed one.
    """
    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    newest = steps[-1].stem
    with psycopg.connect(url, autocommit=True) as connection:
        # Several processes that start at once come one after another; the lock goes with the connection.
        connection.execute("SELECT pg_advisory_lock(hashtext('credence jobs'))")
        if connection.execute("SELECT to_regnamespace(%s)", [SCHEMA]).fetchone() == (None,):
            _carry_out(connection, newest, MAKE.encode(), SchemaManager.get_schema().encode())
            return
        (last,) = connection.execute(LAST, [SCHEMA]).fetchone() or ("",)
        if last > newest:
            what = "queue of jobs"
            raise DatabaseNewerError(what, last)
        for step in steps:
            if step.stem > last:
                _carry_out(connection, step.stem, b"", step.read_bytes())


def _carry_out(connection: psycopg.Connection, step: str, first: bytes, statements: bytes) -> None:
    """Carry out statements, all but the first as the owner, and note that a step is done."""
    with connection.transaction():
        connection.execute(first)
        connection.execute(f"SET LOCAL search_path = {SCHEMA}")
        connection.execute("SET LOCAL ROLE credence_owner")
        connection.execute(statements)
        connection.execute(GRANT)
        connection.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{step}'")
