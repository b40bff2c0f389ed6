"""GET /notices: what was reported against a person, from when it counts, and how to contest it."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from credence.server.api.dependencies import ForPerson, TheState
from credence.server.services.furnishing import notices
from credence.server.services.furnishing.notices import Notice

router = APIRouter(tags=["notices"])


class Contest(BaseModel):
    """What to send to POST /v1/disputes to contest the event, with a reason."""

    furnisher: str
    event_id: str


class NoticeShown(BaseModel):
    """An event against you: it counts from a day on, unless you contest it and it is found wrong."""

    notice_id: str
    furnisher: str = Field(description="The name of whoever reported it.")
    kind: str
    title: str
    occurred_at: str
    told_at: datetime
    counts_from: date = Field(description="The first day on which scores count it.")
    counts: bool
    evidence: str = Field(description="What was given for evidence: a text, or the id of a file.")
    contest: Contest = Field(description="The `event` to name in POST /v1/disputes.")


class Notices(BaseModel):
    """A page of notices, newest first."""

    data: list[NoticeShown]
    next_cursor: str | None


@router.get("/notices")
async def listed(
    context: ForPerson,
    state: TheState,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Notices:
    """What was reported against you, newest first."""
    found = await notices.of(context, state.keys, state.log.vocabulary, cursor, limit)
    last = found[-1].notice_id if len(found) == limit else None
    return Notices(data=[_shown(one) for one in found], next_cursor=last)


def _shown(one: Notice) -> NoticeShown:
    return NoticeShown(
        notice_id=one.notice_id, furnisher=one.furnisher, kind=one.kind, title=one.title,
        occurred_at=one.occurred_at, told_at=one.told_at, counts_from=one.counts_from, counts=one.counts,
        evidence=one.evidence, contest=Contest(furnisher=one.furnisher_id, event_id=one.event_id),
    )  # fmt: skip
