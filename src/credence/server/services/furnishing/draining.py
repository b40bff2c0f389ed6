"""What was acknowledged goes into the log, several receipts in one batch; what is stopped is done again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import SYSTEM, Context
from credence.server.services.furnishing import batches, rows
from credence.server.services.furnishing.batches import Batch, Beyond
from credence.server.services.furnishing.checking import Rules
from credence.server.services.furnishing.receipts import rules_of
from credence.server.services.people import erasing
from credence.server.state import State

FRESH = """
SELECT receipt_id, rows FROM receipts WHERE done_at IS NULL AND tries = 0
ORDER BY receipt_id LIMIT 1000 FOR UPDATE SKIP LOCKED
"""
# What failed before goes alone, after others, so that it keeps nobody waiting; and after each batch of
# others one of it, so that they do not keep it waiting for ever.
TRIED_BEFORE = """
SELECT receipt_id, rows FROM receipts WHERE done_at IS NULL AND tries > 0
ORDER BY tries, receipt_id LIMIT 1 FOR UPDATE SKIP LOCKED
"""
READ = """
SELECT receipt_id, furnisher_id, form, body FROM receipts WHERE receipt_id = ANY($1) ORDER BY receipt_id
"""
# A batch of the log costs as much as some thousand rows of it; its rows are held in memory.
ROWS_MOST = 60_000
DONE = """
UPDATE receipts SET done_at = $2, results = $3, body = NULL, accepted = $4, known = $5, conflicts = $6,
rejected = $7 WHERE receipt_id = $1
"""
TRIED = "UPDATE receipts SET tries = tries + 1 WHERE receipt_id = ANY($1)"
OUTCOMES = ("accepted", "known", "conflict", "rejected")
Rows = Sequence[Mapping[str, Any]]


async def drain(state: State, now: datetime, beyond: Beyond) -> int:
    """Take all receipts that wait into the log; return how many rows were looked at.

    Receipts are locked while they are taken and are done in the same transaction that keeps the results; a
    process that dies on the way lets go of them, and they are taken again, which changes nothing twice.

    Raises:
        CredenceError: The log or the database could not be written; what was not taken waits.
    """
    total = 0
    while taken := await _some(state, now, beyond, FRESH) + await _some(state, now, beyond, TRIED_BEFORE):
        total += taken
    return total


async def _some(state: State, now: datetime, beyond: Beyond, claim: str) -> int:
    names: list[str] = []
    try:
        async with acting(state.pool, SYSTEM.setting) as connection:
            system = Context(SYSTEM, connection, now, new_id("req", now), state.settings)
            await erasing.hold_off(system)
            names += together(await connection.fetch(claim))
            return await _take(state, system, await connection.fetch(READ, names), beyond)
    except Exception:
        async with acting(state.pool, SYSTEM.setting) as connection:
            await connection.execute(TRIED, names)
        raise


def together(waiting: Rows) -> list[str]:
    """Receipts that go into the log in one batch: as many as its rows allow, and at least one."""
    chosen: list[str] = []
    rows_in_all = 0
    for row in waiting:
        rows_in_all += row["rows"]
        if chosen and rows_in_all > ROWS_MOST:
            break
        chosen.append(row["receipt_id"])
    return chosen


async def _take(state: State, system: Context, claimed: Rows, beyond: Beyond) -> int:
    """Take receipts into the log, and note what became of their rows."""
    words = state.log.vocabulary
    prepared: list[Batch] = []
    rules: dict[str, Rules] = {}
    for row in claimed:
        furnisher = row["furnisher_id"]
        if furnisher not in rules:
            rules[furnisher] = await rules_of(system, furnisher, words)
        sent = rows.read(bytes(row["body"]), row["form"])
        prepared.append(await batches.prepare(system, rules[furnisher], sent, beyond.refuses))
    if prepared:
        await batches.take(state, prepared, system.now, beyond.follows)
    for row, batch in zip(claimed, prepared, strict=True):
        counts: dict[str, int] = {outcome: batch.count(outcome) for outcome in OUTCOMES}
        results = msgspec.json.encode(batch.told())
        await system.connection.execute(DONE, row["receipt_id"], system.now, results, *counts.values())
        await audit.record(system, "events.taken", receipt=row["receipt_id"], counts=counts)
    return sum(len(batch.rows) for batch in prepared)
