"""/enter: links that sign in once; a button takes the secret, so that no program that looks does."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from credence.server.requests import guarded, keep_signed_in
from credence.server.services.access import parties
from credence.server.web.entry.door import HOMES, to
from credence.server.web.pages import page
from credence.server.web.visitor import AtDoor, same_site

router = APIRouter(include_in_schema=False)


@router.get("/enter/{secret}")
async def enter_page(visitor: AtDoor, secret: str) -> Response:
    """Whether to sign in with this link."""
    return page(visitor.seat, "entry/enter.html", secret=secret)


@router.post("/enter/{secret}")
async def enter(request: Request, secret: str) -> Response:
    """Sign in with it."""
    same_site(request)
    async with guarded(request, "links") as context:
        actor, token = await parties.sign_in(context, secret)
        reply = to(HOMES[actor.kind])
        keep_signed_in(reply, context, token)
    return reply
