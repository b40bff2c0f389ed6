"""/runs: the runs that were made, and the two operators who let readers have one."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from credence.server.api.contesting.who import allowed
from credence.server.api.deciding.shapes import PRINTED, Body, Id, Words
from credence.server.services.context import Context
from credence.server.services.operating import releases
from credence.server.services.operating.releases import Standing

router = APIRouter(tags=["runs"])
ForRisk = Annotated[Context, allowed(operator="risk")]
Run = Annotated[str, Path(max_length=100, pattern=PRINTED)]


class Why(Body):
    """Why readers do not have it."""

    why: Words


class Proposed(BaseModel):
    """The proposal that readers have a run."""

    proposal_id: str


class Shown(BaseModel):
    """A run that was made: loaded, approved, proposed, refused, or waiting for somebody to propose it."""

    run: str
    as_of: date
    known_at: datetime
    state: str
    proposal_id: str | None
    proposed_by: str | None
    loaded_at: datetime | None


class Runs(BaseModel):
    """Every run, the newest first."""

    data: list[Shown]


@router.get("/runs")
async def listed(context: ForRisk) -> Runs:
    """Every run that was made, and how far it is on its way to readers."""
    return Runs(data=[_shown(one) for one in await releases.standing(context)])


@router.post("/runs/{run}/proposals", status_code=201)
async def propose(context: ForRisk, run: Run) -> Proposed:
    """Propose that readers have a run."""
    return Proposed(proposal_id=await releases.propose(context, run))


@router.post("/runs/proposals/{proposal_id}/approve", status_code=204)
async def approve(context: ForRisk, proposal_id: Id) -> None:
    """Let readers have what another operator proposed; a job loads it."""
    await releases.approve(context, proposal_id)


@router.post("/runs/proposals/{proposal_id}/refuse", status_code=204)
async def refuse(context: ForRisk, proposal_id: Id, body: Why) -> None:
    """Refuse it, or take one's own proposal back."""
    await releases.refuse(context, proposal_id, body.why)


def _shown(one: Standing) -> Shown:
    release = one.open or one.approved or one.refused
    return Shown(
        run=one.run.run,
        as_of=one.run.as_of,
        known_at=one.run.manifest.known_at,
        state=one.state,
        proposal_id=None if release is None else release.release_id,
        proposed_by=None if release is None else release.proposed_by,
        loaded_at=one.loaded_at,
    )
