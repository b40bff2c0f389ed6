"""/furnisher: what waits, how good it is what was sent, and what may be sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from credence.events.vocabulary import Kind
from credence.server.services.furnishing import quality
from credence.server.services.furnishing.quality import Quality
from credence.server.services.looking import desk
from credence.server.services.reading.statements import today
from credence.server.web.pages import page
from credence.server.web.visitor import AtFurnisher

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Desk:
    """A furnisher's desk: its name, the kinds that it may send (`every`: all there are), figures, what waits.

    Attributes:
        days: How many days are left for the first dispute; None where none waits.
    """

    name: str
    kinds: Sequence[Kind]
    every: bool
    quality: Quality
    waiting: desk.Furnisher
    days: int | None

    @property
    def waits(self) -> bool:
        """Whether anything waits."""
        found = self.waiting
        return bool(found.disputes or found.files or found.receipts or found.notices)

    @property
    def sent(self) -> int:
        """How many rows were sent."""
        return self.taken + self.quality.conflicts + self.quality.rejected

    @property
    def taken(self) -> int:
        """How many of them were taken, or were known already."""
        return self.quality.accepted + self.quality.known

    @property
    def stands(self) -> int:
        """How many of the contested events were not found wrong."""
        return self.quality.disputed - self.quality.corrected


@router.get("/furnisher")
async def overview(visitor: AtFurnisher) -> Response:
    """The desk."""
    context, log = visitor.context, visitor.state.log
    name, kinds, figures = await quality.of(context, context.actor.id)
    day = today(context, log)
    waiting = await desk.of_furnisher(context, day)
    days = (waiting.due_on - day).days if waiting.due_on else None
    known = [log.vocabulary.kinds[one] for one in kinds or log.vocabulary.counted()]
    return page(
        visitor.seat, "furnisher/home.html", seen=Desk(name, known, not kinds, figures, waiting, days)
    )
