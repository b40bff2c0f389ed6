"""/webhook-endpoints and /deliveries: where a partner is told, and what became of each webhook."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from credence.server.api.contesting.shapes import Body, Name
from credence.server.api.contesting.who import Limit
from credence.server.api.dependencies import TheState, context_of
from credence.server.services.contesting.webhooks import endpoints
from credence.server.services.context import Context

router = APIRouter(tags=["webhooks"])
Sets = Annotated[Context, Depends(context_of("partner", scope="webhooks.write"), scope="function")]


class NewEndpoint(Body):
    """Where webhooks are sent, and which."""

    url: Annotated[str, Field(max_length=500)]
    kinds: list[Name] = Field(default=[], max_length=50, description="All, where none is named.")


class Secret(BaseModel):
    """An endpoint's newest secret; it is not shown again."""

    endpoint_id: str
    secret: str


class Endpoint(BaseModel):
    """An endpoint."""

    endpoint_id: str
    url: str
    kinds: list[str]
    secrets: int = Field(description="How many secrets sign: two while they are changed.")
    added_at: datetime
    disabled_at: datetime | None
    why_disabled: str | None


class Delivery(BaseModel):
    """A webhook, and each try to deliver it."""

    delivery_id: str
    endpoint_id: str
    event_id: str
    kind: str
    state: str
    tries: int
    next_at: datetime
    made_at: datetime
    log: list[dict[str, Any]]


class Deliveries(BaseModel):
    """A page of the delivery log, the latest first."""

    data: list[Delivery]
    next_cursor: str | None


class Sending(BaseModel):
    """Something that will be sent."""

    id: str


@router.post("/webhook-endpoints", status_code=201)
async def add(context: Sets, state: TheState, body: NewEndpoint) -> Secret:
    """Add an endpoint; keep the secret, with which each webhook is signed."""
    endpoint, secret = await endpoints.add(context, state.keys, body.url, body.kinds)
    return Secret(endpoint_id=endpoint, secret=secret)


@router.get("/webhook-endpoints")
async def listed(context: Sets) -> list[Endpoint]:
    """The endpoints of the partner who asks."""
    return [Endpoint(**one) for one in await endpoints.listed(context)]


@router.delete("/webhook-endpoints/{endpoint_id}", status_code=204)
async def remove(context: Sets, endpoint_id: str) -> None:
    """Remove an endpoint: nothing more is sent to it."""
    await endpoints.remove(context, endpoint_id)


@router.post("/webhook-endpoints/{endpoint_id}/secrets", status_code=201)
async def rotate(context: Sets, state: TheState, endpoint_id: str) -> Secret:
    """A new secret. Until the old one is ended, webhooks are signed with both."""
    return Secret(endpoint_id=endpoint_id, secret=await endpoints.rotate(context, state.keys, endpoint_id))


@router.delete("/webhook-endpoints/{endpoint_id}/secrets/old", status_code=204)
async def end_old_secret(context: Sets, endpoint_id: str) -> None:
    """End the old secret: only the newest signs."""
    await endpoints.end_old_secret(context, endpoint_id)


@router.post("/webhook-endpoints/{endpoint_id}/enabled")
async def enable(context: Sets, endpoint_id: str) -> Sending:
    """Send again to an endpoint that was disabled, from now on."""
    await endpoints.enable(context, endpoint_id)
    return Sending(id=endpoint_id)


@router.post("/webhook-endpoints/{endpoint_id}/tests", status_code=202)
async def try_out(context: Sets, endpoint_id: str) -> Sending:
    """Have a test sent, of the type endpoint.test."""
    return Sending(id=await endpoints.try_out(context, endpoint_id))


@router.get("/deliveries")
async def deliveries(
    context: Sets, endpoint: str | None = None, after: str | None = None, limit: Limit = 50
) -> Deliveries:
    """Each webhook, with each try: when, the status of the reply or why there was none, how long it took."""
    rows = await endpoints.deliveries(context, endpoint, after, limit)
    data = [Delivery(**row) for row in rows]
    return Deliveries(data=data, next_cursor=data[-1].delivery_id if len(data) == limit else None)


@router.post("/deliveries/{delivery_id}/replays", status_code=202)
async def replay(context: Sets, delivery_id: str) -> Sending:
    """Have an event sent once more, under the same webhook-id."""
    return Sending(id=await endpoints.replay(context, delivery_id))
