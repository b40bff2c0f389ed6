"""What a decision costs: CPU of the API's process and of PostgreSQL a request, with the score published.

`python -m bench.server_decisions [--people N] [--requests N]`: as `bench.server_reads`, with a policy of one
limit, an Idempotency-Key and an inquiry each, and everything kept encrypted. Everybody was decided about
once before, as somebody is who has enrolled: their key is there.
"""

import argparse
from typing import Any

import psycopg

from bench.serving import PURPOSE, bureau, known, post

# In milliseconds of CPU of the API.
AIM = 1.1
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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.server_decisions")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=2_000)
    options = parser.parse_args()
    people = known(options.people, options.requests)
    with bureau(options.people, _prepare) as running:
        running.cost(_asked(people, "loan@1", "warm"), 201)
        for policy, outcome in (("loan@1", "accept"), ("dear@1", "decline")):
            cost = running.cost(_asked(people, policy, policy), 201)
            print(f"{outcome}: {cost} (aim {AIM} ms: {cost.met(AIM)})", flush=True)


def _prepare(connection: psycopg.Connection[Any]) -> None:
    """Two policies: one accepts everybody, one nobody."""
    for number, (name, limit) in enumerate((("loan", 600), ("dear", 700))):
        text = POLICY.replace("loan", name, 1) % (limit, limit)
        connection.execute(DEFINE, [f"def_{number}", name, text])


def _asked(people: list[str], policy: str, run: str) -> list[bytes]:
    said = {"policy": policy, "purpose": PURPOSE}
    return [post("/v1/decisions", {"person": one} | said, f"{run}-{n}") for n, one in enumerate(people)]


if __name__ == "__main__":
    main()
