"""A bureau as an operator runs it: its API with a PostgreSQL of its own, and a worker, each a process."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from credence.cli.server.database import DATABASE
from credence.server.database.embedded import running_at

CREDENCE = str(Path(sys.executable).parent / "credence")
PATIENCE = 120
WORDS = {"api": ["serve", "--no-jobs"], "worker": ["worker"]}


class Processes:
    """The processes of a bureau over a folder; each can be killed, and is begun anew as systemd would."""

    def __init__(self, data: Path, log: IO[bytes]) -> None:
        self.data, self.log = data, log
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def database(self) -> psycopg.Connection:
        """A connection that may see everything."""
        url = running_at(self.data / "postgres").url(DATABASE)
        return psycopg.connect(url, options="-c search_path=credence")

    def begin(self, name: str) -> None:
        words = [CREDENCE, *WORDS[name], "--data", str(self.data)]
        words += ["--port", str(self.port)] if name == "api" else []
        settings = {"CREDENCE_SANDBOX": "true", "CREDENCE_RATE_A_MINUTE": "1000000000"}
        # What is killed here does what it is asked, on whatever day of the month.
        environment = os.environ | settings | {"CREDENCE_RUN_MONTHLY": "false"}
        self.running[name] = subprocess.Popen(words, env=environment, stdout=self.log, stderr=self.log)

    def kill(self, name: str) -> None:
        """End a process as a crash would; the API and the worker are begun anew, by us."""
        if name == "database":
            process = int((self.data / "postgres/cluster/postmaster.pid").read_text().split()[0])
            children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
            # The first dies, and with it all: what was in memory is gone.
            for one in (process, *map(int, children)):
                os.kill(one, signal.SIGKILL)
            return
        self.running[name].kill()
        self.running[name].wait()
        self.begin(name)

    def end(self) -> None:
        """End both in order, the worker first."""
        for name in ("worker", "api"):
            self.running[name].send_signal(signal.SIGTERM)
            self.running[name].wait(PATIENCE)


@contextmanager
def processes(data: Path) -> Iterator[Processes]:
    """A bureau's processes over a folder, ended with the block."""
    with (data / "processes.log").open("wb") as log:
        made = Processes(data, log)
        made.begin("api")
        made.begin("worker")
        try:
            yield made
        except BaseException:
            # What the processes said beside their requests, for whoever reads why a test failed.
            said = (data / "processes.log").read_text().splitlines(keepends=True)
            sys.stdout.writelines(line for line in said if '"what": "request"' not in line)
            raise
        finally:
            made.end()
