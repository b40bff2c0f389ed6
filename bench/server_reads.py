"""What a partner's question costs: CPU of the API's process and of PostgreSQL a request, and the floor.

`python -m bench.server_reads [--people N] [--requests N]`: each question has an Idempotency-Key, finds
consent, freeze and score under row-level security, and is recorded with its entry in the audit; everybody's
consent was used before. Then the same with a token that is bound to a key, and a proof in each request. The
floor is PostgreSQL's own select of a score by its key, on a prepared statement.
"""

import argparse
import asyncio
import time
from typing import Any

import asyncpg
import psycopg
from joserfc.jwk import ECKey

from bench.serving import PURPOSE, SCORES, Bureau, bureau, known, post, spent
from credence.client.signing import SigningKey

# In milliseconds of CPU of the API.
AIM, AIM_PROOF = 0.8, 0.35
ASK = "/v1/scores/ask"
LEVELS: tuple[dict[str, object], ...] = ({"level": "score"}, {"level": "threshold", "at_least": 600})
BOUND = """
INSERT INTO tokens (token_hash, key_id, actor, actor_id, scopes, made_at, ends_at, proof)
VALUES (sha256('live_key'), 'key_2', 'partner', 'par_1', '{scores.read}', now() - interval '1 day',
        now() + interval '30 days', %s)
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.server_reads")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=3_000)
    options = parser.parse_args()
    key = ECKey.generate_key("P-256", private=True)
    signing = SigningKey("par_1", key, "", clock=time.time)

    def prepare(connection: psycopg.Connection[Any]) -> None:
        connection.execute(BOUND, [key.thumbprint()])

    with bureau(options.people, prepare) as running:
        _measure(running, known(options.people, options.requests), signing)


def _measure(running: Bureau, people: list[str], key: SigningKey) -> None:
    running.cost(_questions(people[:300], "warm", LEVELS[0]), 200)
    costs = []
    for level in LEVELS:
        cost = running.cost(_questions(people, str(level["level"]), level), 200)
        print(f"a question at the level {level['level']}: {cost} (aim {AIM} ms: {cost.met(AIM)})", flush=True)
        costs.append(cost)
    signed = running.cost(_signed(running, people, key), 200)
    more = signed.api_least - costs[0].api_least
    print(f"the same with a proof: {signed}; {more:.2f} ms more (aim {AIM_PROOF} ms)")
    floor = asyncio.run(_floor(running.url, len(people)))
    print(f"floor: select of a score by key: {floor:.3f} ms of PostgreSQL")


def _questions(people: list[str], run: str, level: dict[str, object]) -> list[bytes]:
    said = {"purpose": PURPOSE, "scorecard": "everyday"} | level
    return [post(ASK, {"person": one} | said, f"{run}-{n}") for n, one in enumerate(people)]


def _signed(running: Bureau, people: list[str], key: SigningKey) -> list[bytes]:
    """Questions, each with a proof; they are made before anything is measured, and are good for a minute."""
    url = f"http://127.0.0.1:{running.port}{ASK}"
    told = []
    for question in _questions(people[:500], "signed", LEVELS[0]):
        proof = key.proof("POST", url, "live_key")
        said = f"Authorization: DPoP live_key\r\nDPoP: {proof}"
        told.append(question.replace(b"Authorization: Bearer test_key", said.encode(), 1))
    return told


async def _floor(url: str, requests: int) -> float:
    connection = await asyncpg.connect(url, server_settings={"search_path": "credence"})
    backend = await connection.fetchval("SELECT pg_backend_pid()")
    select = await connection.prepare(f"SELECT score FROM {SCORES} WHERE number = 1 AND person_id = $1")
    before = spent([backend])
    for number in range(requests * 5):
        await select.fetchval(f"per_{number:026d}")
    cpu = spent([backend]) - before
    await connection.close()
    return cpu / requests / 5 * 1e3


if __name__ == "__main__":
    main()
