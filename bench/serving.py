"""A bureau to measure: its own PostgreSQL with people in it, its API in a process of its own, and a client.

CPU is read of processes, as the kernel counts it: that of the API, and that of PostgreSQL. The client is in
neither. Requests come over sixteen connections at once.
"""

import json
import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg

from credence.scorecards.load import load_scorecard
from credence.server.database.embedded import embedded
from credence.server.database.migrate import migrate

CONNECTIONS, BATCH = 16, 200
LINES = json.dumps([[3, "most", 40]] * 12)
OPTIONS = "-c search_path=credence -c credence.actor=system:bureau"
PURPOSE, SCORES = "small_loan", "scores_1"
PEOPLE = f"""
INSERT INTO people (person_id, log_id, enrolled_at)
SELECT 'per_' || lpad(n::text, 26, '0'), 'log' || n, now() FROM generate_series(1, %(people)s) n;
INSERT INTO partners (partner_id, name, purposes, added_at) VALUES ('par_1', 'Bank', '{{{PURPOSE}}}', now());
INSERT INTO pairwise SELECT 'par_1', person_id, 'per_' || lpad((n + 10000000)::text, 26, '0')
FROM generate_series(1, %(people)s) n JOIN people ON log_id = 'log' || n;
INSERT INTO consents (consent_id, person_id, partner_id, purpose, level, scorecard, granted_at, ends_at,
                      first_read_at)
SELECT 'con' || person_id, person_id, 'par_1', '{PURPOSE}', 'score', 'everyday', now() - interval '2 days',
       now() + interval '30 days', now() - interval '1 day' FROM people;
SELECT credence_scores_draft('{SCORES}');
INSERT INTO {SCORES} SELECT 1, person_id, 640, 'good', NULL, '[]', %(lines)s FROM people;
INSERT INTO publications VALUES (1, 'run', 'hash', 'folder', 'everyday', 1, %(card)s, '2026-11-06', now(), 1,
                                 %(people)s, now());
SELECT credence_scores_attach('{SCORES}', ARRAY[1]);
INSERT INTO tokens (token_hash, key_id, actor, actor_id, scopes, made_at, ends_at, test)
VALUES (sha256('test_key'), 'key_1', 'partner', 'par_1', '{{scores.read,decisions.write}}',
        now() - interval '1 day', now() + interval '30 days', true);
INSERT INTO rates (actor_id, a_minute) VALUES ('par_1', 10000000);
VACUUM ANALYZE
"""
# Checkpoints of what was loaded would be counted with the requests.
SETTLE = "CHECKPOINT"


@dataclass(frozen=True)
class Cost:
    """What a request cost, in milliseconds of CPU: in the cheapest batch, and in the one in the middle.

    The cheapest is what it costs where nobody else uses the machine's cores and caches.
    """

    api_least: float
    api: float
    database_least: float
    database: float
    wall: float

    def met(self, aim: float) -> str:
        """Whether an aim for the API was met by the cheapest batch, and by the one in the middle."""
        return (
            "met" if self.api <= aim else "met by the cheapest batch" if self.api_least <= aim else "MISSED"
        )

    def __str__(self) -> str:
        """For a person."""
        return (
            f"API {self.api_least:.2f} ms of CPU (median {self.api:.2f}), "
            f"PostgreSQL {self.database_least:.2f} ({self.database:.2f}); {1e3 / self.wall:,.0f} a second"
        )


@dataclass(frozen=True)
class Bureau:
    """A running bureau: its database, the folder of its PostgreSQL, the process and port of its API."""

    url: str
    place: Path
    api: int
    port: int

    def cost(self, requests: Sequence[bytes], status: int) -> Cost:
        """Send requests, and what each cost; each reply must have the status."""
        processes, costs, begun = backends(self.place), [], time.perf_counter()
        for start in range(0, len(requests), BATCH):
            batch = requests[start : start + BATCH]
            before = spent([self.api]), spent(processes)
            send(self.port, batch, status)
            after = spent([self.api]), spent(processes)
            costs.append([(b - a) / len(batch) * 1e3 for a, b in zip(before, after, strict=True)])
        wall = (time.perf_counter() - begun) / len(requests) * 1e3
        own, database = (sorted(each) for each in zip(*costs, strict=True))
        return Cost(own[0], median(own), database[0], median(database), wall)


@contextmanager
def bureau(people: int, prepare: Callable[[psycopg.Connection], None] = lambda _: None) -> Iterator[Bureau]:
    """A bureau with people who consented and have a score; `prepare` adds what else is needed."""
    with TemporaryDirectory() as data, TemporaryDirectory(prefix="bench-pg-") as place:
        Path(place).chmod(0o755)
        with embedded(Path(place)) as server:
            url = server.url("postgres")
            migrate(url)
            with psycopg.connect(url, autocommit=True, options=OPTIONS) as connection:
                _fill(connection, people)
                prepare(connection)
                connection.execute(SETTLE)
            with _serving(url, Path(data)) as (api, port):
                yield Bureau(url, Path(place), api, port)


def known(people: int, requests: int) -> list[str]:
    """People as the partner knows them, spread over all."""
    return [f"per_{10_000_000 + 1 + n * 7919 % people:026d}" for n in range(requests)]


def post(path: str, said: object, key: str) -> bytes:
    """A request of the partner's, with a sandbox key and an Idempotency-Key."""
    body = json.dumps(said).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bureau\r\nAuthorization: Bearer test_key\r\n"
        f"Idempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _fill(connection: psycopg.Connection, people: int) -> None:
    said = {"people": people, "lines": LINES, "card": load_scorecard("everyday").definition_hash}
    for statement in PEOPLE.split(";\n"):
        connection.execute(statement, said if "%(" in statement else None)


@contextmanager
def _serving(url: str, data: Path) -> Iterator[tuple[int, int]]:
    """The API as `credence serve` runs it, with its line in the log for each request, without jobs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("credence")), "serve", "--no-jobs", "--data", str(data)]
    command += ["--database", url, "--port", str(port)]
    environment = os.environ | {"CREDENCE_SANDBOX": "true"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None, "a pipe"
        assert "listens" in process.stdout.readline(), "it says that it listens"
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def send(port: int, requests: Sequence[bytes], status: int) -> None:
    """Send requests over sixteen connections, on each the next when the last is answered."""
    left, selector = iter(requests), selectors.DefaultSelector()
    came: dict[socket.socket, bytes] = {}

    def go_on(connection: socket.socket) -> None:
        following = next(left, None)
        if following is None:
            selector.unregister(connection)
            connection.close()
            return
        came[connection] = b""
        connection.sendall(following)

    for _ in range(CONNECTIONS):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(connection, selectors.EVENT_READ)
        go_on(connection)
    while selector.get_map():
        for key, _ in selector.select():
            ready = key.fileobj
            assert isinstance(ready, socket.socket), "what was registered"
            came[ready] += ready.recv(65_536)
            if _whole(came[ready]):
                assert came[ready].startswith(b"HTTP/1.1 %d " % status), came[ready]
                go_on(ready)


def _whole(reply: bytes) -> bool:
    head, found, body = reply.partition(b"\r\n\r\n")
    if not found:
        return False
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return len(body) >= int(length.partition(b":")[2])


def backends(place: Path) -> list[int]:
    """The processes of the PostgreSQL that was started here, of which other programs may run more."""
    first = int((place / "cluster" / "postmaster.pid").read_text().split()[0])
    found = [first]
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == first:
                found.append(int(path.parent.name))
    return found


def spent(processes: list[int]) -> float:
    """CPU seconds that processes have spent; one that has ended meanwhile counts no more."""
    total = 0
    for process in processes:
        for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
            with suppress(OSError):
                total += int(thread.read_text().split()[0])
    return total / 1e9
