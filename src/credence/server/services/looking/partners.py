"""What a partner looks up at its pages: consents of one person, what happened, and who may publish."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from credence.decisions.load import shipped_policies
from credence.server.services.context import Context
from credence.server.services.deciding.definitions import POLICY, PUBLISHED
from credence.server.services.deciding.reading_text import Ready, shipped_policy
from credence.server.services.looking.desk import AHEAD
from credence.server.store import consents as sql

CONSENTS = sql.COLUMNS + (
    "WHERE consents.partner_id = $1 AND consent_id < $2 AND ($4::text IS NULL OR known_as = $4) "
    "AND ($5::timestamptz IS NULL OR withdrawn_at IS NULL AND consents.ends_at BETWEEN $6 AND $5) "
    "ORDER BY consent_id DESC LIMIT $3"
)
NEWS = """
SELECT kind, subject, ids::text AS ids, made_at FROM outbox
WHERE partner_id = $1 AND kind <> 'endpoint.test' ORDER BY number DESC LIMIT $2
"""
# The newest proposal: who made or answered it is the bureau's business, what came of it the partner's.
PROPOSAL = """
SELECT proposed_at, decided_at, approved, why FROM approvals JOIN definitions USING (definition_id)
WHERE definition_id = $1 AND partner_id = $2 ORDER BY approval_id DESC LIMIT 1
"""
OWN = """
SELECT name || '@' || version AS named FROM definitions
WHERE partner_id = $1 AND kind = $2 AND state = $3 ORDER BY definition_id DESC LIMIT 100
"""


@dataclass(frozen=True)
class News:
    """Something that the partner was told of: about whom, by its own id, and what else it names."""

    kind: str
    subject: str | None
    ids: Mapping[str, str]
    made_at: datetime


@dataclass(frozen=True)
class Proposal:
    """A proposal to publish a policy: when it was made, and what came of it."""

    proposed_at: datetime
    decided_at: datetime | None
    approved: bool | None
    why: str | None


async def consents(
    context: Context, known_as: str | None, before: str | None, limit: int, *, ending: bool = False
) -> list[Mapping[str, Any]]:
    """The consents that the partner has, newest first; those of one person, by the id that it knows.

    With `ending` those that end within two weeks.
    """
    system, until = await context.as_system(), context.now + AHEAD if ending else None
    values = context.actor.id, before or "d", limit, known_as, until, context.now
    return await system.connection.fetch(CONSENTS, *values)


async def news(context: Context, limit: int) -> list[News]:
    """What the partner was told of last, newest first."""
    rows = await context.connection.fetch(NEWS, context.actor.id, limit)
    return [News(**dict(row) | {"ids": msgspec.json.decode(row["ids"])}) for row in rows]


async def proposal(context: Context, definition_id: str) -> Proposal | None:
    """The newest proposal to publish a policy of the partner; None if there was none."""
    system = await context.as_system()
    row = await system.connection.fetchrow(PROPOSAL, definition_id, context.actor.id)
    return None if row is None else Proposal(**row)


async def policies(context: Context) -> list[str]:
    """The policies that the partner may decide by, as name@version: its own, then those that come with us."""
    rows = await context.connection.fetch(OWN, context.actor.id, POLICY, PUBLISHED)
    return [*(row["named"] for row in rows), *(ready.named for ready in await ready_made(context))]


async def ready_made(context: Context) -> list[Ready]:
    """The policies that come with Credence, decide on a scorecard that is run, and may be used here."""
    found = await asyncio.to_thread(_shipped, context.settings.scorecards)
    return [one for one in found if one.policy.setting == "live" or context.settings.sandbox]


def _shipped(scorecards: Collection[str]) -> list[Ready]:
    """Those of scorecards, with the version that they have now."""
    names = [name for name in shipped_policies() if name.partition("/")[0] in scorecards]
    found = [(name, shipped_policy(name)) for name in names]
    return [replace(ready, named=f"{name}@{ready.policy.version}") for name, ready in found]
