"""The schema in a database: made and brought up to date by Alembic, with a role that owns it.

`credence_owner` owns everything; the API and the jobs come as `credence_app`, which owns nothing, may not
pass by row-level security, and can neither change nor delete an entry of the audit.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection, make_url

from credence.errors import DatabaseNewerError

MIGRATIONS = Path(__file__).with_name("migrations")
ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{0}') THEN
    CREATE ROLE {0} {1} NOBYPASSRLS;
  END IF;
-- Made at the same moment for another database of the server.
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
ROLES = (("credence_owner", "NOLOGIN"), ("credence_app", "LOGIN"))
# Several processes that start at once come one after another.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('credence schema'))"


def migrate(url: str) -> None:
    """Bring a database to this version's schema; nothing happens where it is there already.

    Raises:
        DatabaseNewerError: Its schema is one that this version does not know.
    """
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            connection.execute(text(ALONE))
            _own(connection)
            config = _config(connection)
            _check(connection, config)
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _check(connection: Connection, config: Config) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = MigrationContext.configure(connection, opts={"version_table_schema": "credence"})
    for revision in found.get_current_heads():
        if revision not in known:
            what = "schema"
            raise DatabaseNewerError(what, revision)


def _own(connection: Connection) -> None:
    """Make the roles, and be the owner from here on."""
    for name, kind in ROLES:
        connection.execute(text(ROLE.format(name, kind)))
    here = connection.execute(text("SELECT quote_ident(current_database())")).scalar_one()
    connection.execute(text("GRANT credence_owner, credence_app TO CURRENT_USER"))
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS credence AUTHORIZATION credence_owner"))
    connection.execute(text("GRANT USAGE ON SCHEMA credence TO credence_app"))
    connection.execute(text(f"GRANT CONNECT, CREATE ON DATABASE {here} TO credence_owner"))
    connection.execute(text("SET LOCAL search_path = credence, public"))
    connection.execute(text("SET LOCAL ROLE credence_owner"))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
