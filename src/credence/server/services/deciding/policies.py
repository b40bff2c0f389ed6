"""The policy that a request names: one that comes with Credence, or a published one of a partner's own."""

import asyncio

from credence.errors import NoSuchThingError, PolicyNotFoundError, PolicyRetiredError
from credence.server.services.context import Context
from credence.server.services.deciding.definitions import PUBLISHED
from credence.server.services.deciding.reading_text import (
    LOADED_MOST,
    POLICY,
    Ready,
    shipped_policy,
    stored_policy,
)

# Policies by name, text and scorecard: what was published never changes.
LOADED: dict[tuple[str, str, str | None], Ready] = {}
FIND = """
SELECT text, card, state FROM definitions
WHERE partner_id = $1 AND kind = 'policy' AND name = $2 AND version = $3
"""


async def find(context: Context, partner_id: str, named: str) -> Ready:
    """A policy in force, by name@version.

    Raises:
        NoSuchThingError: There is none that the partner may decide by.
        PolicyRetiredError: It is a draft, or retired.
    """
    name, _, version = named.partition("@")
    if not version.isdecimal() or len(version) > 9:  # noqa: PLR2004 - what PostgreSQL takes as a number
        raise NoSuchThingError(POLICY, named)
    if "/" in name:
        return await _shipped(context, named)
    row = await context.connection.fetchrow(FIND, partner_id, name, int(version))
    if row is None:
        raise NoSuchThingError(POLICY, named)
    if row["state"] != PUBLISHED:
        raise PolicyRetiredError(named, row["state"])
    return await _stored(named, row["text"], row["card"])


async def _stored(named: str, text: str, card: str | None) -> Ready:
    """A policy that was loaded before, or is now, in a thread: to see whom it covers may take seconds."""
    key = named, text, card
    if key not in LOADED:
        found = await asyncio.to_thread(stored_policy, *key)
        if len(LOADED) >= LOADED_MOST:
            LOADED.clear()
        LOADED[key] = found
    return LOADED[key]


async def _shipped(context: Context, named: str) -> Ready:
    try:
        found = await asyncio.to_thread(shipped_policy, named)
    except PolicyNotFoundError:
        raise NoSuchThingError(POLICY, named) from None
    if found.policy.setting != "live" and not context.settings.sandbox:
        raise NoSuchThingError(POLICY, named)
    return found
