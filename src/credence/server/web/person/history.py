"""/me/history: the score of every day, as a line with what happened, and as a table."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from credence.server.services.looking import history as services
from credence.server.services.looking.history import Day as Scored
from credence.server.services.looking.history import History
from credence.server.web.charts.line import Point
from credence.server.web.forms import month
from credence.server.web.pages import page
from credence.server.web.person.asked import Day, TheCard, card_for
from credence.server.web.person.words import PLAIN, Words, words_in
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)
# A movement of fewer points is not marked: it is in the table.
MARKED = 5


@dataclass(frozen=True)
class Shown:
    """A page of the history of a score; the line's points are the days with a score, the oldest first."""

    scorecard: str
    cards: tuple[str, ...]
    history: History
    words: Words
    points: tuple[Point, ...]


@router.get("/me/history")
async def history(visitor: AtPerson, scorecard: TheCard = None, before: Day = None) -> Response:
    """A page of days, the newest first; `before` is the last day of the page before."""
    name, names = await card_for(visitor, scorecard)
    found = await services.of(visitor.context, visitor.state.log, name, before)
    language = visitor.seat.language
    words = words_in(language, name, found.days[0].version) if found.days else PLAIN
    scored = [day for day in reversed(found.days) if day.score is not None]
    points = tuple(_point(day, words, language) for day in scored)
    return page(visitor.seat, "person/history.html", seen=Shown(name, names, found, words, points))


def _point(day: Scored, words: Words, language: str) -> Point:
    """A day on the line, marked where much moved."""
    first = day.moved[0] if day.moved else None
    marked = first is not None and (day.between or day.stepped or abs(day.points or 0) >= MARKED)
    mark = words.question(first.characteristic, first.question) if first is not None and marked else None
    return Point(month(day.as_of, language), day.score or 0, mark)
