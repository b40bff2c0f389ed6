"""Deliveries of webhooks: those that are due are claimed, sent, and tried again where that fails."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.contesting.webhooks import endpoints, retries, sending
from credence.server.services.context import SYSTEM, Context
from credence.server.services.people import vault
from credence.server.state import State

BATCH = 50
AT_ONCE = 10
# Longer than a try may take: whoever dies with a claim leaves it to others after this.
LEASE = timedelta(minutes=2)
CLAIM = """
UPDATE deliveries SET next_at = $2 WHERE delivery_id IN (
  SELECT d.delivery_id FROM deliveries d JOIN webhook_endpoints e USING (endpoint_id)
  WHERE d.state = 'waiting' AND d.next_at <= $1 AND e.disabled_at IS NULL AND e.removed_at IS NULL
  ORDER BY d.next_at LIMIT $3 FOR UPDATE OF d SKIP LOCKED
) RETURNING delivery_id
"""
CLAIMED = """
SELECT d.delivery_id, d.partner_id, d.endpoint_id, d.tries, e.url, e.secrets,
       o.event_id, o.kind, o.subject, o.sequence, o.ids::text AS ids, o.made_at
FROM deliveries d JOIN webhook_endpoints e USING (endpoint_id) JOIN outbox o USING (event_id)
WHERE d.delivery_id = ANY($1) ORDER BY o.number
"""
TRIED = "INSERT INTO delivery_tries VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
DONE = """
UPDATE deliveries SET state = $2, tries = $3, next_at = coalesce($4, next_at)
WHERE delivery_id = $1 AND state = 'waiting'
"""


async def deliver(state: State, now: datetime) -> int:
    """Send what is due, at most a batch; return how many were tried."""
    async with acting(state.pool, SYSTEM.setting) as connection:
        rows = await connection.fetch(CLAIM, now, now + LEASE, BATCH)
        claimed = await connection.fetch(CLAIMED, [row["delivery_id"] for row in rows])
        context = Context(SYSTEM, connection, now, new_id("req", now), state.settings)
        messages = [await _message(context, state, row) for row in claimed]
    if not claimed:
        # A client reads the certificates that the machine trusts: too much to do every second for nothing.
        return 0
    some = asyncio.Semaphore(AT_ONCE)
    async with sending.client() as client:

        async def one(row: Mapping[str, Any], message: tuple[dict[str, str], str]) -> None:
            async with some:
                await _try(state, client, row, message, now)

        await asyncio.gather(*(one(row, said) for row, said in zip(claimed, messages, strict=True)))
    return len(claimed)


async def _message(context: Context, state: State, row: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    what = f"webhook:{row['endpoint_id']}"
    secrets = [
        (await vault.unseal(context, state.keys, vault.BUREAU, what, sealed)).decode()
        for sealed in row["secrets"]
    ]
    body = sending.body_of(row)
    return sending.signed(row["event_id"], context.now, body, secrets), body


async def _try(
    state: State,
    client: httpx.AsyncClient,
    row: Mapping[str, Any],
    message: tuple[dict[str, str], str],
    now: datetime,
) -> None:
    sent = await sending.send(client, row["url"], message, private=state.settings.private_webhooks)
    tries = row["tries"] + 1
    again = retries.next_try(row["delivery_id"], tries, now)
    outcome = "delivered" if sent.delivered else "given_up" if sent.gone or again is None else "waiting"
    async with acting(state.pool, SYSTEM.setting) as connection:
        told = (sent.status, sent.why, sent.milliseconds)
        await connection.execute(TRIED, row["delivery_id"], tries, row["partner_id"], now, *told)
        await connection.execute(DONE, row["delivery_id"], outcome, tries, again)
        if sent.gone:
            await connection.execute(endpoints.DISABLE, row["endpoint_id"], now, "it answered 410 (gone)")
            await connection.execute(endpoints.END_WAITING, row["endpoint_id"])
