"""Policies and scorecards of all partners, as operators see them: what is live, and what changed in words."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credence.errors import NoSuchThingError, ScorecardNotFoundError
from credence.events.log import EventLog
from credence.events.vocabulary import Vocabulary
from credence.scorecards.load import load_text
from credence.scorecards.model import Scorecard
from credence.scoring.diff import changes
from credence.server.services.context import Context
from credence.server.services.deciding import approvals
from credence.server.services.deciding.approvals import Approval
from credence.server.services.deciding.definitions import SCORECARD, Definition
from credence.server.services.reading import cards

EVERY = """
SELECT definition_id, partner_id, kind, name || '@' || version AS named, state, added_at, published_at
FROM definitions WHERE definition_id < $1 ORDER BY definition_id DESC LIMIT $2
"""
LATEST = "def_~"
BEFORE = """
SELECT version, text FROM definitions
WHERE partner_id = $1 AND kind = $2 AND name = $3 AND version < $4 AND state <> 'draft'
ORDER BY version DESC LIMIT 1
"""
OPEN = "SELECT approval_id FROM approvals WHERE definition_id = $1 AND decided_at IS NULL"


@dataclass(frozen=True)
class Listed:
    """A version of a partner's policy or scorecard in a list."""

    definition_id: str
    partner_id: str
    kind: str
    named: str
    state: str
    added_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class Changed:
    """Against which earlier version something changed, and how, a sentence each."""

    version: int
    sentences: tuple[str, ...]


async def every(context: Context, before: str | None, limit: int) -> list[Listed]:
    """The versions of all partners, the newest first; `before` is the last one of the page before."""
    rows = await context.connection.fetch(EVERY, before or LATEST, limit)
    return [Listed(**row) for row in rows]


async def live(context: Context, log: EventLog) -> list[Scorecard]:
    """The scorecards that are live, as they are now."""
    return [await cards.in_force(context, log, name) for name in await cards.live_names(context)]


async def one_live(context: Context, log: EventLog, name: str) -> tuple[Scorecard, Changed | None]:
    """A live scorecard, and what changed since the version before it, where there is one at hand.

    Raises:
        NoSuchThingError: None of this name is live.
    """
    if name not in await cards.live_names(context):
        raise NoSuchThingError(SCORECARD, name)
    card = await cards.in_force(context, log, name)
    try:
        old = await cards.in_force(context, log, name, card.version - 1)
    except (ScorecardNotFoundError, NoSuchThingError):
        return card, None
    return card, None if old.version == card.version else _changed(old, card)


async def changed(context: Context, words: Vocabulary, found: Definition) -> Changed | None:
    """What changed in a scorecard since the version before it; None for policies, and for a first version."""
    if found.kind != SCORECARD:
        return None
    values = found.partner_id, found.kind, found.name, found.version
    row: Mapping[str, Any] | None = await context.connection.fetchrow(BEFORE, *values)
    if row is None:
        return None
    return await asyncio.to_thread(_between, row["text"], found.text, words)


async def proposal(context: Context, definition_id: str) -> Approval | None:
    """The proposal to publish it that nobody answered yet, if any."""
    found = await context.connection.fetchval(OPEN, definition_id)
    return None if found is None else await approvals.one(context, found)


def _between(old: str, new: str, words: Vocabulary) -> Changed:
    return _changed(load_text(old, SCORECARD, words), load_text(new, SCORECARD, words))


def _changed(old: Scorecard, new: Scorecard) -> Changed:
    return Changed(old.version, tuple(change.sentence for change in changes(old, new)))
