"""/me/statement: the whole statement of any day, as it was known at any instant, made again as it was."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from credence.scoring.statement import Statement
from credence.server.services.looking import own
from credence.server.services.reading.named import names_of
from credence.server.web.pages import page
from credence.server.web.person.asked import Day, Instant, TheCard, card_for
from credence.server.web.person.receipt import Receipt, receipt
from credence.server.web.person.words import Words, words_for
from credence.server.web.visitor import AtPerson

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Stated:
    """A statement, its receipt if there is a score, and the names of the furnishers behind it."""

    statement: Statement
    words: Words
    receipt: Receipt | None
    names: Mapping[str, str]


@router.get("/me/statement")
async def statement(
    visitor: AtPerson, scorecard: TheCard = None, as_of: Day = None, known_at: Instant = None
) -> Response:
    """The statement of a day; the newest, if none is named."""
    name, _ = await card_for(visitor, scorecard)
    found = await own.statement(visitor.context, visitor.state.log, name, as_of, known_at)
    names = await names_of(visitor.context, {one for line in found.lines for one in line.furnishers})
    sums = None if found.score is None else receipt(found)
    seen = Stated(found, words_for(visitor.seat.language, found), sums, names)
    return page(visitor.seat, "person/statement.html", seen=seen)
