"""/furnisher/evidence: files that stand behind what is sent against somebody, each with the id to send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import Response

from credence.errors import InvalidRequestError, NoSuchThingError
from credence.server.services.furnishing import evidence
from credence.server.services.furnishing.evidence import BYTES_MOST
from credence.server.web.furnisher.people import Before
from credence.server.web.furnisher.sending import A_PAGE, AtSending
from credence.server.web.pages import page
from credence.server.web.refusals import sentence_of
from credence.server.web.texts import say
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/furnisher/evidence"


@dataclass(frozen=True)
class Given:
    """Files that were given, the latest first, and the next page.

    Attributes:
        new: The id of the one that was just given.
        person: Whom it was said to be about.
        fault: What was amiss with it.
    """

    rows: Sequence[Mapping[str, Any]]
    next_page: str | None
    new: str | None = None
    person: str = ""
    fault: str | None = None


@router.get(HERE)
async def given(visitor: AtSending, before: Before = None) -> Response:
    """The files that were given; another is given here."""
    return page(visitor.seat, "furnisher/evidence.html", seen=await _given(visitor, before))


@router.post(HERE)
async def give(
    visitor: AtSending, person: Annotated[str, Form(max_length=100)], file: UploadFile
) -> Response:
    """Give a file; the id is shown that is sent as evidence."""
    content, whom = await file.read(BYTES_MOST + 1), person.strip()
    try:
        made = await evidence.keep(visitor.context, visitor.state, whom, content)
    except NoSuchThingError as error:
        sentence = say(visitor.seat.language, "furnisher_send.evidence_nobody")
        seen = await _given(visitor, person=whom, fault=sentence)
        return page(visitor.seat, "furnisher/evidence.html", error.status, seen=seen)
    except InvalidRequestError as error:
        seen = await _given(visitor, person=whom, fault=sentence_of(visitor.seat, error))
        return page(visitor.seat, "furnisher/evidence.html", error.status, seen=seen)
    return page(visitor.seat, "furnisher/evidence.html", seen=await _given(visitor, new=made))


async def _given(visitor: Visitor, before: str | None = None, **said: str) -> Given:
    rows = await evidence.given(visitor.context, before, A_PAGE)
    further = rows[-1]["evidence_id"] if len(rows) == A_PAGE else None
    return Given(rows, further, **said)
