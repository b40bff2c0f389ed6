"""The schema is made once, by a role that owns it; the tables are what the code says."""

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from credence.errors import DatabaseNewerError
from credence.server.database.embedded import Server
from credence.server.database.migrate import migrate
from credence.server.database.queue import make_schema
from credence.server.store.schema import metadata


def test_migrating_again_changes_nothing(database: str) -> None:
    migrate(database)
    with psycopg.connect(database) as connection:
        (version,) = connection.execute("SELECT version_num FROM credence.alembic_version").fetchone() or (
            "",
        )
    assert version == "0001"


def test_the_database_has_the_tables_that_the_code_has(database: str) -> None:
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        connection.execute(text("SET search_path = credence"))
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_two_databases_of_one_server_can_be_migrated(postgres: Server) -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE second")
        migrate(postgres.url("second"))
        connection.execute("DROP DATABASE second WITH (FORCE)")


def test_a_schema_or_a_queue_of_a_newer_version_is_refused(database: str) -> None:
    make_schema(database)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("COMMENT ON SCHEMA jobs IS '99.00.00_01_not_yet'")
        connection.execute("UPDATE credence.alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewerError, match="its schema is '9999', which this one does not know"):
        migrate(database)
    with pytest.raises(DatabaseNewerError, match="its queue of jobs is '99"):
        make_schema(database)


def test_a_queue_of_an_older_version_is_brought_up_to_date(database: str) -> None:
    make_schema(database)
    last = "SELECT obj_description('jobs'::regnamespace)"
    with psycopg.connect(database, autocommit=True) as connection:
        (newest,) = connection.execute(last).fetchone() or ("",)
        # As before 3.4 of procrastinate, which brought this function and this value.
        before = "ALTER TYPE jobs.procrastinate_job_event_type RENAME VALUE 'retried' TO 'other'"
        connection.execute(before)
        connection.execute("DROP FUNCTION jobs.procrastinate_retry_job_v2")
        connection.execute("COMMENT ON SCHEMA jobs IS '03.03.00_01_pre_priority_lock_fetch_job'")
        make_schema(database)
        assert connection.execute(last).fetchone() == (newest,)
        made = "SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE proname = 'procrastinate_retry_job_v2'"
        assert connection.execute(made).fetchall() == [("credence_owner",)]
