"""/me/notices: what speaks against somebody: from when it counts, and what stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.server.services.furnishing import evidence, notices
from credence.server.services.furnishing.notices import Notice
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
HERE = "/me/notices"
A_PAGE = 20
FILE = "evd_"
KEPT = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True)
class Told:
    """What somebody was told of, the newest first, and where the next page begins; evidence may be a file."""

    notices: Sequence[Notice]
    older: str | None
    file: str = FILE


@router.get(HERE)
async def listed(visitor: AtPerson, before: Annotated[str | None, Query(max_length=40)] = None) -> Response:
    """Everything that speaks against the person."""
    state = visitor.state
    found = await notices.of(visitor.context, state.keys, state.log.vocabulary, before, A_PAGE)
    older = found[-1].notice_id if len(found) == A_PAGE else None
    return page(visitor.seat, "person/notices.html", seen=Told(found, older))


@router.get(f"{HERE}/{{notice_id}}/file")
async def file(visitor: AtPerson, notice_id: str) -> Response:
    """The file that stands behind it."""
    found = await evidence.of_notice(visitor.context, visitor.state, notice_id)
    return Response(found.content, 200, KEPT, found.media_type)
