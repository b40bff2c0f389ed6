"""/consent-requests: a partner asks, the person sees what would be sent, and grants or does nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, TheState, context_of
from credence.server.api.reading.consents import ConsentMade, ForPersonOrPartner
from credence.server.api.reading.shapes import Id, Instant, Level, Name, Sent, Wished
from credence.server.services.context import Context
from credence.server.services.reading import asking, consents, requests
from credence.server.services.sharing import consents as sharing

router = APIRouter(tags=["consents"])
Asking = Annotated[Context, Depends(context_of("partner", scope="scores.read"), scope="function")]


class RequestIn(Wished):
    """What a partner asks for."""

    person: Id | None = Field(
        default=None,
        description="The person as you know them; without, for whoever you show the request's id",
    )
    days: int = Field(ge=1, le=365, description="How long the consent should last")


class RequestMade(BaseModel):
    """A request that was made; show its id to the person."""

    id: str
    lapses_at: datetime


class ConsentRequest(BaseModel):
    """A request for a consent. It is `waiting`, `granted` or `lapsed`: nothing is kept of a refusal."""

    id: str
    state: str
    partner: str
    partner_name: str
    person: str | None
    purpose: str
    level: str
    at_least: int | None
    scorecard: str
    days: int
    asked_at: datetime
    lapses_at: datetime
    consent: str | None
    would_be_sent: dict[str, Any] | None = None


class ConsentRequests(BaseModel):
    """The requests that wait for the person."""

    data: list[ConsentRequest]


class GrantIn(Sent):
    """The purpose and the level, named again: nothing is granted by a click alone."""

    purpose: Name
    level: Level
    ends_at: Instant | None = None


@router.post("/consent-requests", status_code=201)
async def request_consent(body: RequestIn, context: Asking) -> RequestMade:
    """Ask a person for a consent; it lapses after 14 days."""
    request, lapses_at = await requests.ask(context, body.wish, body.days, body.person)
    return RequestMade(id=request, lapses_at=lapses_at)


@router.get("/consent-requests")
async def list_requests(context: ForPerson) -> ConsentRequests:
    """The requests that wait for the person."""
    rows = await requests.waiting(context)
    return ConsentRequests(data=[_request(row, context.now, None) for row in rows])


@router.get("/consent-requests/{request_id}")
async def show_request(request_id: Id, context: ForPersonOrPartner, state: TheState) -> ConsentRequest:
    """A request: to the partner how it stands, to the person exactly what would be sent, too."""
    row = await requests.one(context, request_id)
    if context.actor.kind == "partner":
        return _request(row, context.now, None)
    grant = await consents.own(context)
    would_be_sent = await asking.preview(context, state.keys, state.log, grant, requests.wished(row))
    return _request(row, context.now, would_be_sent)


@router.post("/consent-requests/{request_id}/grant", status_code=201)
async def grant_request(request_id: Id, body: GrantIn, context: ForPerson) -> ConsentMade:
    """Grant what is requested; the purpose and the level are said again."""
    said = body.purpose, body.level
    consent, person = await sharing.grant_request(context, request_id, said, body.ends_at)
    return ConsentMade(id=consent, person=person)


def _request(row: Mapping[str, Any], now: datetime, would_be_sent: dict[str, Any] | None) -> ConsentRequest:
    waits = "waiting" if row["lapses_at"] > now else "lapsed"
    said = {name: row[name] for name in ConsentRequest.model_fields if name in row}
    said |= {"id": row["request_id"], "partner": row["partner_id"], "partner_name": row["partner"]}
    said |= {"consent": row["consent_id"], "state": "granted" if row["consent_id"] else waits}
    # Whether a partner's id is somebody's is not said before they answered.
    said |= {"person": row["known_as"] if row["consent_id"] else None}
    return ConsentRequest(**said, would_be_sent=would_be_sent)
