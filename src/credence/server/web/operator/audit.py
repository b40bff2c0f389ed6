"""/operator/audit: who did what to whom and when, filtered, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from credence.server.services.operating import trail
from credence.server.services.operating.trail import Entry, Filter
from credence.server.web.operator.roles import in_role
from credence.server.web.pages import page
from credence.server.web.visitor import Visitor

router = APIRouter(include_in_schema=False)
HERE = "/operator/audit"
A_PAGE = 50
AtAuditor = Annotated[Visitor, in_role("admin", "support")]


@dataclass(frozen=True)
class Trail:
    """A page of the trail: what was looked for, what was found, by whom it was done, and the next page."""

    asked: Mapping[str, str]
    entries: tuple[Entry, ...]
    names: Mapping[str, str]
    further: str | None


class Asked(BaseModel):
    """What somebody looks for, as the form says it; `before` is the last entry of the page before."""

    actor: str = Field(default="", max_length=100)
    what: str = Field(default="", max_length=100)
    person: str = Field(default="", max_length=100)
    since: str = Field(default="", max_length=100)
    until: str = Field(default="", max_length=100)
    before: str | None = Field(default=None, max_length=100)

    def wanted(self) -> Filter:
        """The same as the service takes it: `until` is the last day."""
        ends = _begin(self.until)
        until = None if ends is None else ends + timedelta(days=1)
        said = self.actor.strip(), self.what.strip(), self.person.strip()
        return Filter(*said, _begin(self.since), until)


@router.get(HERE)
async def listed(visitor: AtAuditor, asked: Annotated[Asked, Query()]) -> Response:
    """Acts, the latest first."""
    found = await trail.listed(visitor.context, asked.wanted(), asked.before, A_PAGE)
    names = await trail.names(visitor.context, [one for entry in found for one in _ids(entry)])
    fields, further = asked.model_dump(exclude={"before"}), None
    if len(found) == A_PAGE:
        further = f"{HERE}?{urlencode(fields | {'before': found[-1].entry_id})}"
    return page(visitor.seat, "operator/audit.html", seen=Trail(fields, tuple(found), names, further))


def _ids(entry: Entry) -> tuple[str | None, ...]:
    return entry.actor_id, entry.partner_id


def _begin(text: str) -> datetime | None:
    """When a day begins, in UTC; nothing where there is none."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        return None
