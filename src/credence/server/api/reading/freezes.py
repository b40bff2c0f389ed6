"""/freezes: stop every read at once, on connections of their own that no other work can hold up."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, context_of
from credence.server.api.reading.shapes import Id, Instant, Sent, Sentence
from credence.server.services.context import Context
from credence.server.services.operating import breaches
from credence.server.services.reading import freezes

router = APIRouter(tags=["freezes"])
ForPersonNow = Annotated[Context, Depends(context_of("person", small=True), scope="function")]
Guarding = Annotated[Context, Depends(context_of("operator", scope="admin"), scope="function")]
GuardingNow = Annotated[Context, Depends(context_of("operator", scope="admin", small=True), scope="function")]


class Freeze(BaseModel):
    """The freeze that holds."""

    id: str
    set_at: datetime
    set_by: str
    why: str


class Excepted(BaseModel):
    """A partner that may read in spite of a freeze, under a live consent."""

    partner: str
    partner_name: str
    ends_at: datetime


class Alert(BaseModel):
    """A fraud alert: partners with a consent are told to make sure of who asks."""

    id: str
    kind: str
    set_at: datetime
    ends_at: datetime


class OfEverybody(BaseModel):
    """A freeze of everybody's scores."""

    id: str
    set_at: datetime
    why: str


class Standing(BaseModel):
    """What holds for the person; `frozen` is whether their scores are, by them or with everybody's."""

    frozen: bool
    freeze: Freeze | None
    everybody: OfEverybody | None
    exceptions: list[Excepted]
    fraud_alerts: list[Alert]


class Frozen(BaseModel):
    """A freeze that was set, or held already."""

    id: str


class ExceptIn(Sent):
    """Until when a partner is excepted."""

    ends_at: Instant | None = Field(default=None, description="30 days from now if not said; a year at most")


class AlertIn(Sent):
    """Which fraud alert: initial and active_duty last a year, extended seven."""

    kind: str = Field(pattern="^(initial|extended|active_duty)$")


class AlertMade(BaseModel):
    """A fraud alert that was set."""

    id: str
    ends_at: datetime


class Breach(Sent):
    """Whose reads, since when: everybody read about is frozen."""

    partner: Id
    since: Instant
    end_keys: bool = Field(
        default=False, description="Whether the partner's keys and tokens end at once, too"
    )


class Cohort(BaseModel):
    """Who is frozen now, and whether the partner's keys ended."""

    frozen: int
    people: list[str]
    keys_ended: bool


class Everybody(Sent):
    """Why everybody is frozen; people see it."""

    why: Sentence


@router.get("/freezes")
async def standing(context: ForPerson) -> Standing:
    """Whether the person's scores are frozen, who is excepted, and their fraud alerts."""
    found = await freezes.standing(context)
    row = found.freeze
    freeze = (
        Freeze(id=row["freeze_id"], set_at=row["set_at"], set_by=row["set_by"], why=row["why"])
        if row
        else None
    )
    every = found.everybody
    return Standing(
        frozen=row is not None or every is not None,
        freeze=freeze,
        everybody=OfEverybody(id=every["freeze_id"], set_at=every["set_at"], why=every["why"])
        if every
        else None,
        exceptions=[
            Excepted(partner=one["partner_id"], partner_name=one["partner"], ends_at=one["ends_at"])
            for one in found.exceptions
        ],
        fraud_alerts=[
            Alert(id=one["alert_id"], kind=one["kind"], set_at=one["set_at"], ends_at=one["ends_at"])
            for one in found.alerts
        ],
    )


@router.post("/freezes", status_code=201)
async def freeze(context: ForPersonNow) -> Frozen:
    """Freeze the person's scores: from now on no partner is told anything of them."""
    return Frozen(id=await freezes.freeze(context, context.actor.id))


@router.post("/freezes/thaw", status_code=204)
async def thaw(context: ForPersonNow) -> None:
    """Lift the freeze."""
    await freezes.thaw(context)


@router.put("/freezes/exceptions/{partner_id}")
async def except_partner(partner_id: Id, body: ExceptIn, context: ForPerson) -> ExceptIn:
    """Let a partner with a live consent read in spite of a freeze."""
    return ExceptIn(ends_at=await freezes.except_partner(context, partner_id, body.ends_at))


@router.delete("/freezes/exceptions/{partner_id}", status_code=204)
async def end_exception(partner_id: Id, context: ForPerson) -> None:
    """Let a freeze hold for a partner again."""
    await freezes.end_exception(context, partner_id)


@router.post("/fraud-alerts", status_code=201)
async def alert(body: AlertIn, context: ForPerson) -> AlertMade:
    """Put a fraud alert on the person's file."""
    made, ends_at = await freezes.alert(context, body.kind)
    return AlertMade(id=made, ends_at=ends_at)


@router.post("/fraud-alerts/{alert_id}/lift", status_code=204)
async def lift_alert(alert_id: Id, context: ForPerson) -> None:
    """Lift a fraud alert."""
    await freezes.lift_alert(context, alert_id)


@router.post("/freezes/cohort", status_code=201)
async def freeze_cohort(body: Breach, context: Guarding) -> Cohort:
    """Breach: freeze everybody whom a partner read about since an instant, and tell each of them."""
    people = await breaches.freeze(context, body.partner, body.since, end_keys=body.end_keys)
    return Cohort(frozen=len(people), people=people, keys_ended=body.end_keys)


@router.post("/freezes/everybody", status_code=201)
async def freeze_everybody(body: Everybody, context: GuardingNow) -> Frozen:
    """Breach: freeze everybody's scores in one write; no exception holds meanwhile."""
    return Frozen(id=await freezes.freeze_everybody(context, body.why))


@router.post("/freezes/everybody/thaw", status_code=204)
async def thaw_everybody(context: GuardingNow) -> None:
    """Lift the freeze of everybody; freezes that people set themselves stay."""
    await freezes.thaw_everybody(context)
