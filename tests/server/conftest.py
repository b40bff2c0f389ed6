"""One PostgreSQL for all tests of a worker, and a database for each test, copied from a migrated one."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from credence.server.database.embedded import Server, embedded
from credence.server.database.migrate import migrate

numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL with a database `template` that has the schema."""
    # Not below pytest's own folder, into which only its owner may look.
    with (
        TemporaryDirectory(prefix="credence-postgres-") as place,
        embedded(Path(place), durable=False) as server,
    ):
        Path(place).chmod(0o755)
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE template")
        migrate(server.url("template"))
        yield server


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The URL of an empty database with the schema, only for this test."""
    name = f"test_{next(numbers)}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template")
        yield postgres.url(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a bureau keeps what is not in the database."""
    return tmp_path / "data"
