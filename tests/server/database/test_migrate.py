"""The schema is made once, by a role that owns it; the tables are what the code says."""

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from credence.server.database.embedded import Server
from credence.server.database.migrate import migrate
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
