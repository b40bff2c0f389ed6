"""/partner/requests: asking for a consent, with a code that whoever stands at the desk scans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.errors import InvalidRequestError
from credence.server.services.reading import requests
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.partner.wishes import AtAsking, Choices, Place, Wished, choices, number
from credence.server.web.refusals import sentence_of
from credence.server.web.visitor import AtPartner, Visitor

router = APIRouter(include_in_schema=False)
HERE = "/partner/requests"
A_PAGE = 20
DAYS = (7, 30, 90, 180, 365)
READS = "scores.read"


@dataclass(frozen=True)
class Request:
    """A request for a consent, how it stands, and where whoever grants it is led."""

    row: Mapping[str, Any]
    state: str
    address: str


@dataclass(frozen=True)
class Requests:
    """What was asked for, where the next page begins, and what may be asked for now, if anything."""

    rows: Sequence[Request]
    next_page: str | None
    choices: Choices | None
    days: Sequence[int] = DAYS


@router.get(HERE)
async def listed(visitor: AtPartner, before: Place = None) -> Response:
    """Ask for a consent; what was asked for."""
    return await _shown(visitor, Wished(days="90"), before=before)


@router.post(HERE)
async def ask(visitor: AtAsking, said: Annotated[Wished, Form()]) -> Response:
    """Make the request."""
    whom = said.person.strip() or None
    try:
        made, _ = await requests.ask(visitor.context, said.wish, number(said.days) or 0, whom)
    except InvalidRequestError as error:
        return await _shown(visitor, said, fault=sentence_of(visitor.seat, error))
    return to(f"{HERE}/{made}")


@router.get(f"{HERE}/{{request_id}}")
async def one(visitor: AtPartner, request_id: str) -> Response:
    """A request, with the code that leads to it."""
    row = await requests.one(visitor.context, request_id)
    return page(visitor.seat, "partner/request.html", seen=_request(visitor, row))


async def _shown(
    visitor: Visitor, said: Wished, *, before: str | None = None, fault: str | None = None
) -> Response:
    rows = await requests.of_partner(visitor.context, A_PAGE, before)
    further = rows[-1]["request_id"] if len(rows) == A_PAGE else None
    may = READS in visitor.context.actor.scopes
    what = await choices(visitor, said, fault) if may else None
    seen = Requests([_request(visitor, row) for row in rows], further, what)
    return page(visitor.seat, "partner/requests.html", 200 if fault is None else 422, seen=seen)


def _request(visitor: Visitor, row: Mapping[str, Any]) -> Request:
    state = "waiting" if row["lapses_at"] > visitor.context.now else "lapsed"
    address = f"{visitor.context.settings.public_url}/ask/{row['request_id']}"
    return Request(row, state if row["consent_id"] is None else "granted", address)
