"""/ask: where a partner's QR code leads: who asks, what for, exactly what would be sent, and yes or no."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from credence.errors import NotSignedInError
from credence.server.requests import COOKIE
from credence.server.services import tokens
from credence.server.services.reading import requests
from credence.server.services.reading.consents import Wish
from credence.server.services.sharing import consents as sharing
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.person.sharing.consents import Days, Granting, after, preview
from credence.server.web.visitor import AtDoor, AtPerson, Visitor, seat_of

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Form(max_length=100)]


@dataclass(frozen=True)
class Asked:
    """A request as somebody sees it who is not signed in yet: all but what would be sent."""

    partner: str
    wish: Wish
    days: int
    lapses_at: datetime


@router.get("/ask/{request_id}")
async def ask(request: Request, door: AtDoor, request_id: str) -> Response:
    """A partner's request, to whoever was shown it."""
    visitor = await _person(request, door)
    if visitor is None:
        return await _shown(door, request_id)
    row = await requests.one(visitor.context, request_id)
    path, wish = f"/ask/{quote(request_id)}", requests.wished(row)
    if row["consent_id"] is not None:
        return page(visitor.seat, "sharing/granted.html", partner=row["partner"])
    fields = (("purpose", wish.purpose), ("level", wish.level))
    seen = Granting(row["partner"], wish, *await preview(visitor, wish), path, row["days"], fields)
    return page(visitor.seat, "sharing/grant.html", granting=seen)


@router.post("/ask/{request_id}")
async def grant(visitor: AtPerson, request_id: str, purpose: Word, level: Word, days: Days) -> Response:
    """Grant it: the purpose and the level are said again, as they stood on the page."""
    await sharing.grant_request(visitor.context, request_id, (purpose, level), after(visitor, days))
    return to("/me/sharing", done="granted")


async def _person(request: Request, door: Visitor) -> Visitor | None:
    """The person who is signed in, if one is."""
    try:
        actor = (await tokens.find(door.context, request.cookies.get(COOKIE, ""))).actor
    except NotSignedInError:
        return None
    if actor.kind != "person":
        return None
    return Visitor(replace(door.context, actor=actor), door.state, seat_of(request, "person"))


async def _shown(door: Visitor, request_id: str) -> Response:
    """Who asks and what for; a request to one person is shown to them alone, once they signed in."""
    row = await requests.shown(door.context, request_id)
    if row is None:
        return RedirectResponse(f"/sign-in?to=/ask/{quote(request_id)}", 303)
    seen = Asked(row["partner"], requests.wished(row), row["days"], row["lapses_at"])
    return page(door.seat, "entry/ask.html", asked=seen)
