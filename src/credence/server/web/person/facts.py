"""/me/facts: everything that is known about a person, event by event, with who sent it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.server.services.looking import known
from credence.server.services.looking.known import Asked, Known
from credence.server.web.pages import page
from credence.server.web.person.asked import Begin
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
FACTS = 30
Name = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True)
class Shown:
    """A page of what is known, what was asked for, and where the pages beside it begin."""

    known: Known
    asked: Asked

    @property
    def older(self) -> int | None:
        """Where the page of older ones begins, if there is one."""
        end = self.asked.begin + len(self.known.facts)
        return end if end < self.known.total else None

    @property
    def newer(self) -> int | None:
        """Where the page of newer ones begins, if there is one."""
        return max(self.asked.begin - self.asked.most, 0) if self.asked.begin else None


@router.get("/me/facts")
async def facts(visitor: AtPerson, kind: Name = "", furnisher: Name = "", begin: Begin = 0) -> Response:
    """A page of what is known: all of it, or of one kind, or by one furnisher."""
    asked = Asked(kind or None, furnisher or None, begin, FACTS)
    found = await known.facts(visitor.context, visitor.state.log, asked)
    return page(visitor.seat, "person/facts.html", seen=Shown(found, asked))
