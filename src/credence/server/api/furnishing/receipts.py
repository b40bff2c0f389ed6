"""GET /receipts: what became of what was sent."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from credence.errors import NotAllowedError
from credence.server.api.dependencies import actor_of, context_of
from credence.server.api.furnishing.shapes import Receipt, counts_of, results_of
from credence.server.requests import as_system
from credence.server.services.context import Actor, Context
from credence.server.services.furnishing import receipts

router = APIRouter(tags=["events"])
SCOPE = "receipts.read"
Reads = Annotated[Context, Depends(context_of("furnisher", scope=SCOPE), scope="function")]
# How often is looked while somebody waits.
EVERY_SECONDS = 0.2


class Receipts(BaseModel):
    """A page of receipts, newest first."""

    data: list[Receipt]
    next_cursor: str | None


async def reader(request: Request) -> Actor:
    """A furnisher who may read receipts; no connection is held while it waits.

    Raises:
        NotAllowedError: It is somebody else, or its key lacks the scope.
    """
    actor = await actor_of(request)
    if actor.kind != "furnisher" or SCOPE not in actor.scopes:
        raise NotAllowedError
    return actor


# Read where the API is described.
reader.kinds, reader.needed = ("furnisher",), SCOPE  # type: ignore[attr-defined]


@router.get("/receipts")
async def listed(
    context: Reads,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Receipts:
    """Your receipts, newest first, without what became of each row."""
    found = await receipts.listed(context, cursor, limit)
    last = found[-1]["receipt_id"] if len(found) == limit else None
    return Receipts(data=[_shown(row) for row in found], next_cursor=last)


@router.get("/receipts/{receipt_id}")
async def get(
    request: Request,
    actor: Annotated[Actor, Depends(reader)],
    receipt_id: str,
    wait: Annotated[float, Query(ge=0, le=30, description="Wait so many seconds for it to be done")] = 0,
) -> Receipt:
    """One receipt, with what became of each row, in order, once it is known."""
    until = monotonic() + wait
    while True:
        async with as_system(request) as system:
            row = await receipts.get(system, actor.id, receipt_id)
        if row["done_at"] is not None or monotonic() >= until:
            return _shown(row)
        await asyncio.sleep(EVERY_SECONDS)


def _shown(row: Mapping[str, Any]) -> Receipt:
    told = {"receipt_id": row["receipt_id"], "rows": row["rows"], "received_at": row["received_at"]}
    if row["done_at"] is None:
        return Receipt(status="waiting", **told)
    results = None if row["results"] is None else results_of(receipts.RESULTS.decode(row["results"]))
    return Receipt.model_construct(
        status="done", done_at=row["done_at"], counts=counts_of(row), results=results, **told
    )
