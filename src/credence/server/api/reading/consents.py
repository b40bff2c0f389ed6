"""/consents: what a person grants a partner, and takes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, TheState, context_of
from credence.server.api.reading.shapes import Cursor, Id, Instant, Limit, Wished, after
from credence.server.services.context import Context
from credence.server.services.reading import asking, consents
from credence.server.services.sharing import consents as sharing

router = APIRouter(tags=["consents"])
ForPersonOrPartner = Annotated[Context, Depends(context_of("person", "partner"), scope="function")]


class ConsentIn(Wished):
    """A consent, as the person chose it."""

    partner: Id
    ends_at: Instant | None = Field(default=None, description="90 days from now if not said; a year at most")


class ConsentMade(BaseModel):
    """A consent that was granted."""

    id: str
    person: str = Field(description="The person's id, as this partner knows it")


class Consent(BaseModel):
    """A consent; `person` is the id that the partner knows."""

    id: str
    partner: str
    partner_name: str
    person: str | None
    purpose: str
    level: str
    at_least: int | None
    scorecard: str
    granted_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None


class Consents(BaseModel):
    """A page of consents, newest first."""

    data: list[Consent]
    next_cursor: str | None


class Preview(BaseModel):
    """Exactly what would be sent to a partner if it asked now."""

    would_be_sent: dict[str, Any]


@router.post("/consents", status_code=201)
async def grant_consent(body: ConsentIn, context: ForPerson) -> ConsentMade:
    """Grant a partner one purpose, one level of detail and one scorecard, until a day."""
    consent, person = await sharing.grant(context, body.partner, body.wish, body.ends_at)
    return ConsentMade(id=consent, person=person)


@router.post("/consents/preview")
async def preview_consent(body: Wished, context: ForPerson, state: TheState) -> Preview:
    """See exactly what a partner would be told now under such a consent; nobody is told anything."""
    grant = await consents.own(context)
    return Preview(would_be_sent=await asking.preview(context, state.keys, state.log, grant, body.wish))


@router.get("/consents")
async def list_consents(context: ForPersonOrPartner, limit: Limit = 50, cursor: Cursor = None) -> Consents:
    """The person's own consents, or those that a partner was given, newest first."""
    rows = await consents.listed(context, limit, cursor)
    data = [_consent(row) for row in rows]
    return Consents(data=data, next_cursor=after([one.id for one in data], limit))


@router.post("/consents/{consent_id}/withdraw", status_code=204)
async def withdraw_consent(consent_id: Id, context: ForPerson) -> None:
    """Withdraw a consent; it holds for no question from now on."""
    await sharing.withdraw(context, consent_id)


def _consent(row: Mapping[str, Any]) -> Consent:
    said = {name: row[name] for name in Consent.model_fields if name in row}
    names = {"id": row["consent_id"], "partner": row["partner_id"], "partner_name": row["partner"]}
    return Consent(**said | names, person=row["known_as"])
