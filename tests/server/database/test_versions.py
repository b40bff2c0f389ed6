"""PostgreSQL 15 to 18, as far as they are here: the same schema, the same roles, the same answers."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from credence.errors import DatabaseMissingError
from credence.server.database.embedded import Server, embedded
from credence.server.database.migrate import migrate
from credence.server.database.programs import find
from credence.server.database.queue import make_schema
from credence.server.settings import PROGRAMS
from tests.server.harness import run
from tests.server.services.deciding.house import house

USER = "nobody" if os.geteuid() == 0 else None


@pytest.fixture(params=["15", "16", "17", "18"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A PostgreSQL of a version; the test is skipped where it is not installed."""
    try:
        found = find(USER, request.param)
    except DatabaseMissingError:
        pytest.skip(f"there is no PostgreSQL {request.param} here")
    monkeypatch.setenv(PROGRAMS, str(found.folder))
    # Not below pytest's own folder, into which only its owner may look.
    with TemporaryDirectory(prefix="credence-versions-") as place:
        Path(place).chmod(0o755)
        with embedded(Path(place) / "data", durable=False) as server:
            yield server


def owned(server: Server) -> str:
    """The URL of a database whose owner may make roles, and no more, as a hoster gives it."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE credence LOGIN CREATEROLE")
        connection.execute("CREATE DATABASE credence OWNER credence")
    return server.url("credence", "credence")


def test_a_decision_is_made_in_a_database_whose_owner_may_make_roles_and_no_more(
    server: Server, folder: Path
) -> None:
    url = owned(server)
    for _ in range(2):
        migrate(url)
        make_schema(url)

    async def work() -> None:
        async with house(url, folder) as h:
            await h.publish()
            made = await h.decided("ana")
            assert made["outcome"] == "no_deposit"
            unknown = await h.there.ask("nobody", level="score")
            assert unknown.status_code == 403
            async with h.there.here.as_(h.partner[0]) as context:
                # Row-level security holds for the application, whoever owns the database.
                assert await context.connection.fetchval("SELECT count(*) FROM people") == 0

    run(work())
