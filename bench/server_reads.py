"""What a partner's question costs: CPU of the API's process and of PostgreSQL a request, and the floor.

`python -m bench.server_reads [--people N] [--requests N]`: the API runs in a process of its own under
uvicorn; a client sends one question after another over one connection. The floor is PostgreSQL's own select
of a score by its key, on a prepared statement.
"""

import argparse
import asyncio
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import psycopg
import uvicorn

from credence.server.app import create_app
from credence.server.database.embedded import embedded
from credence.server.database.migrate import migrate
from credence.server.settings import Settings

TICKS = os.sysconf("SC_CLK_TCK")
LINES = json.dumps([[3, "most", 40]] * 12)
OPTIONS = "-c search_path=credence -c credence.actor=system:bureau"
PEOPLE = """
INSERT INTO people (person_id, log_id, enrolled_at)
SELECT 'per_' || lpad(n::text, 26, '0'), 'log' || n, now() FROM generate_series(1, %(people)s) n;
INSERT INTO partners (partner_id, name, purposes, added_at) VALUES ('par_1', 'Bank', '{small_loan}', now());
INSERT INTO pairwise SELECT 'par_1', person_id, 'per_' || lpad((n + 10000000)::text, 26, '0')
FROM generate_series(1, %(people)s) n JOIN people ON log_id = 'log' || n;
INSERT INTO consents SELECT 'con' || person_id, person_id, 'par_1', 'small_loan', 'score', NULL, 'everyday',
  now() - interval '1 day', now() + interval '30 days', NULL FROM people;
SELECT credence_scores_draft('scores_1');
INSERT INTO scores_1 SELECT 1, person_id, 640, 'good', NULL, '[]', %(lines)s FROM people;
INSERT INTO publications VALUES (1, 'run', 'hash', 'folder', 'everyday', 1, 'hash', '2026-11-06', now(), 1,
                                 %(people)s, now());
SELECT credence_scores_attach('scores_1', ARRAY[1]);
INSERT INTO tokens (token_hash, key_id, actor, actor_id, scopes, made_at, ends_at, test)
VALUES (sha256('test_key'), 'key_1', 'partner', 'par_1', '{scores.read}', now() - interval '1 day',
        now() + interval '30 days', true);
INSERT INTO rates (actor_id, a_minute) VALUES ('par_1', 1000000);
ANALYZE
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.server_reads")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=3_000)
    parser.add_argument("--serve", help="serve this database, for the other process")
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    if options.serve:
        settings = Settings(data=options.data, sandbox=True)
        uvicorn.run(create_app(settings, options.serve), port=8931, log_level="error")
        return
    measure(options.people, options.requests)


def measure(people: int, requests: int) -> None:
    with TemporaryDirectory() as scratch, TemporaryDirectory(prefix="bench-pg-") as place:
        Path(place).chmod(0o755)
        with embedded(Path(place)) as server:
            url = server.url("postgres")
            migrate(url)
            fill(url, people)
            known = [f"per_{10_000_000 + 1 + n * 7919 % people:026d}" for n in range(requests)]
            with serving(url, Path(scratch)) as api:
                ask(known[:300], "warm")
                for level in ("score", "threshold"):
                    show(f"a question at the level {level}", *cost(api, Path(place), known, level))
            print(
                f"floor: select of a score by key: {asyncio.run(floor(url, requests)):.3f} ms of PostgreSQL"
            )


def fill(url: str, people: int) -> None:
    with psycopg.connect(url, autocommit=True, options=OPTIONS) as connection:
        for statement in PEOPLE.split(";\n"):
            said = {"people": people, "lines": LINES}
            connection.execute(statement, said if "%(" in statement else None)


@contextmanager
def serving(url: str, data: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.server_reads", "--serve", url, "--data", str(data)]
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            time.sleep(0.2)
            try:
                connection = http.client.HTTPConnection("127.0.0.1", 8931)
                connection.connect()
            except OSError:
                continue
            break
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def cost(api: int, place: Path, known: list[str], level: str) -> tuple[float, float, float]:
    processes = backends(place)
    before, begun = (spent([api]), spent(processes)), time.perf_counter()
    ask(known, level)
    wall = time.perf_counter() - begun
    after = spent([api]), spent(processes)
    own, database = (
        (later - earlier) / len(known) * 1e3 for earlier, later in zip(before, after, strict=True)
    )
    return own, database, wall / len(known) * 1e3


def ask(known: list[str], run: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", 8931)
    level = {"level": "threshold", "at_least": 600} if run == "threshold" else {"level": "score"}
    for number, person in enumerate(known):
        body = {"person": person, "purpose": "small_loan", "scorecard": "everyday"} | level
        headers = {
            "Authorization": "Bearer test_key", "Content-Type": "application/json",
            "Idempotency-Key": f"{run}-{number}",
        }  # fmt: skip
        connection.request("POST", "/v1/scores/ask", json.dumps(body), headers)
        reply = connection.getresponse()
        said = reply.read()
        assert reply.status == 200, said


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
    """CPU seconds that processes have spent."""
    total = 0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


async def floor(url: str, requests: int) -> float:
    connection = await asyncpg.connect(url, server_settings={"search_path": "credence"})
    backend = await connection.fetchval("SELECT pg_backend_pid()")
    select = await connection.prepare("SELECT score FROM scores_1 WHERE number = 1 AND person_id = $1")
    before = spent([backend])
    for number in range(requests * 5):
        await select.fetchval(f"per_{number:026d}")
    cpu = spent([backend]) - before
    await connection.close()
    return cpu / requests / 5 * 1e3


def show(what: str, own: float, database: float, wall: float) -> None:
    both = own + database
    print(
        f"{what}: {own:.2f} ms API + {database:.2f} ms PostgreSQL = {both:.2f} ms CPU; {wall:.2f} ms in all"
    )


if __name__ == "__main__":
    main()
