"""/me: the score in words, the gauge, what changed since last time, and the receipt."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from credence.scorecards.model import Scorecard
from credence.scoring.statement import Statement
from credence.server.services.reading import cards, consents, inquiries, scores, statements
from credence.server.services.reading.freezes import is_frozen
from credence.server.services.reading.grants import Grant
from credence.server.web.charts.line import Point
from credence.server.web.forms import month
from credence.server.web.pages import page
from credence.server.web.person.receipt import Moved, Receipt, most_moved, receipt
from credence.server.web.person.words import Words, words_for
from credence.server.web.visitor import AtPerson, Visitor

router = APIRouter(include_in_schema=False)
MONTHS = 13


@dataclass(frozen=True)
class Home:
    """What the first screen shows."""

    statement: Statement
    earlier: Statement | None
    receipt: Receipt | None
    bounds: tuple[int, ...]
    points: tuple[Point, ...]
    cards: tuple[str, ...]
    frozen: bool
    words: Words
    cause: Moved | None

    @property
    def moved(self) -> int | None:
        """By how many points the score is more than before; None where one is missing."""
        if self.earlier is None or self.earlier.score is None or self.statement.score is None:
            return None
        return self.statement.score - self.earlier.score


@router.get("/me")
async def home(visitor: AtPerson, scorecard: Annotated[str | None, Query(max_length=100)] = None) -> Response:
    """The person's first screen."""
    return page(visitor.seat, "person/home.html", home=await _home(visitor, scorecard))


async def _home(visitor: Visitor, wanted: str | None) -> Home:
    context, log = visitor.context, visitor.state.log
    names = tuple(await cards.concerning(context, context.actor.id))
    name = wanted if wanted in names else names[0]
    grant = await consents.own(context)
    newest = await statements.of(context, log, grant, name)
    past = await scores.history(context, grant, name, MONTHS)
    view = await statements.view_at(context, log, past[1]) if len(past) > 1 else None
    earlier = None if view is None else await statements.seen(context, log, grant, view)
    await _note(visitor, grant, newest)
    known = [one for one in reversed(past) if one.score is not None]
    points = tuple(Point(month(one.as_of, visitor.seat.language), one.score or 0) for one in known)
    card = await cards.in_force(context, log, name, newest.version)
    return Home(
        newest, earlier, None if newest.score is None else receipt(newest, earlier), bounds(card), points,
        names, await is_frozen(context, context.actor.id), words_for(visitor.seat.language, newest),
        most_moved(newest, earlier),
    )  # fmt: skip


def bounds(card: Scorecard) -> tuple[int, ...]:
    """The lowest score, where each further band begins, the highest; none where a scorecard lacks either."""
    if card.range is None or not card.bands:
        return ()
    low, high = card.range
    return (low, *(band.below for band in card.bands if band.below is not None), high)


async def _note(visitor: Visitor, grant: Grant, seen: Statement) -> None:
    result = {"scorecard": seen.scorecard, "as_of": seen.as_of, "score": seen.score, "band": seen.band}
    await inquiries.record(visitor.context, grant, result)
