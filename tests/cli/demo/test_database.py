"""The demonstration's database: put back as it was, wherever its folder lies."""

import shutil
from pathlib import Path

import psycopg
import pytest

from credence.cli.demo import database
from credence.cli.server import database as other_commands


def test_what_is_done_to_it_is_undone(tmp_path: Path) -> None:
    # As root below /root: into pytest's own folder only its owner may look.
    try:
        with database.cluster(tmp_path) as server:
            database.empty(server)
            database.keep(server)
            url = server.url(database.DATABASE)
            with psycopg.connect(url) as connection:
                connection.execute("DROP SCHEMA credence CASCADE")
            database.restore(server)
            with psycopg.connect(database.url_of(server)) as connection:
                found = connection.execute("SELECT to_regnamespace('credence') IS NOT NULL").fetchone()
                assert found == (True,)
            # To make it anew takes away both.
            database.empty(server)
            with psycopg.connect(server.url("postgres")) as connection:
                (names,) = (
                    connection.execute("SELECT array_agg(datname::text) FROM pg_database").fetchone() or ()
                )
            assert database.DATABASE in names
            assert database.BEGINNING not in names
    finally:
        shutil.rmtree((tmp_path / "postgres").resolve(), ignore_errors=True)


@pytest.mark.parametrize("name", ["DATABASE", "APP"])
def test_other_commands_over_its_folder_find_it(name: str) -> None:
    assert getattr(database, name) == getattr(other_commands, name)
