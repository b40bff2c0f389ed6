"""A PostgreSQL of one's own, made, started, kept and stopped, under a folder of the user's.

PostgreSQL refuses to run as root; there it runs as `nobody`, who then owns its folder.
"""

import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

from credence.errors import DatabaseFailedError
from credence.server.database.programs import Programs, find

logger = logging.getLogger("credence.database")
SUPERUSER, LOG, PROGRAM = "postgres", "server.log", "pg_ctl"
OPTIONS = "-c listen_addresses= -c shared_buffers=64MB -c max_connections=60 -c log_checkpoints=off"
# Processes that read files, from the version that has them.
READERS, SINCE = " -c io_workers=1", 18
# A socket's path may have 107 signs at most (103 on a Mac), and nothing in it that a URL would read.
SHORT = re.compile(r"[A-Za-z0-9/._-]{1,80}")
# How often it is looked whether it lives, and how long until it is tried again.
SECONDS, AGAIN = 0.5, 1.0


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that listens on a socket in a folder, and nowhere else."""

    socket: Path

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """The URL of one of its databases."""
        return f"postgresql://{user}@/{database}?host={self.socket}"


@contextmanager
def embedded(data: Path, *, durable: bool = True, kept: bool = False) -> Iterator[Server]:
    """A PostgreSQL over a folder while it is used; the folder is made with the first use.

    Whoever calls this is alone with the folder: what a killed process left running is stopped.

    Args:
        data: Where its data are, or will be.
        durable: Whether what is committed survives a crash of the machine; tests may do without.
        kept: Whether it is started again, by a thread, whenever it dies.

    Raises:
        DatabaseMissingError: No PostgreSQL is installed that can be run, or none of the version of the data.
        DatabaseFailedError: It cannot be made or started.
    """
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    socket = running_at(data).socket
    socket.mkdir(mode=0o700, exist_ok=True)
    cluster = _Cluster(data, socket, find(_user(data, socket), _version_of(data)), durable)
    cluster.make()
    cluster.stop()
    try:
        cluster.start()
        with cluster.kept() if kept else nullcontext():
            yield Server(socket)
    finally:
        cluster.stop()
        shutil.rmtree(socket, ignore_errors=True)


def running_at(data: Path) -> Server:
    """The PostgreSQL over a folder, if one runs."""
    data = data.resolve()
    if SHORT.fullmatch(str(data)):
        return Server(data / "socket")
    name = sha256(str(data).encode()).hexdigest()[:12]
    return Server(Path(tempfile.gettempdir()) / f"credence-pg-{name}")


def _user(*folders: Path) -> str | None:
    if os.geteuid() != 0:
        return None
    for folder in folders:
        shutil.chown(folder, "nobody")
    return "nobody"


def _version_of(data: Path) -> str:
    """The major version that made the data of a folder, which only that one reads."""
    made = data / "cluster" / "PG_VERSION"
    return made.read_text().strip() if made.is_file() else ""


@dataclass(frozen=True)
class _Cluster:
    """The data of a PostgreSQL, and the programs that it is run with."""

    data: Path
    socket: Path
    programs: Programs
    durable: bool

    @property
    def folder(self) -> Path:
        return self.data / "cluster"

    def make(self) -> None:
        """Make it, where it was not; half of one is never taken for it."""
        if self.folder.is_dir():
            return
        draft = self.data / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        self.programs.run("initdb", "-D", draft, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "-N")
        draft.rename(self.folder)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.socket} {OPTIONS}" + (READERS if int(self.programs.version) >= SINCE else "")
        options += "" if self.durable else " -c fsync=off"
        log = self.data / LOG
        begun = log.stat().st_size if log.is_file() else 0
        try:
            self.programs.run(PROGRAM, "-D", self.folder, "-w", "-l", log, "-o", options, "start")
        except DatabaseFailedError as error:
            # Why it did not start stands in its log alone.
            said = log.read_bytes()[begun:].decode(errors="replace") if log.is_file() else ""
            raise DatabaseFailedError(PROGRAM, f"{error.words} {said}") from None

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self.runs():
            with suppress(DatabaseFailedError):
                self.programs.run(PROGRAM, "-D", self.folder, "-w", "-m", "fast", "stop")

    def runs(self) -> bool:
        """Whether its process lives."""
        try:
            process = int((self.folder / "postmaster.pid").read_text().split()[0])
            # Where we are the first process of a container, what died is ours to bury.
            with suppress(ChildProcessError):
                os.waitpid(process, os.WNOHANG)
            os.kill(process, 0)
        except (FileNotFoundError, IndexError, ValueError, ProcessLookupError):
            return False
        except PermissionError:
            return True
        # Its number may be another's by now, whom nobody may stop.
        with suppress(OSError):
            return Path(f"/proc/{process}/cwd").readlink() == self.folder
        return True

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Start it again whenever it dies, as long as the block runs."""
        ended = Event()
        keeper = Thread(target=self._keep, args=(ended,), name="postgres-keeper", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()

    def _keep(self, ended: Event) -> None:
        while not ended.wait(SECONDS):
            if self.runs():
                continue
            logger.error("the database died, and is started again")
            try:
                self.start()
            except (DatabaseFailedError, OSError):
                # Its own words are there: ours hold nothing that anybody sent.
                logger.error("it could not be started, and is tried again: see %s", self.data / LOG)  # noqa: TRY400
                ended.wait(AGAIN)
