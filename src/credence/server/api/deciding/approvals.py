"""/approvals: two operators publish a policy or a scorecard, and never one alone."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from credence.server.api.contesting.who import Limit, allowed
from credence.server.api.deciding.shapes import START, Before, Body, Id, Name, Words
from credence.server.api.dependencies import TheState
from credence.server.services.context import Context
from credence.server.services.deciding import approvals
from credence.server.services.deciding.back_tests import dry_run

router = APIRouter(tags=["approvals"])
ForRisk = Annotated[Context, allowed(operator="risk")]


class Proposal(Body):
    """What is proposed to be published."""

    definition_id: Name


class Refusal(Body):
    """Why it is not published."""

    why: Words


class Approval(BaseModel):
    """What one operator proposed, the dry run of it, and what another said."""

    approval_id: str
    definition_id: str
    partner_id: str
    kind: str
    named: str
    text: str
    state: str
    definition_hash: str
    proposed_by: str
    proposed_at: datetime
    dry_run: dict[str, Any] = Field(
        description="Who would pass on the newest published scores; counts alone."
    )
    decided_by: str | None
    decided_at: datetime | None
    approved: bool | None
    why: str | None


class Approvals(BaseModel):
    """A page of proposals, the oldest first."""

    data: list[Approval]
    next_cursor: str | None


@router.post("/approvals", status_code=201)
async def propose(context: ForRisk, state: TheState, body: Proposal) -> Approval:
    """Propose to publish a draft, with a dry run of it."""
    return _shown(await approvals.propose(context, state.settings.runs, body.definition_id))


@router.get("/approvals")
async def waiting(context: ForRisk, after: Before = START, limit: Limit = 50) -> Approvals:
    """Proposals that nobody answered yet."""
    data = [_shown(one) for one in await approvals.waiting(context, after, limit)]
    return Approvals(data=data, next_cursor=data[-1].approval_id if len(data) == limit else None)


@router.get("/approvals/{approval_id}")
async def one(context: ForRisk, approval_id: Id) -> Approval:
    """One proposal."""
    return _shown(await approvals.one(context, approval_id))


@router.post("/approvals/{approval_id}/approve")
async def approve(context: ForRisk, approval_id: Id) -> Approval:
    """Publish what another operator proposed."""
    return _shown(await approvals.approve(context, approval_id))


@router.post("/approvals/{approval_id}/refuse")
async def refuse(context: ForRisk, approval_id: Id, body: Refusal) -> Approval:
    """Refuse to publish it, or take one's own proposal back."""
    return _shown(await approvals.refuse(context, approval_id, body.why))


@router.get("/definitions/{definition_id}/dry-run")
async def tried(context: ForRisk, state: TheState, definition_id: Id) -> dict[str, Any]:
    """Who would pass a draft on the newest published scores, by band; nothing is proposed by it."""
    found = await approvals.definition(context, definition_id)
    return await dry_run(state.settings.runs, found)


def _shown(approval: approvals.Approval) -> Approval:
    said = asdict(approval)
    return Approval(**{name: said[name] for name in Approval.model_fields})
