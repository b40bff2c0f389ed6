"""The schema in a database: made and brought up to date by Alembic, with a role that owns it.

`credence_owner` owns everything; the API and the jobs come as `credence_app`, which owns nothing, may not
pass by row-level security, and can neither change nor delete an entry of the audit.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection, make_url

MIGRATIONS = Path(__file__).with_name("migrations")
ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'credence_owner') THEN
    CREATE ROLE credence_owner NOLOGIN NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'credence_app') THEN
    CREATE ROLE credence_app LOGIN NOBYPASSRLS;
  END IF;
END $$
"""


def migrate(url: str) -> None:
    """Bring a database to this version's schema; nothing happens where it is there already."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        _own(connection)
        command.upgrade(_config(connection), "head")
    engine.dispose()


def _own(connection: Connection) -> None:
    """Make the roles, and be the owner from here on."""
    connection.execute(text(ROLES))
    name = connection.execute(text("SELECT quote_ident(current_database())")).scalar_one()
    connection.execute(text("GRANT credence_owner, credence_app TO CURRENT_USER"))
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS credence AUTHORIZATION credence_owner"))
    connection.execute(text("GRANT USAGE ON SCHEMA credence TO credence_app"))
    connection.execute(text(f"GRANT CONNECT, CREATE ON DATABASE {name} TO credence_owner"))
    connection.execute(text("SET LOCAL search_path = credence, public"))
    connection.execute(text("SET LOCAL ROLE credence_owner"))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
