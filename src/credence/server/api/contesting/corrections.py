"""/corrections: what was corrected, and which scores that changed; corrections by whoever sent the event."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from credence.server.api.contesting.shapes import Body, EventAsItShouldBe, Name
from credence.server.api.contesting.who import Limit, allowed
from credence.server.api.dependencies import ForPerson, TheState
from credence.server.services.contesting import corrections, own_correction
from credence.server.services.contesting.own_correction import Own
from credence.server.services.context import Context

router = APIRouter(tags=["corrections"])
Corrects = Annotated[Context, allowed(furnisher="disputes.write", operator="reviewer")]
Certifies = Annotated[Context, allowed(furnisher="disputes.write")]


class MovedShown(BaseModel):
    """A score that changed; None is no score."""

    scorecard: str
    as_of: date
    old: int | None
    new: int | None


class Correction(BaseModel):
    """A correction: what was wrong, why it was corrected, and the scores that it changed."""

    correction_id: str
    made_at: datetime
    cause: str
    furnisher: str
    furnisher_name: str
    event_id: str
    replaced_by: str | None
    dispute_id: str | None
    moved: list[MovedShown]


class Corrections(BaseModel):
    """A page of corrections, the latest first."""

    data: list[Correction]
    next_cursor: str | None


class NewCorrection(Body):
    """An event that is wrong; with `replacement` the event as it should be, without it is taken back."""

    person: Name = Field(description="The person, as whoever corrects knows them.")
    furnisher: Name | None = Field(
        default=None, description="Whose event it is; a furnisher's own by default."
    )
    event_id: Name
    replacement: EventAsItShouldBe | None = None


class Certification(Body):
    """An event that was taken back, and that its furnisher says is right after all."""

    person: Name = Field(description="The person, as the furnisher knows them.")
    event: EventAsItShouldBe


class Corrected(BaseModel):
    """A correction that was made."""

    correction_id: str


@router.get("/corrections")
async def mine(context: ForPerson, after: str | None = None, limit: Limit = 50) -> Corrections:
    """What was corrected about the person who asks, with each score that it changed."""
    data = [Correction(**one) for one in await corrections.read(context, after, limit)]
    return Corrections(data=data, next_cursor=data[-1].correction_id if len(data) == limit else None)


@router.post("/corrections", status_code=201)
async def correct(context: Corrects, state: TheState, body: NewCorrection) -> Corrected:
    """Correct an event: the person is evaluated again at once, and who read a score it changed is told."""
    replacement = body.replacement.row() if body.replacement else None
    own = Own(body.person, body.furnisher, body.event_id, replacement)
    return Corrected(correction_id=await own_correction.make(context, state, own))


@router.post("/certifications", status_code=204)
async def certify(context: Certifies, body: Certification) -> None:
    """Certify that what was taken back is right, so that it may be sent again; the person is told."""
    await own_correction.certify(context, body.person, body.event.row())
