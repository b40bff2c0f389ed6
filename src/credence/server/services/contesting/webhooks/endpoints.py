"""A partner's endpoints: added, their secrets changed without a gap, tried out, removed; their deliveries."""

import secrets
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from credence.errors import ConflictError, InvalidRequestError, NoSuchThingError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.contesting import outbox
from credence.server.services.contesting.outbox import KINDS
from credence.server.services.contesting.webhooks.addresses import checked
from credence.server.services.context import Context
from credence.server.services.people import vault

MOST = 20
# The one that is shown, and the one before it.
SECRETS_LIVE = 2
INSERT = """
INSERT INTO webhook_endpoints (endpoint_id, partner_id, url, kinds, secrets, added_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
LIVE = """
SELECT endpoint_id, url, kinds, cardinality(secrets) AS secrets, added_at, disabled_at, why_disabled
FROM webhook_endpoints WHERE partner_id = $1 AND removed_at IS NULL ORDER BY endpoint_id
"""
ONE = """
SELECT endpoint_id, secrets, disabled_at FROM webhook_endpoints
WHERE endpoint_id = $1 AND partner_id = $2 AND removed_at IS NULL FOR UPDATE
"""
SET_SECRETS = "UPDATE webhook_endpoints SET secrets = $2 WHERE endpoint_id = $1"
REMOVE = "UPDATE webhook_endpoints SET removed_at = $2, secrets = '{}' WHERE endpoint_id = $1"
END_WAITING = "UPDATE deliveries SET state = 'given_up' WHERE endpoint_id = $1 AND state = 'waiting'"
DISABLE = """
UPDATE webhook_endpoints SET disabled_at = $2, why_disabled = $3
WHERE endpoint_id = $1 AND disabled_at IS NULL
"""
ENABLE = "UPDATE webhook_endpoints SET disabled_at = NULL, why_disabled = NULL WHERE endpoint_id = $1"
DELIVERIES = """
SELECT d.delivery_id, d.endpoint_id, d.event_id, o.kind, d.state, d.tries, d.next_at, d.made_at
FROM deliveries d JOIN outbox o USING (event_id)
WHERE d.partner_id = $1 AND d.delivery_id < $2 AND ($3::text IS NULL OR d.endpoint_id = $3)
ORDER BY d.delivery_id DESC LIMIT $4
"""
TRIES = """
SELECT delivery_id, number, at, status, why, milliseconds FROM delivery_tries
WHERE delivery_id = ANY($1) ORDER BY delivery_id, number
"""
DELIVERY = (
    "SELECT delivery_id, endpoint_id, event_id FROM deliveries WHERE delivery_id = $1 AND partner_id = $2"
)
# Later than every id: pages begin with the latest.
LATEST = "whd_~"


async def add(context: Context, keys: Keys, url: str, kinds: list[str]) -> tuple[str, str]:
    """Add an endpoint of the partner who asks; return its id and its secret, which is not shown again.

    Args:
        context: The context of the request.
        keys: The keys of the bureau.
        url: Where webhooks are sent.
        kinds: Which events it is told of; all where none is named.

    Raises:
        InvalidRequestError: The URL may not be, or there is no such kind.
        ConflictError: The partner has enough.
    """
    checked(url, private=context.settings.private_webhooks)
    strange = sorted(set(kinds) - set(KINDS))
    if strange:
        why = f"There is no kind of event '{strange[0]}'. Kinds are: {', '.join(KINDS)}."
        raise InvalidRequestError(why, {"/kinds": why})
    if len(await listed(context)) >= MOST:
        why = f"A partner has at most {MOST} endpoints. Remove one first."
        raise ConflictError(why)
    endpoint, partner = new_id("whe", context.now), context.actor.id
    secret, sealed = await _secret(context, keys, endpoint)
    await context.connection.execute(
        INSERT, endpoint, partner, url, sorted(set(kinds)), [sealed], context.now
    )
    await audit.record(context, "webhook.added", partner=partner, endpoint=endpoint)
    return endpoint, secret


async def _secret(context: Context, keys: Keys, endpoint: str) -> tuple[str, bytes]:
    secret = f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"
    return secret, await vault.seal(context, keys, vault.BUREAU, f"webhook:{endpoint}", secret.encode())


async def listed(context: Context) -> list[Mapping[str, Any]]:
    """The endpoints of the partner who asks."""
    return await context.connection.fetch(LIVE, context.actor.id)


async def rotate(context: Context, keys: Keys, endpoint_id: str) -> str:
    """A new secret of an endpoint, returned once; the old one signs, too, until it is ended.

    Raises:
        NoSuchThingError: The partner has no such endpoint.
    """
    row = await _one(context, endpoint_id)
    secret, sealed = await _secret(context, keys, endpoint_id)
    kept = [sealed, *row["secrets"]][:SECRETS_LIVE]
    await context.connection.execute(SET_SECRETS, endpoint_id, kept)
    await audit.record(context, "webhook.secret_added", partner=context.actor.id, endpoint=endpoint_id)
    return secret


async def end_old_secret(context: Context, endpoint_id: str) -> None:
    """From now on only the newest secret signs.

    Raises:
        NoSuchThingError: The partner has no such endpoint.
    """
    row = await _one(context, endpoint_id)
    await context.connection.execute(SET_SECRETS, endpoint_id, list(row["secrets"])[:1])
    await audit.record(context, "webhook.secret_ended", partner=context.actor.id, endpoint=endpoint_id)


async def enable(context: Context, endpoint_id: str) -> None:
    """Send to an endpoint again that had been disabled.

    Raises:
        NoSuchThingError: The partner has no such endpoint.
    """
    await _one(context, endpoint_id)
    await context.connection.execute(ENABLE, endpoint_id)
    await audit.record(context, "webhook.enabled", partner=context.actor.id, endpoint=endpoint_id)


async def remove(context: Context, endpoint_id: str) -> None:
    """Remove an endpoint, with its secrets; nothing more is sent to it.

    Raises:
        NoSuchThingError: The partner has no such endpoint.
    """
    await _one(context, endpoint_id)
    await context.connection.execute(REMOVE, endpoint_id, context.now)
    await context.connection.execute(END_WAITING, endpoint_id)
    await audit.record(context, "webhook.removed", partner=context.actor.id, endpoint=endpoint_id)


async def try_out(context: Context, endpoint_id: str) -> str:
    """Have a test sent to an endpoint; return its event's id.

    Raises:
        NoSuchThingError, ConflictError: As for `_open`.
    """
    await _open(context, endpoint_id)
    event = await outbox.add_test(context, context.actor.id, endpoint_id)
    await audit.record(context, "webhook.tested", partner=context.actor.id, endpoint=endpoint_id)
    return event


async def replay(context: Context, delivery_id: str) -> str:
    """Have an event sent again to the endpoint of a delivery, under the same event id; the new delivery's id.

    Raises:
        NoSuchThingError, ConflictError: There is no such delivery, or its endpoint is gone or disabled.
    """
    row = await context.connection.fetchrow(DELIVERY, delivery_id, context.actor.id)
    if row is None:
        what = "delivery"
        raise NoSuchThingError(what, delivery_id)
    await _open(context, row["endpoint_id"])
    endpoints = [row["endpoint_id"]]
    (new,) = await outbox.deliver(context, context.actor.id, row["event_id"], endpoints)
    await audit.record(context, "webhook.replayed", partner=context.actor.id, delivery=delivery_id)
    return new


async def _one(context: Context, endpoint_id: str) -> Mapping[str, Any]:
    row = await context.connection.fetchrow(ONE, endpoint_id, context.actor.id)
    if row is None:
        what = "webhook endpoint"
        raise NoSuchThingError(what, endpoint_id)
    return row


async def _open(context: Context, endpoint_id: str) -> None:
    if (await _one(context, endpoint_id))["disabled_at"] is not None:
        why = f"The endpoint '{endpoint_id}' is disabled. Enable it first."
        raise ConflictError(why)


async def deliveries(
    context: Context, endpoint_id: str | None, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """The delivery log of the partner who asks: each delivery with its tries, the latest first."""
    rows = await context.connection.fetch(DELIVERIES, context.actor.id, after or LATEST, endpoint_id, limit)
    tries: dict[str, list[dict[str, Any]]] = {row["delivery_id"]: [] for row in rows}
    for row in await context.connection.fetch(TRIES, list(tries)):
        tries[row["delivery_id"]].append(
            {name: value for name, value in row.items() if name != "delivery_id"}
        )
    return [dict(row) | {"log": tries[row["delivery_id"]]} for row in rows]
