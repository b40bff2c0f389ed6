"""Disputes found again: the whole one, its items, and whoever may see it; others learn nothing of it."""

from collections.abc import Mapping
from typing import Any

from credence.errors import ErasedError, NoSuchThingError
from credence.server.services.context import Context

Found = Mapping[str, Any]
ONE = """
SELECT d.*, (SELECT erased_at FROM people p WHERE p.person_id = d.person_id) AS erased_at
FROM disputes d WHERE dispute_id = $1
"""
LOCKED = f"{ONE} FOR UPDATE"
ITEMS = "SELECT * FROM dispute_items WHERE dispute_id = $1 ORDER BY item_id"
FILES = """
SELECT file_id, media_type, size, added_at, opened_at FROM dispute_files
WHERE dispute_id = $1 ORDER BY file_id
"""
WAITING_FOR = "SELECT 1 FROM dispute_items WHERE dispute_id = $1 AND furnisher_id = $2"
# Later than every id: pages begin with the latest.
LATEST = "dis_~"
OF_PERSON = """
SELECT * FROM disputes WHERE person_id = $1 AND dispute_id < $2 ORDER BY dispute_id DESC LIMIT $3
"""
# Those of a furnisher that it has not answered, and those of reviewers, the first due first. Of somebody who
# was erased nothing is left that could be looked into.
OF_FURNISHER = """
SELECT d.* FROM disputes d JOIN people p USING (person_id)
WHERE d.state = 'open' AND p.erased_at IS NULL AND EXISTS (
  SELECT FROM dispute_items i WHERE i.dispute_id = d.dispute_id AND i.furnisher_id = $1 AND i.answer IS NULL
) AND (d.due_on, d.dispute_id) > (SELECT coalesce(max(due_on), '0001-01-01'), coalesce(max(dispute_id), '')
                                  FROM disputes WHERE dispute_id = $2)
ORDER BY d.due_on, d.dispute_id LIMIT $3
"""
OF_REVIEWERS = """
SELECT d.* FROM disputes d JOIN people p USING (person_id)
WHERE d.state = 'open' AND p.erased_at IS NULL AND (d.escalated_at IS NOT NULL OR EXISTS (
  SELECT FROM dispute_items i
  WHERE i.dispute_id = d.dispute_id AND i.furnisher_id IS NULL AND i.answer IS NULL
)) AND (d.due_on, d.dispute_id) > (SELECT coalesce(max(due_on), '0001-01-01'), coalesce(max(dispute_id), '')
                                   FROM disputes WHERE dispute_id = $1)
ORDER BY d.due_on, d.dispute_id LIMIT $2
"""


async def one(context: Context, dispute_id: str, *, locked: bool = False) -> Found:
    """A dispute, for the person whose it is, a furnisher whom it waits for, or a reviewer.

    Args:
        context: The context of whoever asks.
        dispute_id: The dispute.
        locked: Whether nobody else may act on it until this transaction ends.

    Raises:
        NoSuchThingError: There is none that they may see.
        ErasedError: The person was erased.
    """
    actor = context.actor
    system = await context.as_system()
    row = await system.connection.fetchrow(LOCKED if locked else ONE, dispute_id)
    may = row is not None and actor.kind in ("operator", "system")
    may = may or (row is not None and actor.kind == "person" and row["person_id"] == actor.id)
    if row is not None and actor.kind == "furnisher":
        may = await system.connection.fetchval(WAITING_FOR, dispute_id, actor.id) is not None
    await context.back()
    if row is None or not may:
        what = "dispute"
        raise NoSuchThingError(what, dispute_id)
    if row["erased_at"] is not None:
        raise ErasedError
    return row


async def items(context: Context, dispute_id: str) -> list[Found]:
    """The events that a dispute is about, as far as whoever asks may see them."""
    return await context.connection.fetch(ITEMS, dispute_id)


async def files(context: Context, dispute_id: str) -> list[Found]:
    """The files of a dispute; whoever asks has been found to be one who may see it."""
    system = await context.as_system()
    rows = await system.connection.fetch(FILES, dispute_id)
    await context.back()
    return rows


async def listed(context: Context, after: str | None, limit: int) -> list[Found]:
    """Disputes: a person's own, the latest first; for others those that wait, the first due first."""
    actor = context.actor
    system = await context.as_system()
    if actor.kind == "person":
        rows = await system.connection.fetch(OF_PERSON, actor.id, after or LATEST, limit)
    elif actor.kind == "furnisher":
        rows = await system.connection.fetch(OF_FURNISHER, actor.id, after or "", limit)
    else:
        rows = await system.connection.fetch(OF_REVIEWERS, after or "", limit)
    await context.back()
    return rows
