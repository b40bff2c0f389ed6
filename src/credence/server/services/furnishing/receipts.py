"""Receipts: what was sent lies in the database before it is acknowledged, and what became of it after."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from credence.errors import NoSuchThingError
from credence.events.vocabulary import Vocabulary
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.furnishing.batches import Result
from credence.server.services.furnishing.checking import Rules
from credence.server.services.furnishing.notice_days import notice_rules
from credence.server.services.furnishing.rows import Form

KEEP = """
INSERT INTO receipts (receipt_id, furnisher_id, received_at, form, body, rows) VALUES ($1, $2, $3, $4, $5, $6)
"""
GET = """
SELECT receipt_id, received_at, done_at, rows, results, accepted, known, conflicts, rejected FROM receipts
WHERE furnisher_id = $1 AND receipt_id = $2
"""
LIST = """
SELECT receipt_id, received_at, done_at, rows, NULL::bytea AS results, accepted, known, conflicts, rejected
FROM receipts WHERE furnisher_id = $1 AND receipt_id < $2 ORDER BY receipt_id DESC LIMIT $3
"""
FORGET = "DELETE FROM receipts WHERE done_at < $1"
KINDS = "SELECT kinds FROM furnishers WHERE furnisher_id = $1"
# How long what became of rows can be asked; the log knows its events for ever.
KEPT = timedelta(days=90)
RESULTS = msgspec.json.Decoder(list[Result])
WHAT = "receipt"
# Later than every id.
END = "~"


async def keep(context: Context, form: Form, body: bytes, rows: int) -> str:
    """Keep what a furnisher sent, as it came; return the receipt's id."""
    new = new_id("rcp", context.now)
    values = context.actor.id, context.now, form, body, rows
    await context.connection.execute(KEEP, new, *values)
    await audit.record(context, "events.received", receipt=new, rows=rows)
    return new


async def get(system: Context, furnisher_id: str, receipt_id: str) -> Mapping[str, Any]:
    """A receipt of a furnisher; `results` is None until it is done. The context is the system's.

    Raises:
        NoSuchThingError: The furnisher has none of this id.
    """
    row = await system.connection.fetchrow(GET, furnisher_id, receipt_id)
    if row is None:
        raise NoSuchThingError(WHAT, receipt_id)
    return row


async def listed(context: Context, before: str | None, most: int) -> list[Mapping[str, Any]]:
    """The receipts of the furnisher who asks, newest first, without what became of each row."""
    return await context.connection.fetch(LIST, context.actor.id, before or END, most)


async def rules_of(system: Context, furnisher_id: str, words: Vocabulary) -> Rules:
    """What the rows of a furnisher are held to: all kinds are allowed where none is named.

    The context is the system's.
    """
    kinds = await system.connection.fetchval(KINDS, furnisher_id)
    return Rules(furnisher_id, frozenset(kinds or words.counted()), words, notice_rules().evidence)


async def forget(system: Context) -> int:
    """Forget receipts that were done long ago; return how many."""
    done = await system.connection.execute(FORGET, system.now - KEPT)
    return int(done.split()[-1])
