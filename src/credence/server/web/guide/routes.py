"""/demo: the guide, signing in as anybody, and beginning anew."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from credence.errors import NoSuchThingError, NotSignedInError
from credence.server.requests import COOKIE, as_system, keep_signed_in
from credence.server.services import tokens
from credence.server.services.context import Actor, Context
from credence.server.services.people import sessions
from credence.server.web.entry.door import inside, to
from credence.server.web.guide.walk import CHAPTERS, Guide, Somebody
from credence.server.web.pages import page
from credence.server.web.visitor import AtDoor, same_site

router = APIRouter(include_in_schema=False)
HOW = "demonstration"


@router.get("/demo")
async def guide(request: Request, visitor: AtDoor) -> Response:
    """Everybody, and what there is to see as them."""
    return page(visitor.seat, "guide/guide.html", guide=guide_of(request), chapters=CHAPTERS)


@router.get("/demo/as/{who}")
async def door(request: Request, visitor: AtDoor, who: str) -> Response:
    """Whether to sign in as somebody."""
    return page(visitor.seat, "guide/as.html", who=who, somebody=somebody_of(request, who))


@router.post("/demo/as/{who}")
async def sign_in(
    request: Request, who: str, to_: Annotated[str, Form(alias="to", max_length=500)] = "/"
) -> Response:
    """Sign in as somebody, and go on to a page."""
    same_site(request)
    somebody = somebody_of(request, who)
    reply = to(inside(to_))
    async with as_system(request) as context:
        await _sign_out(context, request.cookies.get(COOKIE, ""))
        keep_signed_in(reply, context, await sessions.begin(context, Actor(somebody.kind, somebody.id), HOW))
    return reply


@router.post("/demo/reset")
async def begin_anew(request: Request) -> Response:
    """Put everything back as it was at the beginning, once this was answered."""
    same_site(request)
    guide_of(request).begin_anew()
    reply = to("/demo", done="demo_anew")
    reply.delete_cookie(COOKIE)
    # Whoever answers the next request is another server.
    reply.headers["Connection"] = "close"
    return reply


def guide_of(request: Request) -> Guide:
    """The guide of the application that was asked."""
    found: Guide = request.app.state.guide
    return found


def somebody_of(request: Request, who: str) -> Somebody:
    """Somebody by name.

    Raises:
        NoSuchThingError: There is nobody of that name.
    """
    try:
        return guide_of(request).people[who]
    except KeyError:
        what = "person of the demonstration"
        raise NoSuchThingError(what, who) from None


async def _sign_out(context: Context, token: str) -> None:
    """End the session of whoever was signed in before, if anybody was."""
    try:
        found = await tokens.find(context, token)
    except NotSignedInError:
        return
    await tokens.end(context, found.actor, found.key_id)
