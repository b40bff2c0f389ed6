"""/offers: made by partners; seen by people as they stand to the published rule, clause by clause."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from credence.server.api.contesting.who import Limit, allowed
from credence.server.api.deciding.shapes import END, Before, Body, Id, Name, Row
from credence.server.api.dependencies import ForPerson, TheState
from credence.server.services.context import Context
from credence.server.services.deciding import offers

router = APIRouter(tags=["offers"])
Writes = Annotated[Context, allowed(partner="offers.write")]
Reads = Annotated[Context, allowed(partner="offers.read")]


class NewOffer(Body):
    """What is offered to whoever meets a policy."""

    policy: Name = Field(description="The policy in force, as name@version.")
    title: Name
    purpose: Name
    starts_on: date
    ends_on: date
    sponsored: bool = Field(description="Whether somebody pays for it; that is shown, and moves nothing.")
    level: Name | None = Field(default=None, description="What you would be told; what the policy needs.")


class Offer(BaseModel):
    """An offer. `level` is what the partner would be told, of `scorecard`, if the person consents."""

    offer_id: str
    partner_id: str
    partner: str
    policy: str
    title: str
    purpose: str
    level: str
    sponsored: bool
    made_at: datetime
    starts_on: date
    ends_on: date
    closed_at: datetime | None


class SeenOffer(Offer):
    """An offer as the person stands to its rule."""

    scorecard: str
    standing: str = Field(
        description="meets_the_published_rule, does_not_meet_the_published_rule or not_known_yet; "
        "the partner decides, and nothing is approved before."
    )
    rows: list[Row]


class Offers(BaseModel):
    """A page of a partner's offers, the newest first."""

    data: list[Offer]
    next_cursor: str | None


class SeenOffers(BaseModel):
    """A page of offers, the newest first for everybody; who pays moves nothing."""

    data: list[SeenOffer]
    next_cursor: str | None


@router.post("/offers", status_code=201)
async def publish(context: Writes, body: NewOffer) -> Offer:
    """Offer something to whoever meets a policy in force."""
    return _shown(await offers.publish(context, offers.New(**body.model_dump())))


@router.get("/offers")
async def mine(context: Reads, before: Before = END, limit: Limit = 50) -> Offers:
    """The offers of the partner who asks."""
    data = [_shown(one) for one in await offers.of_partner(context, before, limit)]
    return Offers(data=data, next_cursor=data[-1].offer_id if len(data) == limit else None)


@router.get("/offers/mine")
async def for_me(context: ForPerson, state: TheState, before: Before = END, limit: Limit = 50) -> SeenOffers:
    """Offers, with how the person who asks stands to each; looking costs nothing and nobody is told."""
    seen, cursor = await offers.for_person(context, state.log, before, limit)
    data = [
        SeenOffer(**asdict(one.offer), scorecard=one.scorecard, standing=one.standing, rows=_rows(one))
        for one in seen
    ]
    return SeenOffers(data=data, next_cursor=cursor)


@router.get("/offers/{offer_id}")
async def one(context: Reads, offer_id: Id) -> Offer:
    """An offer of the partner who asks."""
    return _shown(await offers.one(context, offer_id))


@router.post("/offers/{offer_id}/close")
async def close(context: Writes, offer_id: Id) -> Offer:
    """Offer it no more."""
    return _shown(await offers.close(context, offer_id))


def _shown(offer: offers.Offer) -> Offer:
    return Offer(**asdict(offer))


def _rows(seen: offers.Seen) -> list[Row]:
    return [Row.model_validate(row, from_attributes=True) for row in seen.rows]
