"""/start: opening an account in small steps, each a form that goes on to the next, without script."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from credence.errors import RequestError
from credence.server.requests import count, guarded, keep_signed_in, state_of
from credence.server.services.context import Actor
from credence.server.services.people import enrolling, sessions
from credence.server.services.people.kinds import DOCUMENTS, Identifier, identifier
from credence.server.web.entry.door import inside
from credence.server.web.pages import Seat, page
from credence.server.web.refusals import sentence_of
from credence.server.web.texts import say
from credence.server.web.visitor import AtDoor, AtPerson, same_site, seat_of

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Field(max_length=254)]


class Answers(BaseModel):
    """What was said so far: each step sends along what the steps before it asked; `to` is where it leads."""

    contact: Short = ""
    code: Annotated[str, Field(max_length=20)] = ""
    kind: Annotated[str, Field(max_length=40)] = ""
    number: Short = ""
    agreed: Annotated[str, Field(max_length=10)] = ""
    to: Annotated[str, Field(max_length=500)] = "/"


Said = Annotated[Answers, Form()]


@dataclass(frozen=True)
class Step:
    """A step, what was said before it, and what was amiss with it, if anything was."""

    name: str
    said: Answers
    fault: str | None = None
    documents: tuple[str, ...] = tuple(DOCUMENTS)

    @property
    def number(self) -> int:
        """Which of the steps it is."""
        return ("contact", "code", "document", "agree").index(self.name) + 1


@router.get("/start")
async def start(visitor: AtDoor) -> Response:
    """Begin: where a code can be sent."""
    leads = inside(visitor.seat.request.query_params.get("to"))
    return _shown(visitor.seat, "contact", Answers(to=leads))


@router.post("/start")
async def contact(request: Request, said: Said) -> Response:
    """Send the code."""
    same_site(request)
    seat, keys = seat_of(request), state_of(request).keys
    try:
        known = contact_of(said.contact)
        await count(request, f"enrol {known.kind} {known.value}")
        async with guarded(request, f"enrolment {known.value}") as context:
            await enrolling.begin(context, keys, known, seat.language)
    except RequestError as error:
        return _shown(seat, "contact", said, error)
    return _shown(seat, "code", said)


@router.post("/start/code")
async def code(request: Request, said: Said) -> Response:
    """Look at the code before more is asked."""
    same_site(request)
    try:
        known = contact_of(said.contact)
        async with guarded(request, f"new {known.kind} {known.value}") as context:
            await enrolling.check(context, state_of(request).keys, known, said.code)
    except RequestError as error:
        return _shown(seat_of(request), "code", said, error)
    return _shown(seat_of(request), "document", said)


@router.post("/start/document")
async def document(request: Request, said: Said) -> Response:
    """Look at the number of the document."""
    same_site(request)
    try:
        document_of(said.kind, said.number)
    except RequestError as error:
        return _shown(seat_of(request), "document", said, error)
    return _shown(seat_of(request), "agree", said)


@router.post("/start/agreed")
async def agreed(request: Request, said: Said) -> Response:
    """Open the account, for whoever agreed, and sign them in."""
    same_site(request)
    seat, keys = seat_of(request), state_of(request).keys
    if said.agreed != "yes":
        return _shown(seat, "agree", said, say(seat.language, "start.agree_first"))
    try:
        known, number = contact_of(said.contact), document_of(said.kind, said.number)
        async with guarded(request, f"new {known.kind} {known.value}") as context:
            person = await enrolling.finish(context, keys, known, said.code, number, seat.language)
            token = await sessions.begin(context, Actor("person", person), "enrolment")
            reply = RedirectResponse(f"/start/passkey?to={quote(inside(said.to), safe='/')}", 303)
            keep_signed_in(reply, context, token)
    except RequestError as error:
        return _shown(seat, "agree", said, error)
    return reply


@router.get("/start/passkey")
async def passkey(visitor: AtPerson) -> Response:
    """Add a passkey, or a password with an app's codes, or do so later."""
    leads = inside(visitor.seat.request.query_params.get("to"))
    return page(visitor.seat, "entry/passkey.html", to="/me" if leads == "/" else leads)


def contact_of(said: str) -> Identifier:
    """A mail address or a telephone number, whichever it is."""
    return identifier("email" if "@" in said else "phone", said)


def document_of(kind: str, number: str) -> Identifier:
    """The document of a kind and a number; no contact goes for one."""
    return identifier(kind if kind in DOCUMENTS else "document", number)


def _shown(seat: Seat, step: str, said: Answers, fault: RequestError | str | None = None) -> Response:
    """The page of a step, with what is amiss, if anything is."""
    status = fault.status if isinstance(fault, RequestError) else 422 if fault else 200
    sentence = sentence_of(seat, fault) if isinstance(fault, RequestError) else fault
    shown = said.model_copy(update={"to": inside(said.to)})
    return page(seat, "entry/start.html", status, step=Step(step, shown, sentence))
