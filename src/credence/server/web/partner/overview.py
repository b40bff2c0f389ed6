"""/partner: what waits, what happened last, and how much there was of everything in thirty days."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from credence.server.services.looking import desk, partners
from credence.server.services.looking.partners import News
from credence.server.web.pages import page
from credence.server.web.visitor import AtPartner

router = APIRouter(include_in_schema=False)
SHOWN = 8
FEED = "feed.read"


@dataclass(frozen=True)
class Desk:
    """A partner's desk: its figures, and what it was told of last."""

    figures: desk.Partner
    news: tuple[News, ...]


@router.get("/partner")
async def overview(visitor: AtPartner) -> Response:
    """The desk."""
    context = visitor.context
    news = await partners.news(context, SHOWN) if FEED in context.actor.scopes else []
    seen = Desk(await desk.of_partner(context), tuple(news))
    return page(visitor.seat, "partner/home.html", seen=seen)
