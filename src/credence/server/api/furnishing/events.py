"""POST /events: rows of a furnisher, acknowledged with a receipt, or tried out."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from credence.errors import FormUnknownError, TooLargeError
from credence.server.api.dependencies import TheState, context_of
from credence.server.api.furnishing.shapes import RowResult, results_of
from credence.server.services.contesting import tombstones
from credence.server.services.context import Context
from credence.server.services.furnishing import batches, receipts, rows
from credence.server.services.furnishing.rows import Form

router = APIRouter(tags=["events"])
FORMS: dict[str, Form] = {"application/json": "json", "application/x-ndjson": "lines"}
BYTES_MOST = 32_000_000
Sends = Annotated[Context, Depends(context_of("furnisher", scope="events.write"), scope="function")]
ROW = {
    "type": "object",
    "required": ["event_id", "person", "kind", "occurred_at"],
    "additionalProperties": False,
    "properties": {
        "event_id": {"type": "string", "description": "Your own id; it is taken once, for ever"},
        "person": {"type": "string", "description": "The id under which you know the person"},
        "kind": {"type": "string", "description": "A kind of the vocabulary, like bill.paid"},
        "occurred_at": {"type": "string", "description": "A date, or a time with its offset"},
        "reported_at": {"type": ["string", "null"]},
        "replaces": {"type": ["string", "null"], "description": "Your event that this one replaces"},
        "retracts": {"type": ["string", "null"], "description": "Your event that this one takes back"},
        "evidence": {"type": ["string", "null"], "description": "For events that speak against a person"},
        "fields": {
            "type": "object",
            "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
            "description": "What the kind says, like days_late",
        },
    },
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"oneOf": [{"type": "array", "items": ROW, "minItems": 1}, ROW]}},
            "application/x-ndjson": {"schema": {"type": "string", "description": "One object a line"}},
        },
    }
}


class Received(BaseModel):
    """The receipt of what was sent; with `dry_run` what would become of each row, and no receipt."""

    receipt_id: str | None = None
    rows: int
    results: list[RowResult] | None = None


# What a request with `dry_run` is answered.
CHECKED: dict[str, Any] = {"model": Received, "description": "What would become of each row"}


@router.post("/events", status_code=202, openapi_extra=BODY, responses={200: CHECKED})
async def send(
    request: Request,
    response: Response,
    context: Sends,
    state: TheState,
    dry_run: Annotated[bool, Query(description="Only say what would become of each row")] = False,  # noqa: FBT002
) -> Received:
    """Send events, at most 10,000: a list or one object of JSON, or an object a line.

    They are safe when this is answered (202). What became of each row is told by its receipt.
    """
    form = _form(request)
    body = await _body(request)
    sent = rows.read(body, form)
    if not dry_run:
        receipt = await receipts.keep(context, form, body, len(sent))
        response.headers["Location"] = f"/v1/receipts/{receipt}"
        return Received(receipt_id=receipt, rows=len(sent))
    system = await context.as_system()
    rules = await receipts.rules_of(system, context.actor.id, state.log.vocabulary)
    batch = await batches.prepare(system, rules, sent, tombstones.refuses)
    await context.back()
    await batches.try_out(state, batch, context.now)
    response.status_code = 200
    return Received(rows=len(sent), results=results_of(batch.told()))


def _form(request: Request) -> Form:
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said not in FORMS:
        raise FormUnknownError(said, " or ".join(FORMS))
    return FORMS[said]


async def _body(request: Request) -> bytes:
    """The body, as long as it is not longer than events can be."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > BYTES_MOST:
            raise TooLargeError(BYTES_MOST)
        parts.append(part)
    return b"".join(parts)
