"""Two people publish a policy or a scorecard: one proposes it, another, never the same, approves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from credence.errors import (
    AlreadyAnsweredError,
    ChangedMeanwhileError,
    ConflictError,
    NoSuchThingError,
    NotADraftError,
    TwoPeopleNeededError,
)
from credence.server.ids import new_id
from credence.server.services import audit
from credence.server.services.contesting import outbox
from credence.server.services.context import Context
from credence.server.services.deciding.back_tests import dry_run
from credence.server.services.deciding.definitions import (
    BY_ID,
    DRAFT,
    PUBLISHED,
    SCORECARD,
    Definition,
    check_name_free,
    definition_of,
)

APPROVAL = "approval"
FIND = "SELECT approval_id FROM approvals WHERE definition_id = $1 AND decided_at IS NULL"
INSERT = """
INSERT INTO approvals (approval_id, definition_id, definition_hash, proposed_by, proposed_at, dry_run)
VALUES ($1, $2, $3, $4, $5, $6::jsonb)
"""
COLUMNS = """
approval_id, definition_id, partner_id, kind, name || '@' || version AS named, text, state,
approvals.definition_hash, definitions.definition_hash AS now_hash, proposed_by, proposed_at,
dry_run::text AS dry_run, decided_by, decided_at, approved, why
"""
ONE = f"""
SELECT {COLUMNS} FROM approvals JOIN definitions USING (definition_id) WHERE approval_id = $1
FOR UPDATE OF approvals
"""  # noqa: S608 - columns named above
OPEN = f"""
SELECT {COLUMNS} FROM approvals JOIN definitions USING (definition_id)
WHERE decided_at IS NULL AND approval_id > $1 ORDER BY approval_id LIMIT $2
"""  # noqa: S608
DECIDE = (
    "UPDATE approvals SET decided_by = $2, decided_at = $3, approved = $4, why = $5 WHERE approval_id = $1"
)
PUBLISH = "UPDATE definitions SET state = 'published', published_at = $2 WHERE definition_id = $1"


@dataclass(frozen=True)
class Approval:
    """What one operator proposes to publish, with the dry run that both see, and what another said."""

    approval_id: str
    definition_id: str
    partner_id: str
    kind: str
    named: str
    text: str
    state: str
    definition_hash: str
    now_hash: str
    proposed_by: str
    proposed_at: datetime
    dry_run: dict[str, Any]
    decided_by: str | None
    decided_at: datetime | None
    approved: bool | None
    why: str | None


async def definition(context: Context, definition_id: str) -> Definition:
    """Any partner's policy or scorecard, for an operator.

    Raises:
        NoSuchThingError: There is none.
    """
    row = await context.connection.fetchrow(BY_ID, definition_id)
    if row is None:
        what = "definition"
        raise NoSuchThingError(what, definition_id)
    return definition_of(row)


async def propose(context: Context, runs: Path, definition_id: str) -> Approval:
    """Propose to publish a draft, with a dry run of it on the newest published scores.

    Args:
        context: The context, of an operator.
        runs: The folder of runs.
        definition_id: The draft.

    Raises:
        NoSuchThingError: There is none.
        NotADraftError: It is published or retired.
        ConflictError: It was proposed already, or is a scorecard by the name of another.
    """
    found = await definition(context, definition_id)
    if found.state != DRAFT:
        raise NotADraftError(found.named, found.state)
    if found.kind == SCORECARD:
        await check_name_free(context, found.partner_id, found.name)
    already = await context.connection.fetchval(FIND, definition_id)
    if already is not None:
        sentence = f"'{found.named}' was proposed already: {already}."
        raise ConflictError(sentence)
    tried = msgspec.json.encode(await dry_run(runs, found)).decode()
    approval_id, who = new_id("apr", context.now), context.actor.id
    await context.connection.execute(
        INSERT, approval_id, definition_id, found.definition_hash, who, context.now, tried
    )
    await audit.record(context, f"{found.kind}.proposed", definition_id=definition_id, approval=approval_id)
    return await one(context, approval_id)


async def approve(context: Context, approval_id: str) -> Approval:
    """Publish what another operator proposed; its partner is told.

    Raises:
        NoSuchThingError: There is no such proposal.
        AlreadyAnsweredError: It was answered.
        TwoPeopleNeededError: Whoever approves proposed it.
        ChangedMeanwhileError: The draft is not what was proposed.
        NotADraftError: It is published or retired.
        ConflictError: It is a scorecard by the name of another.
    """
    found = await _open(context, approval_id)
    if found.proposed_by == context.actor.id:
        raise TwoPeopleNeededError
    if found.now_hash != found.definition_hash:
        raise ChangedMeanwhileError(found.now_hash)
    if found.state != DRAFT:
        raise NotADraftError(found.named, found.state)
    if found.kind == SCORECARD:
        await check_name_free(context, found.partner_id, found.named.partition("@")[0])
    await context.connection.execute(DECIDE, approval_id, context.actor.id, context.now, True, None)  # noqa: FBT003
    await context.connection.execute(PUBLISH, found.definition_id, context.now)
    about = {"definition_id": found.definition_id, "definition_hash": found.definition_hash}
    await audit.record(
        context, f"{found.kind}.{PUBLISHED}", partner=found.partner_id, approval=approval_id, **about
    )
    await outbox.add(context, "model.published", found.partner_id, None, definition_id=found.definition_id)
    return await one(context, approval_id)


async def refuse(context: Context, approval_id: str, why: str) -> Approval:
    """Refuse to publish it, with a reason; whoever proposed it may take it back like this. It stays a draft.

    Raises:
        NoSuchThingError: There is no such proposal.
        AlreadyAnsweredError: It was answered.
    """
    found = await _open(context, approval_id)
    await context.connection.execute(DECIDE, approval_id, context.actor.id, context.now, False, why)  # noqa: FBT003
    await audit.record(context, f"{found.kind}.refused", partner=found.partner_id, approval=approval_id)
    return await one(context, approval_id)


async def one(context: Context, approval_id: str) -> Approval:
    """A proposal.

    Raises:
        NoSuchThingError: There is none.
    """
    row = await context.connection.fetchrow(ONE, approval_id)
    if row is None:
        raise NoSuchThingError(APPROVAL, approval_id)
    return _approval(row)


async def waiting(context: Context, after: str, limit: int) -> list[Approval]:
    """Proposals that nobody answered yet, the oldest first."""
    return [_approval(row) for row in await context.connection.fetch(OPEN, after, limit)]


async def _open(context: Context, approval_id: str) -> Approval:
    found = await one(context, approval_id)
    if found.decided_at is not None:
        raise AlreadyAnsweredError(APPROVAL)
    return found


def _approval(row: Mapping[str, Any]) -> Approval:
    return Approval(**dict(row) | {"dry_run": msgspec.json.decode(row["dry_run"])})
