"""/partner/ask: a question about somebody who consented; the answer, and what the person sees of it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.errors import ConsentMissingError, InvalidRequestError, PurposeNotAllowedError
from credence.server.services.reading import asking
from credence.server.services.reading.consents import Wish
from credence.server.web.pages import page
from credence.server.web.partner.wishes import AtAsking, Wished, choices
from credence.server.web.person.sharing.sent import Sent, sent
from credence.server.web.refusals import sentence_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Told:
    """An answer: about whom, what was asked, what was told, and under which number it is kept."""

    said: Wished
    wish: Wish
    outcome: str
    sent: Sent
    inquiry_id: str


@router.get("/partner/ask")
async def question(visitor: AtAsking, said: Annotated[Wished, Query()]) -> Response:
    """Whom to ask about, for what, and how much."""
    return page(visitor.seat, "partner/ask.html", seen=await choices(visitor, said))


@router.post("/partner/ask")
async def ask(visitor: AtAsking, said: Annotated[Wished, Form()]) -> Response:
    """Ask; the question is recorded, and the person sees it."""
    context, state, person = visitor.context, visitor.state, said.person.strip()
    try:
        found = await asking.ask(context, state.keys, state.log, person, said.wish, hard=bool(said.hard))
    except (InvalidRequestError, ConsentMissingError, PurposeNotAllowedError) as error:
        missing, sentence = isinstance(error, ConsentMissingError), sentence_of(visitor.seat, error)
        seen = await choices(visitor, said, sentence, consent_missing=missing)
        return page(visitor.seat, "partner/ask.html", error.status, seen=seen)
    words = sent(found.result, visitor.seat.language)
    told = Told(said, said.wish, found.result["outcome"], words, found.inquiry_id)
    return page(visitor.seat, "partner/answer.html", told=told)
