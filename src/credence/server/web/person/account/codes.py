"""/me/codes: letting a furnisher send what it knows: a code for one of them, to be used once within a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from credence.server.services.furnishing import links
from credence.server.services.furnishing.links import Link
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson, Visitor

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Codes:
    """For whom a code can be made, the codes that were, and the one that was just made, shown once."""

    furnishers: Sequence[str]
    made: Sequence[Mapping[str, Any]]
    new: Link | None = None


@router.get("/me/codes")
async def codes(visitor: AtPerson) -> Response:
    """The codes that were made."""
    return await _shown(visitor)


@router.post("/me/codes")
async def make(visitor: AtPerson, furnisher: Annotated[str, Form(max_length=200)]) -> Response:
    """Make a code; those that were made before for the same furnisher hold no more."""
    return await _shown(visitor, await links.make(visitor.context, visitor.state.keys, furnisher))


async def _shown(visitor: Visitor, new: Link | None = None) -> Response:
    furnishers, made = await links.furnishers(visitor.context), await links.of(visitor.context)
    return page(visitor.seat, "account/codes.html", seen=Codes(furnishers, made, new))
