"""/partner/people: who consented, by this partner's own ids; what it may ask about each, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.server.services.looking import partners
from credence.server.web.pages import page
from credence.server.web.partner.wishes import Place
from credence.server.web.visitor import AtPartner

router = APIRouter(include_in_schema=False)
A_PAGE = 50
Person = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True)
class Consent:
    """A consent as the partner has it: live, withdrawn or ended."""

    row: Mapping[str, Any]
    state: str

    @property
    def asking(self) -> dict[str, str]:
        """What a question under it says."""
        names = ("purpose", "level", "scorecard", "at_least")
        said = {name: str(self.row[name]) for name in names if self.row[name] is not None}
        return {"person": self.row["known_as"]} | said


@dataclass(frozen=True)
class People:
    """Consents, of one person if one was named, and where the next page begins."""

    person: str
    ending: str
    rows: Sequence[Consent]
    next_page: str | None


@router.get("/partner/people")
async def listed(
    visitor: AtPartner, person: Person = "", ending: Person = "", before: Place = None
) -> Response:
    """Who consented to what, until when."""
    context, whom = visitor.context, person.strip()
    rows = await partners.consents(context, whom or None, before, A_PAGE, ending=bool(ending))
    further = rows[-1]["consent_id"] if len(rows) == A_PAGE else None
    found = []
    for row in rows:
        ended = "live" if row["ends_at"] > context.now else "ended"
        found.append(Consent(row, "withdrawn" if row["withdrawn_at"] else ended))
    seen = People(whom, ending, found, further)
    return page(visitor.seat, "partner/people.html", seen=seen)
