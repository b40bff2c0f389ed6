"""/feed: what a partner is told, to be polled."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from credence.server.api.contesting.who import Limit
from credence.server.api.dependencies import context_of
from credence.server.services.contesting import outbox
from credence.server.services.context import Context

router = APIRouter(tags=["feed"])
Reads = Annotated[Context, Depends(context_of("partner", scope="feed.read"), scope="function")]
# Beyond any position there will be.
FARTHEST = 2**53


class Event(BaseModel):
    """Something that a partner is told; what there is to know, it asks for, as far as consent then allows."""

    event_id: str
    type: str
    person: str | None = Field(description="The person, as the partner knows them.")
    sequence: int | None = Field(description="The so-manieth event about the person, without gaps from 1 on.")
    ids: dict[str, str]
    made_at: datetime


class Feed(BaseModel):
    """Events after the cursor, oldest first. The cursor stays valid; without events it is the one sent."""

    data: list[Event]
    next_cursor: str


@router.get("/feed")
async def feed(
    context: Reads, after: Annotated[int, Query(ge=0, le=FARTHEST)] = 0, limit: Limit = 50
) -> Feed:
    """What happened since a cursor: each event once, in order, and none is skipped."""
    rows = await outbox.read(context, context.actor.id, after, limit)
    data = [
        Event(
            event_id=row["event_id"], type=row["kind"], person=row["subject"], sequence=row["sequence"],
            ids=msgspec.json.decode(row["ids"]), made_at=row["made_at"],
        )
        for row in rows
    ]  # fmt: skip
    return Feed(data=data, next_cursor=str(rows[-1]["position"] if rows else after))
