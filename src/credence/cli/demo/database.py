"""The demonstration's PostgreSQL: a database in use, and beside it the same as it was at the beginning."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg

from credence.server.database.embedded import Server, embedded

# As other commands over the folder of a bureau know them.
DATABASE, APP = "credence", "credence_app"
BEGINNING = "beginning"
# PostgreSQL refuses to run as root, and runs as somebody who must be able to come to its data.
ELSEWHERE, LOOK = Path("/var/lib/credence"), 0o001


@contextmanager
def cluster(bureau: Path) -> Iterator[Server]:
    """The PostgreSQL of a bureau's folder while it is used; whoever calls this is alone with the folder."""
    # What is lost when the machine loses its power can be made again; nobody waits for the disk meanwhile.
    with embedded(_place(bureau), durable=False, kept=True) as server:
        yield server


def _place(bureau: Path) -> Path:
    """Where its data are: elsewhere, where root runs it in a folder into which nobody else may look."""
    place, parents = bureau / "postgres", [bureau.resolve(), *bureau.resolve().parents]
    hidden = not all(one.stat().st_mode & LOOK for one in parents)
    if os.geteuid() == 0 and hidden and not (place.exists() or place.is_symlink()):
        elsewhere = ELSEWHERE / f"demo-{sha256(str(parents[0]).encode()).hexdigest()[:12]}"
        elsewhere.mkdir(mode=0o755, parents=True, exist_ok=True)
        place.symlink_to(elsewhere)
    return place


def url_of(server: Server) -> str:
    """Where the bureau finds its database, as the role that owns nothing."""
    return server.url(DATABASE, APP)


def empty(server: Server) -> None:
    """Make the database anew, with the schema and nobody in it."""
    # Only the first start needs these, and they take long to load.
    from credence.server.database.migrate import migrate  # noqa: PLC0415
    from credence.server.database.queue import make_schema  # noqa: PLC0415

    _drop(server, BEGINNING)
    _drop(server, DATABASE)
    _tell(server, f"CREATE DATABASE {DATABASE}")
    migrate(server.url(DATABASE))
    make_schema(server.url(DATABASE))


def keep(server: Server) -> None:
    """Keep what is in the database now as the beginning; nobody may be connected to it."""
    _tell(server, f"CREATE DATABASE {BEGINNING} TEMPLATE {DATABASE}")


def restore(server: Server) -> None:
    """Put back what was there at the beginning; whoever is connected is cut off."""
    _drop(server, DATABASE)
    _tell(server, f"CREATE DATABASE {DATABASE} TEMPLATE {BEGINNING}")


def _drop(server: Server, name: str) -> None:
    _tell(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _tell(server: Server, statement: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())
