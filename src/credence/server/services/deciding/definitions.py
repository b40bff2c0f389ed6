"""Policies and scorecards of partners: sent, changed while they are drafts, published by two, retired."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from credence.decisions.model import Policy
from credence.errors import (
    ChangedMeanwhileError,
    ConflictError,
    ETagNeededError,
    InvalidRequestError,
    NoSuchThingError,
    NotADraftError,
    VersionStandsError,
)
from credence.scorecards.model import Scorecard
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.context import Context
from credence.server.services.deciding.reading_text import POLICY, SCORECARD, read_definition

DRAFT, PUBLISHED, RETIRED = "draft", "published", "retired"
COLUMNS = """
definition_id, partner_id, kind, name, version, text, card, definition_hash, state, added_at, published_at,
retired_at
"""
INSERT = """
INSERT INTO definitions
  (definition_id, partner_id, kind, name, version, text, card, definition_hash, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (partner_id, kind, name, version) DO NOTHING
RETURNING definition_id
"""
CHANGE = """
UPDATE definitions SET text = $2, card = $3, definition_hash = $4 WHERE definition_id = $1 AND state = 'draft'
"""
ONE = f"""
SELECT {COLUMNS} FROM definitions
WHERE partner_id = $1 AND kind = $2 AND name || '@' || version = $3
"""  # noqa: S608 - columns named above
BY_ID = f"SELECT {COLUMNS} FROM definitions WHERE definition_id = $1"  # noqa: S608
LIST = f"""
SELECT {COLUMNS} FROM definitions WHERE partner_id = $1 AND kind = $2 AND definition_id < $3
ORDER BY definition_id DESC LIMIT $4
"""  # noqa: S608
CARDS = """
SELECT name || '@' || version AS named, text FROM definitions
WHERE partner_id = $1 AND kind = 'scorecard' AND state = 'published'
"""
# A name is one partner's for ever once a version is published: consents and scores know it by the name alone.
LOCK_NAME = "SELECT pg_advisory_xact_lock(hashtextextended('scorecard ' || $1, 0))"
TAKEN = """
SELECT EXISTS (SELECT FROM definitions
               WHERE kind = 'scorecard' AND name = $1 AND partner_id <> $2 AND state <> 'draft')
"""
RETIRE = "UPDATE definitions SET state = 'retired', retired_at = $2 WHERE definition_id = $1"


@dataclass(frozen=True)
class Definition:
    """A version of a partner's policy or scorecard, and what became of it."""

    definition_id: str
    partner_id: str
    kind: str
    name: str
    version: int
    text: str
    card: str | None
    definition_hash: str
    state: str
    added_at: datetime
    published_at: datetime | None
    retired_at: datetime | None

    @property
    def named(self) -> str:
        """Its name and version, as a request names it."""
        return f"{self.name}@{self.version}"

    @property
    def etag(self) -> str:
        """What changes whenever anything of it does."""
        return f'"{sha256(f"{self.state} {self.text}".encode()).hexdigest()[:32]}"'


def definition_of(row: Mapping[str, Any]) -> Definition:
    """A row as a definition."""
    return Definition(**row)


async def add(context: Context, kind: str, text: str) -> Definition:
    """Take a partner's policy or scorecard as a draft.

    Raises:
        InvalidRequestError: It has faults; all of them are told.
        VersionStandsError: There is such a version already.
    """
    found, card = await _checked(context, kind, text)
    partner, definition_id = context.actor.id, new_id("def", context.now)
    named = f"{found.name}@{found.version}"
    values = partner, kind, found.name, found.version, text, card, found.definition_hash, context.now
    if await context.connection.fetchval(INSERT, definition_id, *values) is None:
        raise VersionStandsError(named)
    await audit.record(context, f"{kind}.added", partner=partner, definition_id=definition_id)
    return await of_partner(context, kind, named)


async def change(context: Context, kind: str, named: str, text: str, etag: str | None) -> Definition:
    """Write a draft anew; its name and version stay.

    Raises:
        NoSuchThingError: There is none of that name.
        ETagNeededError: It is not said which state of it is meant.
        ChangedMeanwhileError: It was changed since.
        NotADraftError: It was published.
        InvalidRequestError: The text has faults, or another name or version.
    """
    old = await _unchanged(context, kind, named, etag)
    if old.state != DRAFT:
        raise NotADraftError(named, old.state)
    found, card = await _checked(context, kind, text)
    if f"{found.name}@{found.version}" != named:
        sentence = (
            f"This is '{found.name}@{found.version}', and not '{named}'. Send it as a {kind} of its own."
        )
        raise InvalidRequestError(sentence, {"/text/version": sentence})
    await context.connection.execute(CHANGE, old.definition_id, text, card, found.definition_hash)
    partner = context.actor.id
    await audit.record(context, f"{kind}.changed", partner=partner, definition_id=old.definition_id)
    return await of_partner(context, kind, named)


async def retire(context: Context, kind: str, named: str, etag: str | None) -> Definition:
    """Let nothing be decided by it any more; what was decided stays.

    Raises:
        NoSuchThingError: There is none of that name.
        ETagNeededError: It is not said which state of it is meant.
        ChangedMeanwhileError: It was changed since.
    """
    old = await _unchanged(context, kind, named, etag)
    if old.state != RETIRED:
        await context.connection.execute(RETIRE, old.definition_id, context.now)
        partner = context.actor.id
        await audit.record(context, f"{kind}.retired", partner=partner, definition_id=old.definition_id)
    return await of_partner(context, kind, named)


async def of_partner(context: Context, kind: str, named: str) -> Definition:
    """One version of the partner who asks.

    Raises:
        NoSuchThingError: There is none.
    """
    row = await context.connection.fetchrow(ONE, context.actor.id, kind, named)
    if row is None:
        raise NoSuchThingError(kind, named)
    return definition_of(row)


async def list_of_partner(context: Context, kind: str, before: str, limit: int) -> list[Definition]:
    """The versions of the partner who asks, the newest first."""
    rows = await context.connection.fetch(LIST, context.actor.id, kind, before, limit)
    return [definition_of(row) for row in rows]


async def check_name_free(context: Context, partner_id: str, name: str) -> None:
    """Make sure that a scorecard of a partner can be published under its name, until the transaction ends.

    Raises:
        ConflictError: Another partner's is, or was, or one that is run for everybody.
    """
    await context.connection.execute(LOCK_NAME, name)
    taken = await context.connection.fetchval(TAKEN, name, partner_id)
    if taken or name in context.settings.scorecards:
        sentence = f"There is another scorecard '{name}': its partner must choose another name."
        raise ConflictError(sentence)


async def _unchanged(context: Context, kind: str, named: str, etag: str | None) -> Definition:
    found = await of_partner(context, kind, named)
    if etag is None:
        raise ETagNeededError
    if etag != found.etag:
        raise ChangedMeanwhileError(found.etag)
    return found


async def _checked(context: Context, kind: str, text: str) -> tuple[Policy | Scorecard, str | None]:
    """What was sent, and the text of the partner's own scorecard that it decides on."""
    rows = await context.connection.fetch(CARDS, context.actor.id) if kind == POLICY else []
    cards = {row["named"]: row["text"] for row in rows}
    # Whether a policy covers everybody may take seconds to see: others go on meanwhile.
    found = await asyncio.to_thread(read_definition, kind, text, cards, lab=context.settings.sandbox)
    card = found.scorecard if isinstance(found, Policy) else None
    return found, cards.get(f"{card.name}@{card.version}") if card else None


__all__ = ["DRAFT", "POLICY", "PUBLISHED", "RETIRED", "SCORECARD", "Definition"]
