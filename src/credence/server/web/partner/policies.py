"""/partner/policies: the rules a partner decides by: their state, who would pass, who may publish them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from credence.server.services.deciding import definitions
from credence.server.services.deciding.back_tests import dry_run
from credence.server.services.deciding.definitions import DRAFT, POLICY, PUBLISHED, Definition
from credence.server.services.deciding.reading_text import Ready
from credence.server.services.looking import partners
from credence.server.services.looking.partners import Proposal
from credence.server.web.entry.door import to
from credence.server.web.pages import page
from credence.server.web.partner.deciding import AtDeciding
from credence.server.web.partner.decisions import LAST, AtReading, Named
from credence.server.web.tried import Tried, tried

router = APIRouter(include_in_schema=False)
HERE = "/partner/policies"
A_PAGE = 50
ETag = Annotated[str, Form(max_length=100)]
Try = Annotated[str, Query(alias="try", max_length=5)]


@dataclass(frozen=True)
class Listed:
    """Versions, where the next page begins, and the policies that come with us."""

    rows: Sequence[Definition]
    next_page: str | None
    ready_made: Sequence[Ready]


@dataclass(frozen=True)
class Band:
    """How many people stand in a band, and how many of them would pass."""

    name: str
    people: int
    passing: int

    @property
    def share(self) -> int:
        """How many of a hundred pass."""
        return round(100 * self.passing / self.people) if self.people else 0


@dataclass(frozen=True)
class One:
    """A version: its text, what became of it, and who would pass, if that was asked."""

    definition: Definition
    proposal: Proposal | None
    tried: Tried | None

    @property
    def bands(self) -> Sequence[Band]:
        """Who would pass, by band."""
        return () if self.tried is None else [Band(*band) for band in self.tried.bands]

    @property
    def draft(self) -> bool:
        """Whether it can still be written anew."""
        return self.definition.state == DRAFT

    @property
    def published(self) -> bool:
        """Whether it is decided by."""
        return self.definition.state == PUBLISHED


@router.get(HERE)
async def listed(visitor: AtReading, before: Named = LAST) -> Response:
    """Every version of the partner's policies."""
    context = visitor.context
    rows = await definitions.list_of_partner(context, POLICY, before, A_PAGE)
    further = rows[-1].definition_id if len(rows) == A_PAGE else None
    seen = Listed(rows, further, await partners.ready_made(context))
    return page(visitor.seat, "partner/policies.html", seen=seen)


@router.get(f"{HERE}/{{named}}")
async def one(visitor: AtReading, named: str, try_: Try = "") -> Response:
    """A version; tried on everybody's newest scores, if that is asked."""
    context = visitor.context
    found = await definitions.of_partner(context, POLICY, named)
    counts = tried(await dry_run(context.settings.runs, found)) if try_ else None
    seen = One(found, await partners.proposal(context, found.definition_id), counts)
    return page(visitor.seat, "partner/policy.html", seen=seen)


@router.post(f"{HERE}/{{named}}/retire")
async def retire(visitor: AtDeciding, named: str, etag: ETag) -> Response:
    """Decide by it no more."""
    await definitions.retire(visitor.context, POLICY, named, etag)
    return to(f"{HERE}/{named}", done="policy_retired")
