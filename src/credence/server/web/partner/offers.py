"""/partner/offers: what is offered to whoever meets a published rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import BaseModel, Field

from credence.errors import InvalidRequestError
from credence.server.services.deciding import offers
from credence.server.services.deciding.offers import New, Offer
from credence.server.services.deciding.reviews import today
from credence.server.services.looking import desk, partners
from credence.server.services.reading.levels import LEVELS
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.partner.decisions import LAST, Named
from credence.server.web.partner.wishes import Short
from credence.server.web.refusals import sentence_of
from credence.server.web.scoped import with_scope
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/partner/offers"
A_PAGE = 50
USUAL = timedelta(days=90)
AtReading = Annotated[Visitor, with_scope("partner", "offers.read")]
AtWriting = Annotated[Visitor, with_scope("partner", "offers.write")]


class Offered(BaseModel):
    """An offer as the form has it."""

    policy: Short = ""
    title: Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    purpose: Short = ""
    starts: date
    ends: date
    level: Short = ""
    sponsored: Short = ""


@dataclass(frozen=True)
class Standing:
    """An offer, and whether it can be taken: not yet, now, no more."""

    offer: Offer
    state: str


@dataclass(frozen=True)
class Shelf:
    """Offers, and where the next page begins."""

    offers: Sequence[Standing]
    next_page: str | None


@dataclass(frozen=True)
class Choices:
    """What an offer may be, what was said of one, and what was amiss with it."""

    policies: Sequence[str]
    purposes: Sequence[str]
    levels: Sequence[str]
    said: Offered
    fault: str | None = None


@router.get(HERE)
async def listed(visitor: AtReading, before: Named = LAST) -> Response:
    """Every offer of the partner."""
    found = await offers.of_partner(visitor.context, before, A_PAGE)
    further = found[-1].offer_id if len(found) == A_PAGE else None
    day = today(visitor.context)
    seen = Shelf([Standing(offer, _state(offer, day)) for offer in found], further)
    return page(visitor.seat, "partner/offers.html", seen=seen)


@router.get(f"{HERE}/new")
async def new(visitor: AtWriting, policy: Named = "") -> Response:
    """Offer something."""
    day = today(visitor.context)
    seen = await _choices(visitor, Offered(policy=policy.strip(), starts=day, ends=day + USUAL))
    return page(visitor.seat, "partner/offer_new.html", seen=seen)


@router.post(HERE)
async def publish(visitor: AtWriting, said: Annotated[Offered, Form()]) -> Response:
    """Offer it from its first day on."""
    try:
        await offers.publish(visitor.context, _new(said))
    except InvalidRequestError as error:
        seen = await _choices(visitor, said, sentence_of(visitor.seat, error))
        return page(visitor.seat, "partner/offer_new.html", 422, seen=seen)
    return to(HERE, done="offered")


@router.post(f"{HERE}/{{offer_id}}/close")
async def close(visitor: AtWriting, offer_id: str) -> Response:
    """Offer it no more."""
    await offers.close(visitor.context, offer_id)
    return to(HERE, done="offer_closed")


async def _choices(visitor: Visitor, said: Offered, fault: str | None = None) -> Choices:
    policies = await partners.policies(visitor.context)
    figures = await desk.of_partner(visitor.context)
    return Choices(policies, figures.purposes, LEVELS, said, fault)


def _new(said: Offered) -> New:
    title, days, paid = said.title.strip(), (said.starts, said.ends), bool(said.sponsored)
    if not title:
        sentence = "An offer needs a title, which people read."
        raise InvalidRequestError(sentence, {"/title": sentence})
    return New(said.policy, title, said.purpose, *days, paid, said.level or None)


def _state(offer: Offer, day: date) -> str:
    if offer.closed_at is not None:
        return "closed"
    if day < offer.starts_on:
        return "ahead"
    return "open" if day <= offer.ends_on else "over"
