"""/recover: an account whose passkey is lost: a code, a document's number, a day of waiting, and a link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from credence.errors import RequestError
from credence.server.requests import count, guarded, keep_signed_in, state_of
from credence.server.services.people import recovery
from credence.server.services.people.kinds import DOCUMENTS
from credence.server.web.entry.door import to
from credence.server.web.entry.start import contact_of, document_of
from credence.server.web.pages import Seat, page
from credence.server.web.refusals import sentence_of
from credence.server.web.visitor import AtDoor, same_site, seat_of

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Form(max_length=254)]


@dataclass(frozen=True)
class Step:
    """A step of recovering; `link` leads back from `ready_at` on."""

    name: str
    recovery: str = ""
    link: str = ""
    ready_at: datetime | None = None
    documents: tuple[str, ...] = tuple(DOCUMENTS)


@router.get("/recover")
async def begin_page(visitor: AtDoor) -> Response:
    """Say where the code can be sent."""
    return _shown(visitor.seat, Step("contact"))


@router.post("/recover")
async def begin(request: Request, contact: Short) -> Response:
    """Send the code, if the address or number is somebody's; the page is the same if it is nobody's."""
    same_site(request)
    seat, keys = seat_of(request), state_of(request).keys
    try:
        known = contact_of(contact)
        await count(request, f"recover {known.kind} {known.value}")
        async with guarded(request, f"recovery {known.value}") as context:
            begun = await recovery.begin(context, keys, known, seat.language)
    except RequestError as error:
        return _shown(seat, Step("contact"), error)
    return _shown(seat, Step("proof", begun))


@router.post("/recover/proof")
async def prove(
    request: Request, recovery_id: Annotated[str, Form(alias="recovery", max_length=40)], code: Short,
    kind: Short, number: Short,
) -> Response:  # fmt: skip
    """Show the code and the number of the document; a link comes of it, which leads back after a day."""
    same_site(request)
    seat, keys = seat_of(request), state_of(request).keys
    try:
        document = document_of(kind, number)
        async with guarded(request, f"recovery {recovery_id}") as context:
            secret, ready = await recovery.prove(context, keys, recovery_id, code, document)
            link = f"{context.settings.public_url}/recover/{recovery_id}/{secret}"
    except RequestError as error:
        return _shown(seat, Step("proof", recovery_id), error)
    return _shown(seat, Step("waiting", recovery_id, link=link, ready_at=ready))


@router.get("/recover/{recovery_id}/{secret}")
async def finish_page(visitor: AtDoor, recovery_id: str, secret: str) -> Response:
    """Come back with the link."""
    del secret  # it stays in the address, to which the form is sent
    return _shown(visitor.seat, Step("finish", recovery_id))


@router.post("/recover/{recovery_id}/{secret}")
async def finish(request: Request, recovery_id: str, secret: str) -> Response:
    """Sign in; nothing from before signs in any more, so a new passkey is next."""
    same_site(request)
    reply = to("/start/passkey")
    try:
        async with guarded(request, f"completion {recovery_id}") as context:
            keep_signed_in(reply, context, await recovery.finish(context, recovery_id, secret))
    except RequestError as error:
        return _shown(seat_of(request), Step("finish", recovery_id), error)
    return reply


def _shown(seat: Seat, step: Step, fault: RequestError | None = None) -> Response:
    status = 200 if fault is None else fault.status
    sentence = None if fault is None else sentence_of(seat, fault)
    return page(seat, "entry/recover.html", status, step=step, fault=sentence)
