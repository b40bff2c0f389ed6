"""/run-requests: the month's run is asked for; a job makes it."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from credence.server.api.contesting.who import Limit, allowed
from credence.server.api.deciding.shapes import Body, Words
from credence.server.api.dependencies import TheState
from credence.server.services.context import Context
from credence.server.services.operating import starting
from credence.server.services.operating.starting import RunRequest

router = APIRouter(tags=["runs"])
ForRisk = Annotated[Context, allowed(operator="risk")]


class Wanted(Body):
    """A run to be made."""

    as_of: date | None = Field(default=None, description="The day; the last one that was due if not said.")
    accept: Words | None = Field(
        default=None, description="Why the day's scores are published although limits hold them back."
    )
    again: bool = Field(
        default=False, description="Whether a day of which there is a run is scored again, as known now."
    )


class Asked(BaseModel):
    """The request for a run."""

    request_id: str


class Shown(BaseModel):
    """A run that was asked for: waiting, running, made, held_back or failed, and why in sentences."""

    request_id: str
    as_of: date
    known_at: datetime | None = Field(description="Where it is to be another than that of the day's run.")
    asked_by: str = Field(description="An operator, or the bureau itself.")
    asked_at: datetime
    accepted: str | None
    state: str
    sentences: list[str]
    run: str | None
    begun_at: datetime | None
    ended_at: datetime | None


class Requests(BaseModel):
    """What was asked for, the newest first."""

    data: list[Shown]


@router.post("/run-requests", status_code=201)
async def ask(context: ForRisk, state: TheState, body: Wanted) -> Asked:
    """Ask for a run, or for scores to be published that limits hold back; a job makes it."""
    made = await starting.ask(context, state.log, body.as_of, body.accept, again=body.again)
    return Asked(request_id=made)


@router.get("/run-requests")
async def listed(context: ForRisk, limit: Limit = 50) -> Requests:
    """Runs that were asked for, and what became of them."""
    return Requests(data=[_shown(one) for one in await starting.listed(context, limit)])


def _shown(one: RunRequest) -> Shown:
    return Shown(
        request_id=one.request_id,
        as_of=one.as_of,
        known_at=one.known_at,
        asked_by=one.asked_by,
        asked_at=one.asked_at,
        accepted=one.accepted,
        state=one.state,
        sentences=list(one.sentences),
        run=one.run,
        begun_at=one.begun_at,
        ended_at=one.ended_at,
    )
