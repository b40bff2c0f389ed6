"""/inquiries: who looked at the person's scores, when, what for, how much, and what they were told."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from fastapi import APIRouter
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, TheState
from credence.server.api.reading.shapes import Cursor, Id, Limit, after
from credence.server.services.reading import inquiries, refusals
from credence.server.services.sharing import disowning

router = APIRouter(tags=["inquiries"])


class Inquiry(BaseModel):
    """A look at the person's score; `own` is the person's."""

    id: str
    at: datetime
    reader: str = Field(description="partner, operator or person")
    partner: str | None
    partner_name: str | None
    own: bool
    purpose: str
    level: str
    hard: bool
    consent: str | None
    reason: str | None
    scorecard: str | None
    as_of: date | None
    known_at: datetime | None
    result: dict[str, Any]
    disowned_at: datetime | None
    dispute: str | None


class Inquiries(BaseModel):
    """A page of looks, newest first."""

    data: list[Inquiry]
    next_cursor: str | None


class Refused(BaseModel):
    """A question that a freeze refused: the partner was told nothing."""

    id: str
    at: datetime
    partner: str
    partner_name: str
    purpose: str
    level: str
    scorecard: str | None
    consent: str


class RefusedAll(BaseModel):
    """A page of refused questions, newest first."""

    data: list[Refused]
    next_cursor: str | None


class Disowned(BaseModel):
    """The freeze that now holds, and the dispute that the bureau decides."""

    freeze: str
    dispute: str


@router.get("/inquiries")
async def list_inquiries(context: ForPerson, limit: Limit = 50, cursor: Cursor = None) -> Inquiries:
    """Everybody who looked at the person's scores, newest first."""
    data = [_inquiry(row) for row in await inquiries.listed(context, limit, cursor)]
    return Inquiries(data=data, next_cursor=after([one.id for one in data], limit))


@router.get("/inquiries/refused")
async def list_refused(context: ForPerson, limit: Limit = 50, cursor: Cursor = None) -> RefusedAll:
    """Partners that asked while a freeze held, newest first; they were told nothing."""
    data = [
        Refused(
            id=row["inquiry_id"], at=row["at"], partner=row["partner_id"], partner_name=row["partner"],
            purpose=row["purpose"], level=row["level"], scorecard=row["scorecard"], consent=row["consent_id"],
        )
        for row in await refusals.listed(context, limit, cursor)
    ]  # fmt: skip
    return RefusedAll(data=data, next_cursor=after([one.id for one in data], limit))


@router.get("/inquiries/{inquiry_id}")
async def show_inquiry(inquiry_id: Id, context: ForPerson) -> Inquiry:
    """One look."""
    return _inquiry(await inquiries.one(context, inquiry_id))


@router.post("/inquiries/{inquiry_id}/not-me", status_code=201)
async def not_me(inquiry_id: Id, context: ForPerson, state: TheState) -> Disowned:
    """Say that a look was nothing of yours: scores are frozen at once, and the bureau looks into it."""
    freeze, dispute = await disowning.disown(context, state, inquiry_id)
    return Disowned(freeze=freeze, dispute=dispute)


def _inquiry(row: Mapping[str, Any]) -> Inquiry:
    said = {name: row[name] for name in Inquiry.model_fields if name in row}
    said |= {"id": row["inquiry_id"], "partner": row["partner_id"], "partner_name": row["partner"]}
    said |= {"own": row["reader"] == "person", "consent": row["consent_id"], "dispute": row["dispute_id"]}
    return Inquiry(**said | {"result": msgspec.json.decode(row["result"])})
