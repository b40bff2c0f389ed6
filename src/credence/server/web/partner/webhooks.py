"""/partner/webhooks: where a partner is told of what changes, and what became of each delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.errors import ConflictError, InvalidRequestError
from credence.server.services.contesting.outbox import KINDS
from credence.server.services.contesting.webhooks import endpoints
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.partner.wishes import Place
from credence.server.web.refusals import sentence_of
from credence.server.web.scoped import with_scope
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/partner/webhooks"
A_PAGE = 50
AtSetting = Annotated[Visitor, with_scope("partner", "webhooks.write")]


@dataclass(frozen=True)
class Hooks:
    """Endpoints and the delivery log; a secret that is shown once, and what was amiss."""

    endpoints: Sequence[Mapping[str, Any]]
    deliveries: Sequence[Mapping[str, Any]]
    next_page: str | None
    kinds: Sequence[str]
    secret: str | None = None
    fault: str | None = None


@router.get(HERE)
async def listed(visitor: AtSetting, after: Place = None) -> Response:
    """Every endpoint, and the latest deliveries."""
    return await _shown(visitor, after=after)


@router.post(HERE)
async def add(
    visitor: AtSetting,
    url: Annotated[str, Form(max_length=500)],
    kinds: Annotated[list[str] | None, Form(max_length=50)] = None,
) -> Response:
    """Add an endpoint; its secret is shown once."""
    try:
        _, secret = await endpoints.add(visitor.context, visitor.state.keys, url.strip(), kinds or [])
    except (ConflictError, InvalidRequestError) as error:
        return await _shown(visitor, fault=sentence_of(visitor.seat, error))
    return await _shown(visitor, secret=secret)


@router.post(f"{HERE}/{{endpoint_id}}/secret")
async def rotate(visitor: AtSetting, endpoint_id: str) -> Response:
    """A new secret, shown once; the old one signs, too, until it is ended."""
    secret = await endpoints.rotate(visitor.context, visitor.state.keys, endpoint_id)
    return await _shown(visitor, secret=secret)


@router.post(f"{HERE}/{{endpoint_id}}/secret/end")
async def end_old_secret(visitor: AtSetting, endpoint_id: str) -> Response:
    """From now on only the newest secret signs."""
    await endpoints.end_old_secret(visitor.context, endpoint_id)
    return to(HERE, done="secret_ended")


@router.post(f"{HERE}/{{endpoint_id}}/test")
async def try_out(visitor: AtSetting, endpoint_id: str) -> Response:
    """Have a test sent."""
    await endpoints.try_out(visitor.context, endpoint_id)
    return to(HERE, done="test_sent")


@router.post(f"{HERE}/{{endpoint_id}}/enable")
async def enable(visitor: AtSetting, endpoint_id: str) -> Response:
    """Send to it again."""
    await endpoints.enable(visitor.context, endpoint_id)
    return to(HERE, done="endpoint_enabled")


@router.post(f"{HERE}/{{endpoint_id}}/remove")
async def remove(visitor: AtSetting, endpoint_id: str) -> Response:
    """Send to it no more."""
    await endpoints.remove(visitor.context, endpoint_id)
    return to(HERE, done="endpoint_removed")


@router.post("/partner/deliveries/{delivery_id}/again")
async def replay(visitor: AtSetting, delivery_id: str) -> Response:
    """Have it sent once more."""
    await endpoints.replay(visitor.context, delivery_id)
    return to(HERE, done="sent_again")


async def _shown(
    visitor: Visitor, *, after: str | None = None, secret: str | None = None, fault: str | None = None
) -> Response:
    found = await endpoints.listed(visitor.context)
    log = await endpoints.deliveries(visitor.context, None, after, A_PAGE)
    further = log[-1]["delivery_id"] if len(log) == A_PAGE else None
    seen = Hooks(found, log, further, KINDS, secret, fault)
    return page(visitor.seat, "partner/webhooks.html", 200 if fault is None else 422, seen=seen)
