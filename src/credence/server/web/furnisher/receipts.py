"""/furnisher/receipts: what programs sent, and what became of each row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from credence.server.services.furnishing import receipts
from credence.server.services.furnishing.batches import Result
from credence.server.web.furnisher.sending import A_PAGE, AtReading, Listed, Place
from credence.server.web.pages import page

router = APIRouter(include_in_schema=False)
HERE = "/furnisher/receipts"


@dataclass(frozen=True)
class Receipt:
    """A receipt, and what became of each of its rows, by its number; nothing while it waits."""

    row: Mapping[str, Any]
    results: Sequence[tuple[int, Result]]


@router.get(HERE)
async def listed(visitor: AtReading, before: Place = None) -> Response:
    """Every receipt of what programs sent."""
    rows = await receipts.listed(visitor.context, before, A_PAGE)
    further = rows[-1]["receipt_id"] if len(rows) == A_PAGE else None
    return page(visitor.seat, "furnisher/receipts.html", seen=Listed(rows, further))


@router.get(f"{HERE}/{{receipt_id}}")
async def one(visitor: AtReading, receipt_id: str) -> Response:
    """What became of each row."""
    system = await visitor.context.as_system()
    row = await receipts.get(system, visitor.context.actor.id, receipt_id)
    results = [] if row["results"] is None else receipts.RESULTS.decode(row["results"])
    return page(visitor.seat, "furnisher/receipt.html", seen=Receipt(row, list(enumerate(results, 1))))
