"""/me/inquiries: who looked, what for, what they were told; and "not me", which freezes at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.server.services.reading import inquiries as services
from credence.server.services.reading import refusals
from credence.server.services.sharing import disowning
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.person.sharing.sent import Sent, sent
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
A_PAGE = 50
Before = Annotated[str | None, Query(max_length=40)]


@dataclass(frozen=True)
class Look:
    """A look at the person's score, and what was told; `reader` is partner, operator or person."""

    inquiry_id: str
    at: datetime
    reader: str
    partner: str | None
    purpose: str
    level: str
    number: int | str
    hard: bool
    consent_id: str | None
    reason: str | None
    told: Sent
    disowned_at: datetime | None
    dispute_id: str | None
    answer: str | None


@dataclass(frozen=True)
class Refused:
    """A question that a freeze refused."""

    at: datetime
    partner: str
    purpose: str


@dataclass(frozen=True)
class Looked:
    """A page of looks, the newest first, of all or of others alone; and what a freeze refused."""

    looks: tuple[Look, ...]
    refused: tuple[Refused, ...]
    own: bool
    older: str | None


@router.get("/me/inquiries")
async def looked(visitor: AtPerson, *, own: bool = False, before: Before = None) -> Response:
    """Who looked; the person's own looks only if they are asked for."""
    context, language = visitor.context, visitor.seat.language
    rows = await services.listed(context, A_PAGE, before, own=own)
    refused = [
        Refused(row["at"], row["partner"], row["purpose"]) for row in await refusals.listed(context, A_PAGE)
    ]
    older = rows[-1]["inquiry_id"] if len(rows) == A_PAGE else None
    seen = Looked(tuple(_look(row, language) for row in rows), tuple(refused), own, older)
    return page(visitor.seat, "sharing/inquiries.html", looked=seen)


@router.get("/me/inquiries/{inquiry_id}")
async def one(visitor: AtPerson, inquiry_id: str) -> Response:
    """One look, with all it was told."""
    row = await services.one(visitor.context, inquiry_id)
    return page(visitor.seat, "sharing/inquiry.html", look=_look(row, visitor.seat.language))


@router.post("/me/inquiries/{inquiry_id}/not-me")
async def not_me(visitor: AtPerson, inquiry_id: str) -> Response:
    """Disown a look: scores are frozen at once, and the bureau looks into it."""
    await disowning.disown(visitor.context, visitor.state, inquiry_id)
    return to(f"/me/inquiries/{inquiry_id}", done="not_me")


def _look(row: Mapping[str, Any], language: str) -> Look:
    result = msgspec.json.decode(row["result"])
    named = ("inquiry_id", "at", "reader", "partner", "purpose", "level", "hard", "consent_id", "reason")
    said = {name: row[name] for name in (*named, "disowned_at", "dispute_id", "answer")}
    return Look(**said, number=result.get("at_least", ""), told=sent(result, language))
