"""The outbox: what partners are told, written in the transaction of what it tells."""

from collections.abc import Mapping
from typing import Any

import msgspec

from credence.server.ids import new_id
from credence.server.services.context import Context
from credence.server.services.people import known_as

# What partners can be told about: the closed list of kinds of events in feeds and webhooks.
KINDS = (
    "score.changed", "statement.ready", "event.added", "event.corrected",
    "dispute.opened", "dispute.due", "dispute.decided", "consent.granted", "consent.revoked",
    "decision.reviewed", "freeze.set", "freeze.lifted", "list_entry.added", "list_entry.removed",
    "match.cleared", "offer.opened", "offer.closed", "model.published",
)  # fmt: skip
# What a test send says; it stands in no feed.
TEST = "endpoint.test"
NEXT = """
INSERT INTO outbox_subjects (partner_id, subject, last) VALUES ($1, $2, 1)
ON CONFLICT (partner_id, subject) DO UPDATE SET last = outbox_subjects.last + 1 RETURNING last
"""
INSERT = """
INSERT INTO outbox (event_id, partner_id, kind, subject, sequence, ids, made_at)
VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)
"""
LISTENING = """
SELECT endpoint_id FROM webhook_endpoints
WHERE partner_id = $1 AND disabled_at IS NULL AND removed_at IS NULL AND ($2 = ANY(kinds) OR kinds = '{}')
"""
DELIVER = """
INSERT INTO deliveries (delivery_id, partner_id, endpoint_id, event_id, next_at, made_at)
VALUES ($1, $2, $3, $4, $5, $5)
"""
# Positions are given under a lock and to what is committed: whoever has read up to one misses nothing.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('outbox' || $1, 0))"
PLACE = """
WITH last AS (SELECT coalesce(max(position), 0) AS position FROM outbox WHERE partner_id = $1),
     unplaced AS (SELECT event_id, row_number() OVER (ORDER BY number) AS nth FROM outbox
                  WHERE partner_id = $1 AND position IS NULL AND kind <> $2)
UPDATE outbox SET position = last.position + unplaced.nth
FROM unplaced, last WHERE outbox.event_id = unplaced.event_id
"""
READ = """
SELECT event_id, position, kind, subject, sequence, ids, made_at FROM outbox
WHERE partner_id = $1 AND position > $2 ORDER BY position LIMIT $3
"""


async def add(context: Context, kind: str, partner_id: str, person_id: str | None, **ids: str) -> str:
    """Tell a partner of something, in its feed and by its webhooks; return the event's id.

    The event is thin: it names its kind, the person as the partner knows them, ids, and how many events
    about the person there were. The partner asks for the rest, as far as it then may.

    Args:
        context: The context of what is told; its transaction is joined.
        kind: One of `KINDS`.
        partner_id: The partner.
        person_id: The person whom it is about; None where it is about nobody.
        ids: What else it names; never the person's own ids.
    """
    assert kind in KINDS, f"{kind} is no kind of event that partners are told of"
    subject = None if person_id is None else await known_as(context, partner_id, person_id)
    system = await context.as_system()
    sequence = None
    if subject is not None:
        sequence = await system.connection.fetchval(NEXT, partner_id, subject)
    event = await _write(system, (partner_id, kind, subject, sequence), ids)
    rows = await system.connection.fetch(LISTENING, partner_id, kind)
    await deliver(system, partner_id, event, [row["endpoint_id"] for row in rows])
    await context.back()
    return event


async def add_test(context: Context, partner_id: str, endpoint_id: str) -> str:
    """Send a test to one endpoint, whatever it listens to; it stands in no feed."""
    event = await _write(context, (partner_id, TEST, None, None), {"endpoint_id": endpoint_id})
    await deliver(context, partner_id, event, [endpoint_id])
    return event


async def _write(
    context: Context, what: tuple[str, str, str | None, int | None], ids: Mapping[str, str]
) -> str:
    event, said = new_id("evn", context.now), msgspec.json.encode(dict(ids)).decode()
    await context.connection.execute(INSERT, event, *what, said, context.now)
    return event


async def deliver(context: Context, partner_id: str, event_id: str, endpoints: list[str]) -> list[str]:
    """Have an event sent to endpoints with the next round of deliveries; return the deliveries' ids."""
    made = [new_id("whd", context.now) for _ in endpoints]
    rows = [
        (delivery, partner_id, endpoint, event_id, context.now)
        for delivery, endpoint in zip(made, endpoints, strict=True)
    ]
    await context.connection.executemany(DELIVER, rows)
    return made


async def read(context: Context, partner_id: str, after: int, limit: int) -> list[Mapping[str, Any]]:
    """The events of a partner's feed after a position, oldest first."""
    await context.connection.execute(LOCK, partner_id)
    await context.connection.execute(PLACE, partner_id, TEST)
    return await context.connection.fetch(READ, partner_id, after, limit)
