"""The tables of procrastinate, which queues the jobs, in a schema of their own."""

import psycopg
from procrastinate.schema import SchemaManager

SCHEMA = "jobs"
MAKE = f"CREATE SCHEMA {SCHEMA} AUTHORIZATION credence_owner"
GRANT = f"""
GRANT USAGE ON SCHEMA {SCHEMA} TO credence_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {SCHEMA} TO credence_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO credence_app;
"""


def make_schema(url: str) -> None:
    """Make the tables of procrastinate in a schema of their own; nothing happens where they are already."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('credence jobs'))")
        if connection.execute("SELECT to_regnamespace(%s)", [SCHEMA]).fetchone() != (None,):
            return
        connection.execute(MAKE)
        connection.execute(f"SET LOCAL search_path = {SCHEMA}")
        connection.execute("SET LOCAL ROLE credence_owner")
        connection.execute(SchemaManager.get_schema().encode())
        connection.execute(GRANT)
