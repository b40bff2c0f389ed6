"""/me/offers: what partners offer, with the published rule, how somebody stands to it, and how far away."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.server.services.deciding import offers
from credence.server.services.deciding.offers import MEETS, OPEN, Seen
from credence.server.services.deciding.told import Row
from credence.server.web.pages import page
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
A_PAGE = 20
LAST = "z"
ACCEPT = "accept"


@dataclass(frozen=True)
class Offered:
    """An offer: the rows of its rule that lead to it, and the query of the page on which it is taken."""

    seen: Seen
    rows: tuple[Row, ...]
    query: str

    @property
    def standing(self) -> str:
        """How the person stands to it, by the name of its sentence."""
        return {MEETS: "met", OPEN: "open"}.get(self.seen.standing, "missed")


@dataclass(frozen=True)
class Shelf:
    """A page of offers, and where the next one begins."""

    offered: tuple[Offered, ...]
    next_page: str | None


@router.get("/me/offers")
async def listed(visitor: AtPerson, before: Annotated[str, Query(max_length=100)] = LAST) -> Response:
    """Offers, newest first for everybody alike; nobody is told that somebody looked."""
    found, next_page = await offers.for_person(visitor.context, visitor.state.log, before, A_PAGE)
    shelf = Shelf(tuple(map(_offered, found)), next_page)
    return page(visitor.seat, "deciding/offers.html", shelf=shelf)


def _offered(seen: Seen) -> Offered:
    offer = seen.offer
    said: dict[str, object] = {"partner": offer.partner_id, "purpose": offer.purpose, "level": offer.level}
    # Consents are to a scorecard, whatever its version.
    said |= {"scorecard": seen.scorecard.partition("@")[0]}
    said |= {} if seen.at_least is None else {"at_least": seen.at_least}
    rows = tuple(row for row in seen.rows if row.meaning == ACCEPT)
    return Offered(seen, rows, urlencode(said))
