"""Policies over a million people's scores: `python -m bench.policies`, CPU-seconds of whole commands.

The scores have the shape that `credence score` writes for `everyday`; the policy asks for the score, an
answer, a list and a column, of which the latter two come from a table of a million people.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Characteristic

PEOPLE = 1_000_000
CPU_SECONDS_MOST = 2.0
RANDOM_SEED = 0.5
PLAIN = """
name: plain
version: 1
title: By the score alone
scorecard: everyday
purpose: rental_deposit
rows:
  - {when: {score: {above: 650}}, outcome: accept, reason: Your score is more than 650.}
  - {when: {score: {above: 600, up_to: 650}}, outcome: refer, reason: Your score is 601 to 650.}
  - {when: {score: {up_to: 600}}, outcome: decline, reason: Your score is at most 600.}
  - {when: {scored: false}, outcome: refer, reason: Too little is known for a score.}
"""
FULL = """
name: full
version: 1
title: By the score, an answer, a list and a column
scorecard: everyday
purpose: rental_deposit
hit: first
lists: {court: {title: the court's list, context: public_record}}
columns: {income: {title: monthly income, context: payments}}
rows:
  - {when: {lists: {court: present}}, outcome: decline, reason: You are on the court's list.}
  - {when: {score: {above: 700}, lists: {court: absent}}, outcome: accept, reason: Your score is high.}
  - when: {score: {above: 600}, answers: {paid_on_time: {at_least: 0.9}}, columns: {income: {at_least: 2000}}}
    outcome: accept
    reason: Your bills are paid on time.
  - {when: {scored: false}, outcome: refer, reason: Too little is known for a score.}
otherwise: {outcome: decline, reason: Your score is too low.}
unknown: {outcome: refer, reason: Something is not known.}
"""


def main() -> None:
    """Make the files, run each command as a process of its own, print what it cost."""
    parser = argparse.ArgumentParser(prog="python -m bench.policies")
    parser.add_argument("--people", type=int, default=PEOPLE)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory(prefix="bench-policies-") as name:
        folder = Path(name)
        _write(folder, people)
        limit = CPU_SECONDS_MOST * people / PEOPLE
        start, _ = _cost(["policies", "check", "plain.yaml"], folder)
        print(f"{people:,} people; at most {limit:.1f} CPU-seconds without the start of {start:.2f}")
        for words in _commands():
            cpu, wall = _cost(words, folder)
            mark = "met" if cpu - start <= limit else "MISSED"
            print(f"{cpu - start:6.2f} CPU-s {wall:6.2f} s  {mark:6}  credence {' '.join(words)}")


def _commands() -> list[list[str]]:
    scores, people = ["--scores", "scores.parquet"], ["--people", "people.parquet"]
    return [
        ["decide", "plain.yaml", *scores, "--out", "plain.parquet"],
        ["decide", "full.yaml", *scores, *people, "--out", "full.parquet"],
        ["policies", "back-test", "plain.yaml", *scores],
        ["policies", "back-test", "full.yaml", *scores, *people],
        ["policies", "back-test", "full.yaml", *scores, *people, "--against", "plain.yaml"],
        ["policies", "back-test", "plain.yaml", *scores, "--groups", "groups.parquet"],
    ]


def _write(folder: Path, people: int) -> None:
    (folder / "plain.yaml").write_text(PLAIN, encoding="utf-8")
    (folder / "full.yaml").write_text(FULL, encoding="utf-8")
    card = load_scorecard("everyday")
    structs = [_struct(c) for c in card.characteristics]
    codes = ", ".join(f"CASE WHEN random() < 0.8 THEN 'U{n}' END AS reason_{n}" for n in range(1, 5))
    facts = f"""SELECT 'person-' || i AS person_id, 'everyday' AS scorecard, {card.version} AS version,
        '{card.definition_hash}' AS definition_hash, DATE '2026-11-06' AS as_of,
        TIMESTAMP '2026-11-06 00:00:00' AS known_at, CAST(7 AS BIGINT) AS snapshot,
        CASE WHEN i % 20 > 0 THEN CAST(350 + floor(random() * 601) AS INTEGER) END AS score,
        CASE WHEN i % 20 = 0 THEN 'few_events' END AS unscorable, {codes}, {", ".join(structs)}
        FROM range({people}) AS t(i)"""
    bands = " ".join(f"WHEN score < {b.below} THEN '{b.name}'" for b in card.bands if b.below is not None)
    band = f"CASE WHEN score IS NULL THEN NULL {bands} ELSE '{card.bands[-1].name}' END AS band"
    with duckdb.connect() as connection:
        connection.execute(f"SELECT setseed({RANDOM_SEED})")
        _copy(connection, f"SELECT *, {band} FROM ({facts})", folder / "scores.parquet")
        status = "['absent', 'absent', 'absent', 'present', NULL][1 + CAST(random() * 4 AS INTEGER)] AS court"
        who = f"FROM range({people}) AS t(i)"
        query = f"SELECT 'person-' || i AS person_id, {status}, random() * 5000 AS income {who}"
        _copy(connection, query, folder / "people.parquet")
        group = "['north', 'south', 'east'][1 + i % 3] AS \"group\""
        _copy(connection, f"SELECT 'person-' || i AS person_id, {group} {who}", folder / "groups.parquet")


def _struct(characteristic: Characteristic) -> str:
    answer = "random()" if characteristic.measure.unit == "share" else "CAST(random() * 12 AS BIGINT)"
    attribute = "['low', 'middle', 'high'][1 + CAST(random() * 2 AS INTEGER)]"
    points = "CAST(random() * 40 AS INTEGER)"
    parts = f"answer := {answer}, attribute := {attribute}, points := {points}"
    return f"struct_pack({parts}) AS {characteristic.name}"


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def _cost(words: list[str], folder: Path) -> tuple[float, float]:
    """CPU-seconds (user and system, threads included) and seconds of a command with its start."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("credence")), *words], cwd=folder, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"The command 'credence {' '.join(words)}' failed.")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - started


if __name__ == "__main__":
    main()
