"""What a decision costs: CPU of the API's process and of PostgreSQL a request, with the score published.

`python -m bench.server_decisions [--people N] [--requests N]`: as `bench.server_reads`, with a policy of one
limit, an Idempotency-Key and an inquiry each, and everything kept encrypted. Everybody was decided about
once before, as somebody is who has enrolled: their key is there.
"""

import argparse
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import uvicorn

from bench.server_reads import OPTIONS, backends, fill, spent
from credence.scorecards.load import load_scorecard
from credence.server.app import create_app
from credence.server.database.embedded import embedded
from credence.server.database.migrate import migrate
from credence.server.settings import Settings

PORT = 8934
POLICY = """
name: loan
version: 1
title: A loan
scorecard: everyday@1
purpose: small_loan
rows:
  - {when: {score: {at_least: %d}}, outcome: accept, reason: Your score is enough.}
  - {when: {score: {below: %d}}, outcome: decline, reason: Your score is not enough.}
unknown: {outcome: refer, reason: There is no score.}
"""
DEFINE = """
INSERT INTO definitions
  (definition_id, partner_id, kind, name, version, text, definition_hash, state, added_at)
VALUES (%s, 'par_1', 'policy', %s, 1, %s, '', 'published', now())
"""
READY = "UPDATE publications SET definition_hash = %s, known_at = now()"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.server_decisions")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--serve", help="serve this database, for the other process")
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    if options.serve:
        settings = Settings(data=options.data, sandbox=True)
        uvicorn.run(create_app(settings, options.serve), port=PORT, log_level="error")
        return
    measure(options.people, options.requests)


def measure(people: int, requests: int) -> None:
    with TemporaryDirectory() as scratch, TemporaryDirectory(prefix="bench-pg-") as place:
        Path(place).chmod(0o755)
        with embedded(Path(place)) as server:
            url = server.url("postgres")
            migrate(url)
            fill(url, people)
            prepare(url)
            known = [f"per_{10_000_000 + 1 + n * 7919 % people:026d}" for n in range(requests)]
            with serving(url, Path(scratch)) as api:
                decide(known, "loan@1", "warm")
                for policy in ("loan@1", "dear@1"):
                    before, start = (spent([api]), spent(backends(Path(place)))), time.perf_counter()
                    outcome = decide(known, policy, policy)
                    wall = (time.perf_counter() - start) / requests * 1e3
                    after = spent([api]), spent(backends(Path(place)))
                    own, base = ((b - a) / requests * 1e3 for a, b in zip(before, after, strict=True))
                    print(f"{outcome}: API {own:.2f} ms, PostgreSQL {base:.2f} ms of CPU; {wall:.2f} ms wall")


def prepare(url: str) -> None:
    """The scores are those of today's everyday, and there are two policies: one accepts all, one nobody."""
    with psycopg.connect(url, autocommit=True, options=OPTIONS) as connection:
        connection.execute(READY, [load_scorecard("everyday").definition_hash])
        connection.execute("UPDATE tokens SET scopes = '{decisions.write}'")
        for number, (name, limit) in enumerate((("loan", 600), ("dear", 700))):
            text = POLICY.replace("loan", name, 1) % (limit, limit)
            connection.execute(DEFINE, [f"def_{number}", name, text])


@contextmanager
def serving(url: str, data: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.server_decisions", "--serve", url, "--data", str(data)]
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            time.sleep(0.2)
            try:
                http.client.HTTPConnection("127.0.0.1", PORT).connect()
            except OSError:
                continue
            break
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def decide(known: list[str], policy: str, key: str) -> str:
    """Decide about everybody named, one after another; the outcome of the last."""
    connection, outcome = http.client.HTTPConnection("127.0.0.1", PORT), ""
    for number, person in enumerate(known):
        body = json.dumps({"person": person, "policy": policy, "purpose": "small_loan"})
        headers = {
            "Authorization": "Bearer test_key", "Content-Type": "application/json",
            "Idempotency-Key": f"{key}-{number}",
        }  # fmt: skip
        connection.request("POST", "/v1/decisions", body, headers)
        reply = connection.getresponse()
        told = json.loads(reply.read())
        assert reply.status == 201, told
        outcome = told["outcome"]
    return outcome


if __name__ == "__main__":
    main()
